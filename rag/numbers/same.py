"""Whether two numbers state the same amount, in whatever form."""

import re
from decimal import Decimal
from functools import lru_cache

from rag.numbers.number import Number

_LONGER = {
    "century": (100, "year"),
    "decade": (10, "year"),
    "year": (12, "month"),
    "fortnight": (2, "week"),
    "week": (7, "day"),
    "hour": (60, "minute"),
}
"""What a longer measure of time is in the next shorter one: four decades are 40 years."""
_SAME_UNIT = (
    ("", "year"),  # "aged 43", "a 43-year-old"
    ("clock", "am"),
    ("clock", "pm"),
    ("°", "°C"),
    ("°", "°F"),
)


def same_amount(number: Number, other: Number) -> bool:
    """Equal in value under some reading of both, whatever the units."""
    values = {value for value, _ in _readings(number)}
    return any(value in values for value, _ in _readings(other))


def same_measure(number: Number, other: Number) -> bool:
    """Equal in value and unit under some reading of both: "half" is 50%, "100m" may be metres."""
    return any(
        value == other_value and _compatible(unit, other_unit)
        for value, unit in _readings(number)
        for other_value, other_unit in _readings(other)
    )


@lru_cache(maxsize=1024)  # a span's numbers are compared with each of the sentence's
def _readings(number: Number) -> list[tuple[Decimal, str]]:
    readings = [(number.value, number.unit)]
    if not number.unit and 0 < number.value < 1 and number.text[0].isalpha():
        readings.append((number.value * 100, "%"))
    if re.search(r"\dm$", number.text):
        readings.append((number.value / 10**6, "m"))
    if number.unit in _LONGER:
        times, unit = _LONGER[number.unit]
        readings.append((number.value * times, unit))
    if number.unit == "£" and "pound" in number.text:
        readings.append((number.value, "lb"))
    return readings


def _compatible(unit: str, other: str) -> bool:
    if unit == other:
        return True
    if unit and other and (unit.endswith(f" {other}") or other.endswith(f" {unit}")):
        return True  # "40 crowns" may be Danish crowns
    return any({unit, other} == {general, special} for general, special in _SAME_UNIT)
