"""The amount, or the day, that a sentence gives to one side of a comparison."""

import re
from dataclasses import replace
from decimal import Decimal

from ingest.lexical import query_words, stems
from rag.dates import find_dates, resolve
from rag.numbers import Number, find_numbers
from rag.question import Wanted, read_question
from rag.types import Evidence
from rag.ways.measures import COUNT, Measured, measure_of
from rag.when import answer_when

_SCORE = re.compile(r"(?<![\d–-])\b\d{1,2}[–-]\d{1,2}\b(?![–-])")
_CHANGE = re.compile(r"\bfrom\s[^.;]{1,40}?\sto\s", re.I)
_CLOCKS = ("am", "pm", "clock", "ordinal")
DAY = "day of the calendar"
SCORE = "score"
DOUBTED = 0.6
"""What a number counts that is the reader's best answer, but that it would rather not give."""
UNREAD = 0.3
"""What the only number with a unit counts where the reader's best answer is none."""


def measured(item: Evidence, question: str) -> Measured | None:
    """What the sentence gives as the answer to `question` of its side; None where nothing surely.

    It is what the reader finds, or the only number with a unit that the sentence has. A bare
    count that nobody found ("two clubs") may count anything.
    """
    asked = read_question(question)
    if asked.wanted is Wanted.DATE:
        return _day(item, question)
    if score := _SCORE.search(item.text):
        return Measured(Decimal(0), SCORE, score.group())
    numbers = [n for n in find_numbers(item.text, durations=True) if n.unit not in _CLOCKS]
    if found := _touched(item, numbers):
        sure = item.answer is not None and item.answer.score > 0
        return replace(_counting(item.text, found, question), sure=1.0 if sure else DOUBTED)
    if found := _changed_to(item.text, numbers):
        return replace(_counting(item.text, found, question), sure=DOUBTED)
    with_unit = [number for number in numbers if number.unit]
    return replace(measure_of(with_unit[0]), sure=UNREAD) if len(with_unit) == 1 else None


def _counting(sentence: str, number: Number, question: str) -> Measured:
    """The number, a bare count in the unit of the noun that it counts: crowns are no people.

    Where it is asked how many, what the reader finds counts what was asked, whatever its name.
    """
    value = measure_of(number)
    if not value.unit and re.match(r"how many\b", question, re.I):
        return replace(value, unit=COUNT)
    following = query_words(sentence[number.end :][:40])
    behind = re.match(r"\s(?:of\s(?:the|its|her|his|their)\s)?[\w’'-]+", sentence[number.end :])
    if value.unit or not behind or not following:
        return value
    return replace(value, unit=f"{COUNT}{next(iter(stems(following[0])), '')}")


def _touched(item: Evidence, numbers: list[Number]) -> Number | None:
    """The number in the reader's best answer, the first where it has several."""
    if item.answer is None:
        return None
    start, end = item.answer.start - item.start, item.answer.end - item.start
    return next((n for n in numbers if n.start < end and start < n.end), None)


def _changed_to(sentence: str, numbers: list[Number]) -> Number | None:
    """260 of "from 95 birds to 260": what it is now."""
    change = _CHANGE.search(sentence)
    behind = (n for n in numbers if change and 0 <= n.start - change.end() <= 10)
    return next(behind, None)


def _day(item: Evidence, question: str) -> Measured | None:
    short = answer_when(read_question(question), [item]).short
    days = [found for mention in find_dates(short) if (found := resolve(mention, None))]
    if not days:
        return None
    return Measured(Decimal(days[0].start.toordinal()), DAY, short)
