"""All the ways to answer, and the one for a question."""

import math
from collections.abc import Callable, Mapping
from datetime import date

from ingest.lexical import LexicalIndex
from rag.protocols import Reader
from rag.question import Question
from rag.ways.comparison import ComparisonWay
from rag.ways.fact import FactWay
from rag.ways.identity import IdentityWay, RoleWay, name_asked, role_asked
from rag.ways.kind import Kind, read_kind
from rag.ways.listing import ListWay
from rag.ways.parts import PartsWay, parts_of
from rag.ways.sides import sides_of
from rag.ways.summary import SummaryWay
from rag.ways.timeline import TimelineWay, period_of
from rag.ways.topic import topic_of
from rag.ways.way import Way
from rag.ways.yes_no import YesNoWay


class Ways:
    """The ways by kind of question."""

    def __init__(self, ways: Mapping[Kind, Way], threshold: float = 0.5) -> None:
        """A kind that `ways` lacks is answered as a fact; below `threshold` nothing is told."""
        self._threshold = threshold
        facts = ways.get(Kind.FACT)
        self._facts = facts if isinstance(facts, FactWay) else FactWay()
        self._ways = ways

    def of(self, asked: Question) -> Way:
        """How `asked` is to be answered."""
        return (
            PartsWay(self._of_one, self._threshold) if parts_of(asked.text) else self._of_one(asked)
        )

    def _of_one(self, asked: Question) -> Way:
        if name_asked(asked.text):
            return IdentityWay()
        if role_asked(asked.text):
            return RoleWay(self._facts)
        kind = read_kind(asked.text)
        if kind is Kind.COMPARISON and sides_of(asked) is None:
            return self._facts
        if kind in (Kind.TIMELINE, Kind.SUMMARY) and not _tells_of_what(asked.text, kind):
            return self._facts
        return self._ways.get(kind, self._facts)


def _tells_of_what(question: str, kind: Kind) -> bool:
    """Whether a timeline has a topic or a time, a summary a topic or an article."""
    topic = topic_of(question)
    if topic.stems:
        return True
    return topic.single if kind is Kind.SUMMARY else period_of(question, date.max) is not None


def all_ways(
    reader: Reader,
    words: LexicalIndex,
    today: Callable[[], date] = date.today,
    threshold: float = 0.5,
) -> Ways:
    """Every way, for a library of these `words`; below `threshold` the assistant abstains."""

    def rarity(stem: str) -> float:
        return math.log(1.0 + 1.0 / (words.frequency(stem) + 0.02))

    ways: tuple[Way, ...] = (
        FactWay(reader, threshold),
        YesNoWay(reader),
        ComparisonWay(),
        ListWay(),
        TimelineWay(rarity, today),
        SummaryWay(rarity),
    )
    return Ways({way.kind: way for way in ways}, threshold)
