"""All the numbers of a text, in order."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.dates import find_dates
from rag.numbers.around import words_before
from rag.numbers.figures import FIGURE, read_figure
from rag.numbers.number import Number
from rag.numbers.parts import (
    FRACTION,
    ORDINAL,
    REPEATED,
    read_fraction,
    read_ordinal,
    read_repeated,
)
from rag.numbers.spelled import SPELLED, read_spelled
from rag.numbers.words import POWERS, SUFFIXES

_READERS = (
    (FRACTION, read_fraction),
    (ORDINAL, read_ordinal),
    (FIGURE, read_figure),
    (SPELLED, read_spelled),
    (REPEATED, read_repeated),
)


def find_numbers(text: str, *, durations: bool = False) -> list[Number]:
    """The numbers in `text`, in order, without those that are part of a date.

    `durations` keeps those in a relative date: the three days of "three days later".
    """
    dated = bytearray(len(text))
    for mention in find_dates(text):
        if not (durations and mention.shift is not None):
            dated[mention.start : mention.end] = b"x" * len(mention.text)
    free = [number for number in _scan(text) if not any(dated[number.start : number.end])]
    free.sort(key=lambda number: number.start)
    return _share_units(text, free)


def _scan(text: str) -> Iterator[Number]:
    taken = bytearray(len(text))
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            for number in read(text, match):
                if not any(taken[number.start : number.end]):
                    taken[number.start : number.end] = b"x" * (number.end - number.start)
                    yield number


def _share_units(text: str, numbers: list[Number]) -> list[Number]:
    """Gives both ends of a range what only one of them says: "$4-5bn", "40 to 50 km"."""
    shared = numbers[:]
    for place in range(len(numbers) - 2, -1, -1):
        first, second = shared[place], shared[place + 1]
        joint = text[first.end : second.start].strip()
        ranged = re.search(r"\b(?:between|from)\s$", words_before(text, first.start), re.I)
        if joint not in ("-", "–", "—", "to", "or") and not (joint == "and" and ranged):
            continue
        if first.unit == "" and second.unit != "ordinal":
            first = replace(first, unit=second.unit)
        elif second.unit == "" and not first.text[0].isalnum():
            second = replace(second, unit=first.unit)
        scale = _scale(second)
        if scale > 1 == _scale(first) and first.value <= second.value / scale:
            first = replace(first, value=first.value * scale)
        shared[place : place + 2] = [first, second]
    return shared


def _scale(number: Number) -> int:
    words = re.findall(r"[^\W\d_]+", number.text)
    known = [POWERS.get(word.lower()) or SUFFIXES.get(word) for word in words]
    return next((power for power in known if power), 1)
