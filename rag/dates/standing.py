"""Whether a date stands in the words of an article, in whatever form they give it."""

import re
from dataclasses import replace
from datetime import date

from rag.dates.mentions import amount_of, mentions_in
from rag.dates.resolution import period_of, resolve
from rag.dates.values import SEASONS, DateMention, DateValue, ResolvedDate, Shift


def date_stands_in(
    mention: DateMention, span: str, *, context: str = "", published: date | None = None
) -> bool:
    """Whether `span` gives the date that `mention` gives, in as much detail or more.

    Relative dates are compared by the days they mean. `context` may give the date too, except for
    the day of publication itself: that is the date of the report, not of what it reports.
    """
    inside = mentions_in(span)
    around = [m for m in mentions_in(context) if m.relative or not _is_day(m, published)]
    if any(_covers(found, mention, published) for found in (*inside, *around)):
        return True
    if mention.shift is not None and mention.value is None:
        return _shift_stands_in(mention.shift, span, inside)
    value = mention.value
    if value is None or value.year is None:
        return False
    if value == DateValue(year=value.year):  # "the 2022 drones" may have been read as a number
        return re.search(rf"(?<![\w,.]){value.year}(?![\w,]|\.\d)", span) is not None
    years = {m.value.year for m in inside if m.value}  # "In 2021 ... on 3 March"
    undated = replace(value, year=None)
    return value.year in years and any(
        m.value is not None and m.value.year is None and _same_fields(undated, m.value)
        for m in inside
    )


def _is_day(mention: DateMention, day: date | None) -> bool:
    found = resolve(mention, day)
    return found is not None and found.start == found.end == day


def _covers(found: DateMention, claim: DateMention, published: date | None) -> bool:
    """Whether `found` says all that `claim` says, by its own fields or by the days it means."""
    days = resolve(found, published)
    value = claim.value
    if value is None and claim.shift is None:  # 5/11/2022: nobody knows which day
        return claim.text == found.text
    if value is None:
        if claim.shift == found.shift and not found.value:
            return True
        claimed = resolve(claim, published)
        return bool(days and claimed and claimed.start <= days.start and days.end <= claimed.end)
    if _opposed(claim.shift, found.shift) or (days is not None and not _agrees(days, value)):
        return False
    if value.part and (days is None or found.value is None or found.value.part != value.part):
        return days is not None and _in_part(days, value) and _says(days, value)
    if found.value is not None and _same_fields(value, found.value):
        return True
    return days is not None and _says(days, value)


def _agrees(days: ResolvedDate, value: DateValue) -> bool:
    """Whether a day has the weekday that the claim gives it."""
    one_day = days.start == days.end
    return value.weekday is None or not one_day or days.start.weekday() == value.weekday


def _in_part(days: ResolvedDate, value: DateValue) -> bool:
    """Whether days lie early, in the middle or late in the claim's own period, give or take."""
    first, last = period_of(replace(value, day=None), value.year or days.start.year)
    length = (last - first).days + 1
    middle = ((days.start - first).days + (days.end - first).days + 1) / 2 / length
    low, high = {"early": (0.0, 0.4), "mid": (0.25, 0.75), "late": (0.6, 1.0)}[value.part]
    return (days.end - days.start).days < length - 1 and low <= middle <= high


def _opposed(shift: Shift | None, other: Shift | None) -> bool:
    """Whether one says "last" and the other "next"."""
    return shift is not None and other is not None and _way(shift) * _way(other) < 0


def _same_fields(value: DateValue, found: DateValue) -> bool:
    return bool(
        (value.year is None or value.year == found.year)
        and (value.month is None or value.month == found.month)
        and (value.day is None or value.day == found.day)
        and (value.weekday in (None, found.weekday) or (value.day and found.weekday is None))
        and value.season in ("", found.season)
        and value.decade == found.decade
    )


def _says(days: ResolvedDate, value: DateValue) -> bool:
    first, last = days.start, days.end
    one_day = first == last
    if value.decade:
        return value.year is not None and value.year <= first.year <= last.year < value.year + 10
    if value.season:
        months = {(SEASONS[value.season] + n - 1) % 12 + 1 for n in range(3)}
        if not {first.month, last.month} <= months or (last - first).days > 92:
            return False
    return (
        (value.year is None or first.year == last.year == value.year)
        and (value.month is None or (first.month == last.month == value.month))
        and (value.day is None or (one_day and first.day == value.day))
        and (value.weekday is None or (one_day and first.weekday() == value.weekday))
    )


def _shift_stands_in(shift: Shift, span: str, inside: tuple[DateMention, ...]) -> bool:
    """Same units the same way; or the same length of time where the span gives no direction."""
    shifts = [m.shift for m in inside if m.shift is not None and m.value is None]
    same_unit = [s for s in shifts if s.unit == shift.unit]
    named = re.search(rf"\b{shift.unit}s?\b", span, re.I) is not None
    if shift.amount == 0 and shift.unit != "day":  # "this year" for "of the year"
        return named and not same_unit
    if shift.amount is None:
        if not same_unit:
            return named
        return any(_way(s) == _way(shift) for s in same_unit)
    if any(s.amount == shift.amount for s in same_unit):
        return True
    lengths = (amount_of(m[1]) for m in re.finditer(rf"(?i)\b(\w+)[ -]{shift.unit}s?\b", span))
    opposed = any(s.amount == -shift.amount for s in same_unit)
    return not opposed and abs(shift.amount) in lengths


def _way(shift: Shift) -> int:
    return shift.sign or (0 if not shift.amount else 1 if shift.amount > 0 else -1)
