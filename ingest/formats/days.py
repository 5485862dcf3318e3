"""Days as metadata writes them."""

import re
from datetime import date, datetime

from ingest.errors import PermanentError

EARLIEST, LATEST = 1600, 2199
"""Years; software that has no date writes the year 1."""
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"(?:z|,?(?:\s+at)?\s*[t|·–+-]?\s*\d{1,2}(?:[:.]?\d{2}|\s?[ap]\.?m\b).*)?"
"""A time of day and whatever follows it, such as a zone: the day is that of the zone written."""
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of|\.)?[\s-]*(?P<m>[a-z]{3,9})\.?,?[\s-]*(?P<y>\d{4})(?!\d)",
        r"(?P<m>[a-z]{3,9})\.?\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
    )
)
_SLASHED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)" + _CLOCK, re.IGNORECASE)


def day_of(value: object) -> date | None:
    """The day that a metadata value names, in the value's own zone; None for an empty one.

    Takes dates, ISO 8601, RFC 2822 and days in English words. "05/11/2022" counts only when it
    can be read one way. Raises PermanentError for what cannot be told.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = " ".join(str(value if value is not None else "").split())
    if not text:
        return None
    if day := _written(text) or _slashed(text):
        return day
    raise PermanentError(f"{text[:60]!r} is no date that can be told for certain")


def _written(text: str) -> date | None:
    for form in _FORMS:
        if match := form.fullmatch(text):
            month = _month(match["m"])
            return _day(int(match["y"]), month, int(match["d"])) if month else None
    return None


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    word = "sep" if text.lower() == "sept" else text.lower()
    for number, name in enumerate(_MONTHS, 1):
        if word in (name, name[:3]):
            return number
    return None


def _slashed(text: str) -> date | None:
    if not (match := _SLASHED.fullmatch(text)):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
