"""Yes or no, backed by the words that are quoted; where articles differ, that is the answer."""

from collections.abc import Sequence
from dataclasses import replace

from rag.copies import cluster_of, statement
from rag.joined import place_of, widened, with_neighbours
from rag.protocols import Reader
from rag.question import Question
from rag.statements import Conflict, Disputed, Position
from rag.types import Evidence
from rag.ways.claim import claim_of
from rag.ways.fact import FactWay
from rag.ways.kind import Kind
from rag.ways.stance import Said, Stance, stances
from rag.ways.way import Found, Plan, Search

HEARD = 4
"""Sentences, the most probable first."""
NEARLY_AS_GOOD = 0.4
"""A sentence is heard when it is at least this share as probable as the best one."""
DIFFER = "The articles differ"
LEADS = {Stance.YES: "Yes", Stance.NO: "No", Stance.DENIED: "It is denied"}


class YesNoWay:
    """Leads with yes, no, that it is denied, or that the articles differ (`rag.ways.way.Way`).

    Without a lead the best sentences are quoted and left to speak.
    """

    kind = Kind.YES_NO

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._facts = FactWay()

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`."""
        return search(asked.text)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`."""
        plan = self._facts.plan(asked, found)
        floor = found.evidence[0].merit * NEARLY_AS_GOOD
        heard = [item for item in found.evidence if item.merit >= floor][:HEARD]
        said = stances(claim_of(asked.text), heard, self._reader)
        said = [one for one in said if one.stance is not Stance.OPEN]
        if not said:
            return replace(plan, short="")
        conflict = _conflict(said)
        torn = conflict is None and len({one.stance for one in said}) > 1
        first = {one.stance: widened(one.item) for one in reversed(said)}
        leads = [first[stance] for stance in dict.fromkeys(one.stance for one in said)]
        leads = leads if conflict or torn else leads[:1]
        evidence = with_neighbours([*leads, *plan.evidence])
        lines = [at for lead in leads if (at := place_of(lead, evidence)) is not None]
        return replace(
            plan,
            evidence=tuple(evidence),
            lines=tuple(dict.fromkeys(lines)) if conflict or torn else None,
            # One source that says both is quoted with both: to choose would be a guess.
            short=DIFFER if conflict else "" if torn else LEADS[said[0].stance],
            note=conflict.written() if conflict else plan.note,
            conflicts=(conflict,) if conflict else plan.conflicts,
        )


def _conflict(said: Sequence[Said]) -> Conflict | None:
    """The sides, where different sources take them; the better evidence first."""
    sides: dict[Stance, dict[str, Evidence]] = {}
    for one in said:
        cluster = cluster_of(one.item.hit.article)
        sides.setdefault(one.stance, {}).setdefault(cluster, one.item)
    voices = [set(side) for side in sides.values()]
    if len(sides) < 2 or voices[0] & voices[1]:
        return None
    return Conflict(
        Disputed.CLAIM,
        tuple(
            Position(stance.value, tuple(statement(item) for item in side.values()))
            for stance, side in sides.items()
        ),
    )
