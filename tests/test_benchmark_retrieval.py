"""What lets the retrieval benchmark be stopped and gone on with."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from benchmarks.corpora import kept_library
from benchmarks.readings import RememberingReader
from rag.reading import Judgement, Reading, Stretch
from tests.fakes import WordEmbedder, article


class Counting:
    """Reads every passage alike, and counts."""

    def __init__(self) -> None:
        self.read_so_far: list[str] = []

    def read(
        self, question: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Reading]:
        self.read_so_far += passages
        starts, ends = np.array([0, 1.5, 0], np.float32), np.array([0, 0, 2], np.float32)
        places = np.array([[0, 3], [4, 9], [10, 14]])
        return [Reading(0.5, 0.25, (Stretch(starts, ends, places),)) for _ in passages]

    def judge(
        self, sentence: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Judgement]:
        raise AssertionError


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    first = Counting()
    readings = RememberingReader(first, "w1", tmp_path).read("Who?", ["The ferry sank."], ["Post"])
    assert readings[0].best_span() == first.read("Who?", ["The ferry sank."])[0].best_span()
    again = Counting()
    reader = RememberingReader(again, "w1", tmp_path)
    found = reader.read("Who?", ["The ferry sank.", "It rained."], ["Post", "Post"])
    assert again.read_so_far == ["It rained."]
    assert (found[0].relevance, found[0].no_answer) == (0.5, 0.25)
    assert found[0].best_span() == found[1].best_span()
    assert reader.read("Who?", ["The ferry sank."], ["Wire"])
    assert again.read_so_far == ["It rained.", "The ferry sank."]
    other = Counting()
    RememberingReader(other, "w2", tmp_path).read("Who?", ["The ferry sank."], ["Post"])
    assert other.read_so_far == ["The ferry sank."]


def test_a_kept_library_embeds_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.corpora.KEPT", tmp_path)
    monkeypatch.setattr("benchmarks.corpora.AT_ONCE", 1)
    articles = [article("The ferry sank.", identity="a1"), article("It rained.", identity="a2")]
    embedder = WordEmbedder()
    with closing(kept_library("two", articles, embedder)) as library:
        assert library.count() == 2
    assert embedder.embedded == 2
    with closing(kept_library("two", articles, embedder)) as library:
        assert library.count() == 2
    assert embedder.embedded == 2
