"""A number as a text states it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text: `source[start:end] == text`."""

    value: Decimal
    start: int
    end: int
    unit: str
    """Normalised ("%", "km", "$", "day"); empty for a bare count."""
    text: str
    """With its currency sign, multiplier and unit."""


def number_at(text: str, start: int, end: int, value: Decimal | int, unit: str = "") -> Number:
    """The number that stands at `text[start:end]`."""
    return Number(Decimal(value), start, end, unit, text[start:end])
