"""Where sources disagree: the different values that articles give to one question.

Only values that can be compared exactly are: numbers with their units, and days. A near copy of a
sentence is no second source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lexical import stems
from ingest.passages import written
from rag.numbers import find_numbers, same_measure
from rag.question import Question, Wanted
from rag.quote import says_the_same
from rag.types import Evidence

NEARLY_AS_GOOD = 0.5
"""A sentence has a say when it is at least this share as probable as the best one."""
AS_MUCH_TOLD = 0.75
"""... and tells at least this share of what the best one tells of the question."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value, and the sentences of different sources that give it, the best first."""

    value: str
    evidence: tuple[Evidence, ...]


def told_apart(question: Question, evidence: Sequence[Evidence]) -> tuple[Told, ...]:
    """The values that different articles give, the best evidence's first; () where they agree.

    `evidence` is in order of probability. Values that one article gives itself are no conflict. A
    newer article of the same outlet goes ahead of the one that it corrects.
    """
    if question.wanted is not Wanted.NUMBER:
        return ()
    groups: list[Told] = []
    for item in _with_a_say(question, evidence):
        value = _value(item)
        same = next((g for g in groups if _agree(value, _value(g.evidence[0]))), None)
        if same is None:
            groups.append(Told(value, (item,)))
        elif not any(_copies(item, other) for other in same.evidence):
            groups[groups.index(same)] = replace(same, evidence=(*same.evidence, item))
    lead = {item.hit.article.id for item in groups[0].evidence} if groups else set()
    others = [g for g in groups[1:] if not {e.hit.article.id for e in g.evidence} & lead]
    return _corrections_first((groups[0], *others)) if others else ()


def side_by_side(values: Sequence[Told]) -> str:
    """One sentence that sets the values side by side, each with its outlets and dates."""
    parts = [
        f"{told.value} ({'; '.join(_outlet(item) for item in told.evidence)})" for told in values
    ]
    return f"The articles disagree: {', '.join(parts)}." if parts else ""


def _corrections_first(values: tuple[Told, ...]) -> tuple[Told, ...]:
    """The leading value gives way to a newer one of the same outlet, which corrects it."""
    lead = values[0].evidence[0].hit.article
    for told in values[1:]:
        article = told.evidence[0].hit.article
        newer = lead.published and article.published and article.published > lead.published
        if newer and article.source and article.source == lead.source:
            return (told, *(other for other in values if other is not told))
    return values


def _with_a_say(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    if not evidence:
        return []
    floor = NEARLY_AS_GOOD * evidence[0].probability
    wanted = AS_MUCH_TOLD * _told(question, evidence[0])
    return [
        item
        for item in evidence
        if item.probability >= floor and _told(question, item) >= wanted and _value(item)
    ]


def _told(question: Question, item: Evidence) -> int:
    """How many of the question's words the sentence or its title has."""
    return len(question.stems.intersection(stems(f"{item.hit.article.title} {item.text}")))


def _value(item: Evidence) -> str:
    """The reader's answer, where it is sure of it and it holds a number."""
    span = item.answer
    if span is None or span.score <= 0:
        return ""
    words = item.hit.article.text[span.start : span.end]
    return words if find_numbers(words) else ""


def _agree(value: str, other: str) -> bool:
    return any(same_measure(a, b) for a in find_numbers(value) for b in find_numbers(other))


def _copies(item: Evidence, other: Evidence) -> bool:
    return item.hit.article.id == other.hit.article.id or says_the_same(item.text, other.text)


def _outlet(item: Evidence) -> str:
    article = item.hit.article
    return ", ".join(part for part in (article.source, written(article.published)) if part) or "?"
