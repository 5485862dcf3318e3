"""Comparisons: passages of each side, and which side has it where two amounts tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from rag.copies import collapse
from rag.joined import place_of, widened, with_neighbours
from rag.question import Question, Wanted
from rag.types import Evidence
from rag.ways.fact import FactWay, also
from rag.ways.kind import Kind
from rag.ways.measured import measured
from rag.ways.measures import Measured, compared, direction
from rag.ways.side_fit import fits
from rag.ways.sides import Side, sides_of
from rag.ways.way import Found, Label, Plan, Search, span_of

ENOUGH = 0.002
"""A sentence that is surely about its side may speak for it from this share of the best one's
merit: it answers the question that was asked of the side."""
AS_FIT = 0.5
"""A sentence speaks for a side when it is at least this share as surely about it as the surest."""
ALONE = 0.1
"""What two sentences count whose amounts cannot be compared, where amounts are asked for."""
TOLD = 0.5
"""Amounts that are less surely the ones asked for decide nothing."""
WEIGHED = 8
"""Sentences of each side, the best, that are weighed against those of the other."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A sentence that speaks for a side."""

    side: Side
    item: Evidence
    score: float
    amount: Measured | None


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
        parts = tuple(found.evidence for found in each)
        return replace(best, hits=tuple(hits.values()), evidence=tuple(evidence), parts=parts)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`: a line for each side, under its name."""
        spoken = _spoken(asked, found)
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


def _spoken(asked: Question, found: Found) -> list[_Spoken]:
    """A sentence for each side that has one: the two that are best together.

    Where amounts are asked for, two that can be compared go before better ones that cannot: a
    crowd of 9,312 is no answer beside a score of 3–2.
    """
    sides = sides_of(asked) or ()
    parts = found.parts or (found.evidence,) * len(sides)
    each = [
        _candidates(side, other, evidence)
        for side, other, evidence in zip(sides, reversed(sides), parts, strict=True)
    ]
    if len(each) < 2 or not all(each):
        return [one for some in each for one in some[:1]]
    amounts = bool(direction(asked.text)) or asked.wanted is Wanted.NUMBER

    def together(pair: tuple[_Spoken, _Spoken]) -> float:
        one, two = pair
        return one.score * two.score * (_alike(one.amount, two.amount) if amounts else 1.0)

    best = max(product(each[0], each[1]), key=together)
    return list(best)


def _alike(one: Measured | None, two: Measured | None) -> float:
    if one is None or two is None or not one.comparable(two):
        return ALONE
    return max(ALONE, one.sure * two.sure)


def _candidates(side: Side, other: Side, evidence: Sequence[Evidence]) -> list[_Spoken]:
    """The sentences that may speak for `side`, the best first."""
    rated = list(zip(evidence, fits(evidence, side, other), strict=True))
    sure = AS_FIT * max((fit for _, fit in rated), default=0.0)
    best = max((item.merit for item in evidence), default=0.0)
    spoken = [
        _Spoken(side, item, item.merit * fit, measured(item, side.question))
        for item, fit in rated
        if fit > 0 and fit >= sure and item.merit * fit >= ENOUGH * best
    ]
    return sorted(spoken, key=lambda one: -one.score)[:WEIGHED]


def _missing(asked: Question, spoken: Sequence[_Spoken]) -> str:
    """That the articles say nothing of a side."""
    told = {one.side.name for one in spoken}
    missing = [side for side in sides_of(asked) or () if side.name not in told]
    named = " and ".join(f"“{side.name}”" for side in missing)
    if missing and missing[0].speaks:
        return f"The articles were found to give nothing that {named} says about it."
    return f"The articles were found to say nothing of {named}." if missing else ""


def _verdict(asked: Question, spoken: Sequence[_Spoken]) -> tuple[str, str]:
    """The side that has more (or less) of what is asked for, and the two amounts; or nothing."""
    way = direction(asked.text)
    one, two = spoken
    if not way or span_of(one.item) == span_of(two.item):
        return "", ""
    if one.amount is None or two.amount is None or min(one.amount.sure, two.amount.sure) < TOLD:
        return "", ""
    order = compared(one.amount, two.amount) * way
    if not order:
        return "", ""
    winner, loser = (one, two) if order > 0 else (two, one)
    assert winner.amount
    assert loser.amount
    return winner.side.name, f"{winner.amount.text} against {loser.amount.text}."


def _merged(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, as the question that it answers best found it."""
    best: dict[tuple[str, int, int], Evidence] = {}
    for item in evidence:
        kept = best.get(span_of(item))
        if kept is None or item.probability > kept.probability:
            best[span_of(item)] = item
    return list(best.values())
