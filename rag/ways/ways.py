"""All the ways to answer, and the one for a question."""

import math
from collections.abc import Callable, Mapping
from datetime import date

from ingest.lexical import LexicalIndex
from rag.protocols import Reader
from rag.question import Question
from rag.ways.comparison import ComparisonWay
from rag.ways.fact import FactWay
from rag.ways.kind import Kind, read_kind
from rag.ways.listing import ListWay
from rag.ways.sides import sides_of
from rag.ways.summary import SummaryWay
from rag.ways.timeline import TimelineWay, period_of
from rag.ways.topic import topic_of
from rag.ways.way import Way
from rag.ways.yes_no import YesNoWay


class Ways:
    """The ways by kind of question."""

    def __init__(self, ways: Mapping[Kind, Way]) -> None:
        """A kind that `ways` lacks is answered as a fact."""
        self._facts = ways.get(Kind.FACT) or FactWay()
        self._ways = ways

    def of(self, asked: Question) -> Way:
        """How `asked` is to be answered."""
        kind = read_kind(asked.text)
        if kind is Kind.COMPARISON and sides_of(asked) is None:
            return self._facts
        topic = topic_of(asked.text)
        if kind is Kind.TIMELINE and not topic.stems:
            dated = period_of(asked.text, date.max) is not None
            return self._ways.get(kind, self._facts) if dated else self._facts
        if kind is Kind.SUMMARY and not (topic.stems or topic.single):
            return self._facts
        return self._ways.get(kind, self._facts)


def all_ways(reader: Reader, words: LexicalIndex, today: Callable[[], date] = date.today) -> Ways:
    """Every way, for a library of these `words`."""

    def rarity(stem: str) -> float:
        return math.log(1.0 + 1.0 / (words.frequency(stem) + 0.02))

    ways: tuple[Way, ...] = (
        FactWay(reader),
        YesNoWay(reader),
        ComparisonWay(),
        ListWay(),
        TimelineWay(rarity, today),
        SummaryWay(rarity),
    )
    return Ways({way.kind: way for way in ways})
