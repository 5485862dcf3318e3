"""Several questions in one: "When did she die, and how old was she?" gets a line for each."""

import re
from collections.abc import Callable
from dataclasses import replace

from rag.condense import condense
from rag.followups import verb_of
from rag.joined import place_of
from rag.question import Question, read_question
from rag.types import Evidence
from rag.ways.kind import Kind
from rag.ways.way import Found, Label, Plan, Search, Way, span_of

MOST = 3
"""Questions of one that are answered."""
SHORTEST = 3
"""Words of a first question: "When and where was it?" is one."""
_ASKS = r"(?:who|what|when|where|why|which|how)\b"
_NEXT = re.compile(
    rf"\?\s+(?=\S)|,?\s(?:and|but)\s(?:also\s)?(?={_ASKS}\s+(?:(?:much|many|old|long|far|big)\s)?"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|will|would|won|said|paid|made|\w{3,}ed)\b)",
    re.I,
)


def parts_of(question: str) -> list[str]:
    """The questions in `question`, each as it stands alone; [] where there is but one.

    >>> parts_of("When did Ida Moe die and how old was she?")
    ['When did Ida Moe die?', 'How old was Ida Moe?']
    """
    text = " ".join(question.split())
    said = [part.strip(" ?,") for part in _NEXT.split(text) if part and part.strip(" ?,")]
    first = said[0] if said else ""
    asks = re.search(rf"\b{_ASKS}", first, re.I) or re.match(
        r"(?:did|is|was|has|does)\b", first, re.I
    )
    if not 1 < len(said) <= MOST or len(first.split()) < SHORTEST or not asks:
        return []
    if re.search(r"\b(?:do|does|did)\b", first, re.I) and not verb_of(first):
        return []  # "What did the police and what did the firemen say?"
    whole = [f"{first}?"]
    for part in said[1:]:
        if not re.match(rf"(?:(?:and|but)\s)?(?:{_ASKS}|did|is|was|has|does)\b", part, re.I):
            return []  # what follows tells, and asks nothing
        alone = condense(f"{part[:1].upper()}{part[1:]}?", [(whole[0], "")])
        whole.append(alone)
    return whole


class PartsWay:
    """Asks each question by itself and puts the answers together (`rag.ways.way.Way`)."""

    kind = Kind.FACT

    def __init__(self, way_of: Callable[[Question], Way], threshold: float) -> None:
        """`way_of` chooses the way for each; what has less confidence is named as not told."""
        self._way_of = way_of
        self._threshold = threshold

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`: what is found for each, in `parts`."""
        each = []
        for part in map(read_question, parts_of(asked.text)):
            found = self._way_of(part).find(part, search)
            each.append(
                found if found.confidence >= self._threshold else replace(found, evidence=())
            )
        best = max(each, key=lambda found: found.confidence)
        hits = {hit.passage.id: hit for found in each for hit in found.hits}
        evidence = [item for found in each for item in found.evidence]
        parts = tuple(found.evidence for found in each)
        return replace(best, hits=tuple(hits.values()), evidence=tuple(evidence), parts=parts)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`: a line or more for each question, under it."""
        whole = Plan(())
        shorts, untold = [], []
        for part, evidence in zip(
            map(read_question, parts_of(asked.text)), found.parts, strict=True
        ):
            if not evidence:
                untold.append(part.text)
                continue
            plan = self._way_of(part).plan(part, replace(found, evidence=evidence, parts=()))
            whole = _with(whole, plan, part.text)
            shorts.append(plan.short)
        note = f"The articles do not say: {' '.join(untold)}" if untold else ""
        return replace(
            whole,
            short="; ".join(shorts) if all(shorts) and not untold else "",
            note=" ".join(one for one in (whole.note, note) if one),
        )


def _with(whole: Plan, plan: Plan, question: str) -> Plan:
    """`whole` with the lines of a plan under its question."""
    evidence: list[Evidence] = list(whole.evidence)
    lines, labels = list(whole.lines or ()), dict(whole.labels)
    for at in plan.lines if plan.lines is not None else (0,):
        item = plan.evidence[at]
        place = place_of(item, evidence)
        if place is None:
            place = len(evidence)
            evidence.append(item)
        question = re.sub(r"\s*\([^)]*\)", "", question).rstrip("?")
        own = plan.labels.get(span_of(item), Label("")).text
        above = labels.get(span_of(evidence[place]))
        asked = [above.text] if above else []
        asked += [] if question in asked else [question]
        labels[span_of(evidence[place])] = Label(" / ".join([*asked, *([own] if own else [])]))
        lines.append(place)
    return Plan(
        evidence=tuple(evidence),
        lines=tuple(dict.fromkeys(lines)),
        note=" ".join(note for note in (whole.note, plan.note) if note),
        conflicts=(*whole.conflicts, *plan.conflicts),
        labels=labels,
        also={**whole.also, **plan.also},
    )
