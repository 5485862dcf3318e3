from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from ingest.types import Passage
from rag.rank import ReaderRanker, read_hits, were_read
from rag.reading import Judgement, Reading, Stretch
from rag.types import Hit
from tests.fakes import article


class ListReader:
    """Relevance and span logits by passage, as told."""

    def __init__(self, told: dict[str, tuple[float, float]]) -> None:
        self._told = told
        self.asked: list[tuple[str, list[str], list[str]]] = []

    def read(
        self, question: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Reading]:
        self.asked.append((question, list(passages), list(headers or [])))
        return [self._reading(*self._told[text]) for text in passages]

    def judge(
        self, sentence: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Judgement]:
        raise AssertionError("a ranker judges no sentence")

    @staticmethod
    def _reading(relevance: float, span: float) -> Reading:
        half = np.array([span / 2], np.float32)
        return Reading(relevance, 0.5, (Stretch(half, half, np.array([[0, 1]])),))


def hit(text: str, score: float = 0.0) -> Hit:
    told = article(text, title="Ferry", source="Alder Post", published=date(2024, 1, 5))
    return Hit(Passage("p", told.id, 0, text, 0, len(text)), told, score, {"dense": 0.5})


def test_the_order_is_worked_by_hand() -> None:
    reader = ListReader({"a": (1.0, 2.0), "b": (1.5, 0.0), "c": (0.0, 0.0)})
    hits = [hit("c", 0.030), hit("b", 0.020), hit("a", 0.010)]
    ranked = ReaderRanker(reader, span=0.5, fused=10.0).rank("Who?", hits)
    # a: 1.0 + 0.5 * 2.0 + 10 * 0.01; b: 1.5 + 0 + 0.2; c: 0.3
    assert [one.passage.text for one in ranked] == ["a", "b", "c"]
    assert [round(one.score, 6) for one in ranked] == [2.1, 1.7, 0.3]
    assert ranked[2].signals == {"dense": 0.5, "reader": 0.5}


def test_the_reader_sees_title_outlet_and_date() -> None:
    reader = ListReader({"a": (0.0, 0.0)})
    ReaderRanker(reader, span=0, fused=0).rank("Who?", [hit("a")])
    assert reader.asked == [("Who?", ["a"], ["Ferry · Alder Post · 5 January 2024"])]


def test_what_is_read_is_not_read_again() -> None:
    reader = ListReader({"a": (0.0, 0.0), "b": (1.0, 0.0)})
    (first,) = read_hits(reader, "Who?", [hit("a")])
    both = read_hits(reader, "Who?", [first, hit("b")])
    assert [passages for _, passages, _ in reader.asked] == [["a"], ["b"]]
    assert both[0] is first
    assert both[1].reading is not None
    assert replace(both[1], reading=None) == hit("b")


def test_no_hits_are_no_work() -> None:
    reader = ListReader({})
    assert ReaderRanker(reader, span=0, fused=0).rank("Who?", []) == []


def test_the_others_are_not_read_where_one_of_the_first_surely_answers() -> None:
    reader = ListReader({"a": (1.0, 5.0), "b": (2.0, 0.0), "c": (9.0, 9.0), "d": (9.0, 9.0)})
    ranker = ReaderRanker(reader, span=1.0, fused=0.0, first=2, sure=5.0)
    ranked = ranker.rank("Who?", [hit("b"), hit("a"), hit("c"), hit("d")])
    assert [passages for _, passages, _ in reader.asked] == [["b", "a"]]
    assert [one.passage.text for one in ranked] == ["a", "b", "c", "d"]
    assert [one.score for one in ranked] == [6.0, 2.0, 1.0, 0.0]
    assert [one.passage.text for one in were_read(ranked)] == ["a", "b"]


def test_all_are_read_where_none_is_sure() -> None:
    reader = ListReader({"a": (1.0, 4.9), "b": (2.0, 0.0), "c": (9.0, 9.0)})
    ranker = ReaderRanker(reader, span=1.0, fused=0.0, first=2, sure=5.0)
    ranked = ranker.rank("Who?", [hit("b"), hit("a"), hit("c")])
    assert [passages for _, passages, _ in reader.asked] == [["b", "a"], ["c"]]
    assert [one.passage.text for one in ranked] == ["c", "a", "b"]
    assert were_read(ranked) == ranked


def test_hits_that_no_reader_ranked_all_count() -> None:
    hits = [hit("a"), hit("b")]
    assert were_read(hits) == hits
