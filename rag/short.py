"""Short answers in the evidence's own words: a date, a number, a name."""

import re
from collections.abc import Sequence

from ingest.lexical import stems
from rag.dates import find_dates
from rag.names import find_names
from rag.numbers import find_numbers
from rag.question import Question, Wanted

_PLACE_WORD = re.compile(r"\b(?:in|at|near|from|to|of|outside|off|across|around)\s+(?:the\s+)?$")


def short_answers(question: Question, sentence: str) -> list[tuple[int, int]]:
    """Spans of `sentence` that have the form `question` wants, the most likely first.

    What the question itself says is no answer to it. Dates that name no point in time ("months
    before the war") are none either.
    """
    spans = _of_form(question.wanted, sentence)
    asked = set(stems(question.text))
    new = [span for span in spans if not set(stems(sentence[span[0] : span[1]])) <= asked]
    return sorted(new, key=lambda span: _distance(question, sentence, span))


def _of_form(wanted: Wanted, sentence: str) -> Sequence[tuple[int, int]]:
    if wanted is Wanted.DATE:
        return [(d.start, d.end) for d in find_dates(sentence) if not d.vague]
    if wanted is Wanted.NUMBER:
        return [(n.start, n.end) for n in find_numbers(sentence)]
    if wanted is Wanted.PERSON:
        return [(n.start, n.end) for n in find_names(sentence)]
    if wanted is Wanted.PLACE:
        names = [(n.start, n.end) for n in find_names(sentence)]
        placed = [span for span in names if _PLACE_WORD.search(sentence[: span[0]].lower())]
        return placed or names
    return []


def _distance(question: Question, sentence: str, span: tuple[int, int]) -> float:
    """Mean distance in characters to the question's words in the sentence."""
    places = [
        match.start()
        for match in re.finditer(r"\w+", sentence)
        if question.stems.intersection(stems(match.group()))
        and not span[0] <= match.start() < span[1]
    ]
    if not places:
        return float(span[0])
    middle = (span[0] + span[1]) / 2
    return sum(abs(place - middle) for place in places) / len(places)
