"""The days that a date means, in words: "5 November 2022", "November 2022", "24 to 30 October"."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from ingest.passages import written
from rag.dates.values import WEEKDAYS, ResolvedDate


class Grain(StrEnum):
    """How fine a date is asked for."""

    ANY = "any"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    WEEKDAY = "weekday"


def written_days(days: ResolvedDate, grain: Grain = Grain.ANY) -> str:
    """The days in words, no finer than `grain` where they allow it."""
    first, last = days.start, days.end
    if grain is Grain.YEAR and first.year == last.year:
        return str(first.year)
    if grain is Grain.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first == last:
        return WEEKDAYS[first.weekday()] if grain is Grain.WEEKDAY else written(first)
    if first.day == 1 and (whole := _whole(first, last)):
        return whole
    return _range(first, last)


def _whole(first: date, last: date) -> str:
    """A month, a season, a year or a decade; empty where it is none of these."""
    if last.day != monthrange(last.year, last.month)[1]:
        return ""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    season = {12: "winter", 3: "spring", 6: "summer", 9: "autumn"}.get(first.month)
    if months == 1:
        return f"{first:%B %Y}"
    if months == 3 and season:
        return f"{season} {first.year}"
    if months == 12 and first.month == 1:
        return str(first.year)
    if months == 120 and first.month == 1:
        return f"the {first.year}s"
    return ""


def _range(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{written(first)} to {written(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} to {written(last)}"
    return f"{first.day} to {written(last)}"
