"""Comparisons: passages of each side, and which side has it where two amounts tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lexical import stems
from rag.copies import collapse
from rag.joined import place_of, widened, with_neighbours
from rag.numbers import Number, find_numbers
from rag.question import Question, Wanted
from rag.types import Evidence
from rag.ways.fact import FactWay, also
from rag.ways.kind import Kind
from rag.ways.measures import compared, direction
from rag.ways.sides import Side, sides_of
from rag.ways.way import Found, Label, Plan, Search, span_of

ENOUGH = 0.002
"""A sentence that is surely about its side may speak for it from this share of the best one's
probability: it answers the question that was asked of the side."""


AS_FIT = 0.5
"""A sentence speaks for a side when it is at least this share as surely about it as the surest."""
ELSEWHERE = 0.3
"""What a sentence about this side counts in an article about the other."""
AMOUNTLESS = 0.3
"""What a sentence without an amount counts where one is asked for."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The sentence that speaks for a side."""

    side: Side
    item: Evidence


class ComparisonWay:
    """Looks for each side by itself (`rag.ways.way.Way`)."""

    kind = Kind.COMPARISON

    def __init__(self) -> None:
        self._facts = FactWay()

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`: what is found for each side, the better evidence first."""
        sides = sides_of(asked)
        if sides is None:
            return search(asked.text)
        each = [search(side.question) for side in sides]
        evidence = sorted(
            _merged([item for found in each for item in found.evidence]),
            key=lambda item: -item.probability,
        )
        hits = {hit.passage.id: hit for found in each for hit in found.hits}
        best = max(each, key=lambda found: found.confidence)
        return replace(best, hits=tuple(hits.values()), evidence=tuple(evidence))

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`: a line for each side, under its name."""
        spoken = _spoken(asked, found.evidence)
        if len(spoken) < 2:
            plan = self._facts.plan(asked, found)
            missing = _missing(asked, spoken)
            # One side's value is no answer to which of two.
            short = "" if sides_of(asked) else plan.short
            note = " ".join(part for part in (missing, plan.note) if part)
            return replace(plan, short=short, note=note)
        copies = collapse(found.evidence)
        leads = [widened(one.item) for one in spoken]
        if span_of(leads[0]) == span_of(leads[1]):
            leads = leads[:1]
        rest = [item for item, _ in copies]
        evidence = with_neighbours([*leads, *rest])
        lines = [at for lead in leads if (at := place_of(lead, evidence)) is not None]
        labels = {
            span_of(evidence[at]): Label(one.side.name)
            for at, one in zip(lines, spoken, strict=False)
            if len(set(lines)) > 1
        }
        short, note = _verdict(asked, spoken)
        return Plan(
            evidence=tuple(evidence),
            lines=tuple(dict.fromkeys(lines)),
            short=short,
            note=note,
            labels=labels,
            also=also(copies),
        )


def _spoken(asked: Question, evidence: Sequence[Evidence]) -> list[_Spoken]:
    """The best sentence of each side that has one."""
    sides = sides_of(asked) or ()
    spoken = []
    for side, other in zip(sides, reversed(sides), strict=True):
        fits = [_fit(item, side, other) for item in evidence]
        sure = AS_FIT * max(fits, default=0.0)
        rated = [
            (item.probability * fit * _measured(asked, item), item)
            for item, fit in zip(evidence, fits, strict=True)
            if fit >= sure
        ]
        score, item = max(rated, key=lambda pair: pair[0], default=(0.0, None))
        if item is not None and score >= ENOUGH * evidence[0].probability:
            spoken.append(_Spoken(side, item))
    return spoken


def _fit(item: Evidence, side: Side, other: Side) -> float:
    """How surely a sentence is about this side and not about the other, in [0, 1]."""
    words = set(stems(item.text))
    passage = set(stems(f"{item.hit.article.title} {item.hit.passage.text}"))
    title = set(stems(item.hit.article.title))
    if other.stems <= title and not side.stems & title:
        return ELSEWHERE * len(side.stems & words) / len(side.stems)
    ours = len(side.stems & words) / len(side.stems)
    theirs = len(other.stems & words) / len(other.stems)
    around = len(side.stems & passage) / len(side.stems)
    around_other = len(other.stems & passage) / len(other.stems)
    if ours or theirs:
        return max(0.0, ours - 0.95 * theirs)
    if side.stems <= title and not other.stems & title:
        return 0.9
    return max(0.0, 0.9 * around - 0.6 * around_other)


def _measured(asked: Question, item: Evidence) -> float:
    """1 where the sentence has an amount that can be compared, or none is asked for."""
    wanted = direction(asked.text) or asked.wanted is Wanted.NUMBER
    return 1.0 if not wanted or find_numbers(item.text) else AMOUNTLESS


def _missing(asked: Question, spoken: Sequence[_Spoken]) -> str:
    """That the articles say nothing of a side."""
    told = {one.side.name for one in spoken}
    missing = [side.name for side in sides_of(asked) or () if side.name not in told]
    named = " and ".join(f"“{name}”" for name in missing)
    return f"The articles were found to say nothing of {named}." if missing else ""


def _verdict(asked: Question, spoken: Sequence[_Spoken]) -> tuple[str, str]:
    """The side that has more (or less) of what is asked for, and the two amounts; or nothing."""
    way = direction(asked.text)
    one, two = spoken
    if not way or span_of(one.item) == span_of(two.item):
        return "", ""
    first, second = _amount(one), _amount(two)
    if first is None or second is None:
        return "", ""
    order = compared(first, second) * way
    if not order:
        return "", ""
    amounts = (first.text, second.text) if order > 0 else (second.text, first.text)
    winner = one if order > 0 else two
    return winner.side.name, f"{amounts[0]} against {amounts[1]}."


def _amount(one: _Spoken) -> Number | None:
    """The number that the reader finds, or the only one with a unit that the sentence has.

    A bare count that nobody found ("two clubs") may count anything.
    """
    item = one.item
    numbers = find_numbers(item.text)
    if item.answer is not None and item.answer.score > 0:
        start, end = item.answer.start - item.start, item.answer.end - item.start
        read = [n for n in numbers if n.start < end and start < n.end]
        if len(read) == 1:
            return read[0]
    measured = [number for number in numbers if number.unit]
    return measured[0] if len(measured) == 1 else None


def _merged(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, as the question that it answers best found it."""
    best: dict[tuple[str, int, int], Evidence] = {}
    for item in evidence:
        kept = best.get(span_of(item))
        if kept is None or item.probability > kept.probability:
            best[span_of(item)] = item
    return list(best.values())
