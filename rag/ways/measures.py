"""Which way a comparison goes, and the amounts that are compared."""

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.numbers import Number, find_numbers

_MORE = (
    "more most greater greatest bigger biggest larger largest longer longest higher highest taller "
    "tallest older oldest slower slowest dearer costlier heavier heaviest wider widest deeper "
    "deepest hotter hottest warmer warmest busier busiest over above later last"
).split()
_LESS = (
    "less least fewer fewest smaller smallest shorter shortest lower lowest younger youngest newer "
    "newest faster fastest quicker quickest cheaper cheapest lighter lightest narrower shallower "
    "colder coldest cooler under below earlier earliest sooner first"
).split()
_THAN = re.compile(r"\b(?P<word>[a-z]+) than (?P<rest>.+)", re.I)
_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_LENGTHS |= {"month": 2629800, "year": 31557600}


def direction(question: str) -> int:
    """1 where the question asks for the greater amount, -1 for the smaller, 0 for neither."""
    words = re.findall(r"[a-z]+", question.lower())
    return next((1 if w in _MORE else -1 for w in words if w in _MORE or w in _LESS), 0)


COUNT = "count of "
"""Begins the unit of a number that counts a noun."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in a unit in which it can be compared, in the words of the sentence."""

    value: Decimal
    unit: str
    text: str
    sure: float = 1.0
    """How surely it answers, in [0, 1]: less where the reader would not have given it."""

    def comparable(self, other: "Measured") -> bool:
        """Whether the two are of one unit; a bare number may count what the other counts."""
        bare = not self.unit or not other.unit
        counts = (self.unit + other.unit).startswith(COUNT)
        return self.unit == other.unit or (bare and counts)


def measure_of(number: Number) -> Measured:
    """The number as a value that can be compared."""
    return Measured(*amount(number), number.text)


def amount(number: Number) -> tuple[Decimal, str]:
    """Value and unit in which it can be compared: lengths of time in seconds."""
    if number.unit in _LENGTHS:
        return number.value * _LENGTHS[number.unit], "time"
    return number.value, number.unit


def compared(number: Measured, other: Measured) -> int:
    """1 where `number` is greater, -1 where it is smaller, 0 where equal or of another unit."""
    if not number.comparable(other) or number.value == other.value:
        return 0
    return 1 if number.value > other.value else -1


def holds(claim: str, sentence: str) -> bool | None:
    """Whether the one amount of `sentence` bears out "longer than 400 metres" in `claim`.

    None where the claim compares nothing, or the sentence has no such amount or several.
    """
    match = _THAN.search(claim)
    way = direction(match["word"]) if match else 0
    limits = find_numbers(match["rest"]) if match else []
    if not way or not limits:
        return None
    unit = amount(limits[0])[1]
    told = [number for number in find_numbers(sentence) if unit and amount(number)[1] == unit]
    if len(told) != 1:
        return None
    return compared(measure_of(told[0]), measure_of(limits[0])) == way
