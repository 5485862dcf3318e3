"""Numbers in figures, with sign, currency, multiplier and unit; and times of day."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.numbers.around import words_before
from rag.numbers.number import Number, number_at
from rag.numbers.units import CURRENCY, SIGNS, multiplied, unit_after

FIGURE = re.compile(
    r"(?P<minus>(?<!\S)[-−](?=\d)|\b[Mm]inus\s)?"
    rf"(?:(?<!\w)(?P<currency>{'|'.join(map(re.escape, SIGNS))})\s?)?"
    r"(?<!\d[.,:/])(?:(?P<hour>\d{1,2})(?::|\.(?=\d\d\s?[ap]\.?m))(?P<minutes>\d\d)"
    r"|(?P<figure>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,5}(?!\d)|\d+(?:\.\d+)?))(?![/:]?\d|\.\d)"
)
_LISTED = re.compile(r"[.)]\s+[A-Z“]")
_HALF_DAY = re.compile(r"\s?([ap])\.?m\b\.?", re.I)
_PREFIX = re.compile(r"\b(?:top|under|over|sub|non|pre|post|mid|plus)-$", re.I)


def read_figure(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The number of a match of FIGURE; none where it is part of a name or numbers a list."""
    start, end = match.span()
    if _in_name(text, start) or (_LISTED.match(text, end) and not text[:start].strip()):
        return
    if match["hour"]:
        yield from _time_of_day(text, match)
        return
    sign = match["currency"]
    value, end = multiplied(text, Decimal(re.sub(r"[^\d.]", "", match["figure"])), end, bool(sign))
    half_day = None if sign else _HALF_DAY.match(text, end)
    if half_day and 1 <= value <= 12:
        unit, end = half_day[1].lower() + "m", half_day.end()
    elif not sign:
        unit, end = unit_after(text, end)
    else:
        unit = CURRENCY.get(sign, sign)
    if end < len(text) and text[end].isalnum():  # letters that mean nothing: "5G", "747s"
        return
    if unit == "clock":
        value, unit = (
            _half_day(*divmod(int(value), 100)) if value > 24 else _half_day(int(value), 0)
        )
    yield number_at(text, start, end, -value if match["minus"] else value, unit)


def _in_name(text: str, start: int) -> bool:
    """Whether letters lead straight into the figure at `start`: "G20", "Covid-19"."""
    before = words_before(text, start)
    if re.search(r"[^\W\d_][-–]$", before):
        return not _PREFIX.search(before)
    return bool(before) and text[start].isdigit() and before[-1].isalnum()


def _time_of_day(text: str, match: re.Match[str]) -> Iterator[Number]:
    hour, minutes, end = int(match["hour"]), int(match["minutes"]), match.end()
    if hour > 24 or minutes > 59:
        return
    value, unit = _half_day(hour, minutes)
    named = _HALF_DAY.match(text, end)
    if named:
        unit, end = named[1].lower() + "m", named.end()
    yield number_at(text, match.start(), end, value, unit)


def _half_day(hour: int, minutes: int) -> tuple[Decimal, str]:
    unit = "pm" if hour > 12 else "am" if hour == 0 else "clock"
    return Decimal((hour - 1) % 12 + 1) + Decimal(minutes) / 100, unit
