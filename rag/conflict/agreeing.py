"""Who agrees: it takes less than to disagree."""

import re
from collections.abc import Sequence
from decimal import Decimal

from rag.conflict.corrections import other_numbers, replaces
from rag.conflict.measure import NEARLY_AS_GOOD, number_told, same_number
from rag.conflict.say import names_told
from rag.conflict.told import Told, joined_by
from rag.numbers import Number, find_numbers, same_measure
from rag.question import Question
from rag.types import Evidence

AGREES = 0.02
"""A sentence with the same distinct figure agrees from this share of the best one's merit."""
DISTINCT = 3
"""Digits, zeros at the end left out, from which a figure is nobody else's."""
_DENIED_BEFORE = re.compile(
    r"\b(?:not|rather than|instead of|down from|up from)(?:\s(?:the|about|some|by|in|at))?\s$", re.I
)


def with_agreeing(question: Question, told: Told, evidence: Sequence[Evidence]) -> Told:
    """`told` with the sentences that give its figure, in whatever words.

    It takes less to agree than to disagree: 1,912 is no accident, and neither is 400 where the
    reader finds it in a sentence nearly as good.
    """
    best, figures = told.evidence[0], find_numbers(told.value, durations=True)
    distinct = [n for n in figures if len(_digits(n.value)) >= DISTINCT]
    for item in evidence:
        if item.merit < AGREES * best.merit or not names_told(question, item):
            continue
        read = number_told(question, item) if item.merit >= NEARLY_AS_GOOD * best.merit else ""
        if (read and same_number(read, told.value)) or _has_one_of(distinct, item):
            told = joined_by(told, item)
    return told


def _has_one_of(figures: Sequence[Number], item: Evidence) -> bool:
    return any(same_measure(n, m) for n in figures for m in find_numbers(item.text))


def has_both(item: Evidence, told: Told) -> bool:
    """Whether the sentence has the value of `told` beside its own, and does not take it back.

    "400 were fired and 2,000 ordered" is not at odds with 2,000.
    """
    if replaces(item, told):
        return False
    values = find_numbers(told.value, durations=True)
    kept = [n for n in other_numbers(item) if not _DENIED_BEFORE.search(item.text[: n.start])]
    return any(same_measure(n, m) for n in values for m in kept)


def _digits(value: Decimal) -> str:
    return str(value).replace(".", "").strip("0")
