"""Facts: one value or sentence, with whoever else gives it and whoever gives another."""

from collections.abc import Sequence
from dataclasses import replace

from rag.conflict import Told, asks_amount, asks_price, disputed_in, values_told
from rag.copies import collapse, statement
from rag.joined import place_of, widened, with_neighbours
from rag.protocols import Reader
from rag.question import Question, Wanted
from rag.short import short_answer
from rag.statements import Statement
from rag.types import Evidence
from rag.vague_counts import accounts, written_accounts
from rag.ways.claim import claim_of, whether
from rag.ways.kind import Kind
from rag.ways.premise import denying, in_front
from rag.ways.stance import tells_of
from rag.ways.way import Found, Plan, Search, Span, span_of
from rag.when import answer_when

Copies = Sequence[tuple[Evidence, tuple[Evidence, ...]]]


TOLD = 0.7
"""Share of an event's words that a sentence has which tells of it."""
OTHERWISE = "The articles say otherwise than the question takes for granted."


class FactWay:
    """Answers with the best evidence, values that differ side by side (`rag.ways.way.Way`)."""

    kind = Kind.FACT

    def __init__(self, reader: Reader | None = None, threshold: float = 0.0) -> None:
        """`reader` tells where the best sentence denies what the question takes for granted.

        Where a date is found with less confidence than `threshold`, its event is looked for.
        """
        self._reader = reader
        self._threshold = threshold

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`."""
        found = search(asked.text)
        event = whether(asked.text)
        if not event or found.confidence >= self._threshold:
            return found
        # No sentence dates it. That it happened, and that nothing dates it, is an answer, too.
        told = search(event)
        sure = told.confidence >= self._threshold
        return told if sure and tells_of(claim_of(event), told.evidence[0]) >= TOLD else found

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`."""
        copies = collapse(found.evidence)
        evidence = [item for item, _ in copies]
        values = [_with_copies(told, copies) for told in values_told(asked, evidence)]
        leads = [told.evidence[0] for told in values] if len(values) > 1 else []
        named = asks_amount(asked) or asks_price(asked)
        if values and named:
            leads = leads or [values[0].evidence[0]]
        evidence = [*leads, *(item for item in evidence if item not in leads)]
        conflict = disputed_in(asked, values)
        if asked.wanted is Wanted.DATE:
            when = answer_when(asked, evidence[:1] if leads else evidence)
            first = when.evidence[0]
            evidence = [first, *(item for item in evidence if item is not first)]
            short, note = when.short, when.note
        else:
            short, note = short_answer(asked, evidence[0]), ""
            if values and named:
                short = values[0].value
        both = () if conflict else accounts(asked, evidence, short)
        if both:
            evidence = [
                *(one.item for one in both),
                *(item for item in evidence if all(item is not one.item for one in both)),
            ]
            leads, short, note = [one.item for one in both], "", written_accounts(both)
        denial = self._denying(asked, found.evidence)
        if denial is not None:
            evidence = in_front(denial, [item for item in evidence if item is not denial])
            short, note, conflict, both = "", OTHERWISE, None, ()
        joined = with_neighbours(evidence)
        sides = [at for lead in leads if (at := place_of(lead, joined)) is not None]
        lines = tuple(dict.fromkeys(sides)) if conflict or both else None
        return Plan(
            evidence=tuple(joined),
            lines=(0,) if denial else lines,
            short=short,
            note=" ".join(part for part in (note, conflict.written() if conflict else "") if part),
            conflicts=(conflict,) if conflict else (),
            also=also(copies, values),
        )

    def _denying(self, asked: Question, evidence: Sequence[Evidence]) -> Evidence | None:
        return denying(asked.text, evidence, self._reader) if self._reader else None


def also(copies: Copies, values: Sequence[Told] = ()) -> dict[Span, tuple[Statement, ...]]:
    """Who else says what each sentence says: near copies, and those that give the same value.

    By the span that is quoted, which may be wider than the sentence.
    """
    told: dict[Span, list[Statement]] = {}
    for item, others in copies:
        told[span_of(item)] = [statement(other, copy=True) for other in _one_an_article(others)]
    for value in values:
        first, others = value.evidence[0], value.evidence[1:]
        told.setdefault(span_of(first), []).extend(statement(item) for item in others)
    by_item = {span_of(item): item for item, _ in copies}
    by_item |= {span_of(value.evidence[0]): value.evidence[0] for value in values}
    return {span_of(widened(by_item[span])): tuple(found) for span, found in told.items() if found}


def _with_copies(told: Told, copies: Copies) -> Told:
    """`told` with the copies that were collapsed into its evidence."""
    spans = {span_of(item) for item in told.evidence}
    prints = (other for item, others in copies if span_of(item) in spans for other in others)
    return replace(told, copies=(*told.copies, *_one_an_article(tuple(prints))))


def _one_an_article(items: Sequence[Evidence]) -> list[Evidence]:
    return list({item.hit.article.id: item for item in reversed(items)}.values())[::-1]
