"""Days as metadata writes them."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from ingest.errors import PermanentError

_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y", "%d. %B %Y", "%Y/%m/%d")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")


def day_of(value: object) -> date | None:
    """The day that a metadata value names, in the value's own zone; None for an empty one.

    Takes dates, ISO 8601, RFC 2822 and days in English words. "05/11/2022" counts only when one
    part is over 12. Raises PermanentError for what cannot be told.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = " ".join(str(value if value is not None else "").split())
    if not text:
        return None
    for read in (_iso, _written, _slashed, _rfc2822):
        if day := read(text):
            return day
    raise PermanentError(f"{text!r} is no date that can be told for certain")


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _written(text: str) -> date | None:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text).replace("Sept ", "Sep ")
    plain = re.sub(r"^\w+day,?\s+", "", plain)
    for form in _WRITTEN:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def _slashed(text: str) -> date | None:
    if not (match := _SLASHED.match(text)):
        return None
    first, second, year = (int(part) for part in match.groups())
    if (first > 12) == (second > 12):
        return None
    day, month = (first, second) if first > 12 else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _rfc2822(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, ValueError):
        return None
