from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.types import Passage
from rag.retrieve import HybridRetriever, fuse, preferred
from rag.scope import Scope
from rag.types import Hit
from tests.fakes import WordEmbedder, article, library_of

EMBEDDER = WordEmbedder()
ARTICLES = [
    article("The ferry sank off the cape.", identity="a1", published=date(2024, 1, 5)),
    article("A ferry was launched in spring.", identity="a2", published=date(2024, 5, 1)),
    article("The museum bought a clock.", identity="a3"),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = library_of(ARTICLES, EMBEDDER, tmp_path / "library")
    yield library
    library.close()


def test_fusion_worked_by_hand() -> None:
    scores = fuse([("a", 0.9), ("b", 0.5)], [("b", 8.0), ("c", 2.0)], words=0.6)
    assert list(scores) == ["b", "a", "c"]
    assert scores["b"] == pytest.approx(0.5 + 0.6)
    assert scores["a"] == pytest.approx(0.9)
    assert scores["c"] == pytest.approx(0.5 + 0.6 * 2 / 8)
    assert fuse([], [("c", 2.0)], words=0.6) == {"c": pytest.approx(0.6)}
    assert fuse([], [], words=0.6) == {}


def test_hits_say_what_found_them(library: Library) -> None:
    hits = HybridRetriever(library, EMBEDDER).retrieve("Which ferry sank?", 3)
    assert hits[0].article.id == "a1"
    assert set(hits[0].signals) == {"dense", "lexical"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_as_of_hides_what_came_later_and_what_is_undated(library: Library) -> None:
    retriever = HybridRetriever(library, EMBEDDER, candidates=1)
    hits = retriever.retrieve("ferry launched in spring", 3, date(2024, 2, 1))
    assert [hit.article.id for hit in hits] == ["a1"]


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_question_finds_nothing(library: Library, question: str) -> None:
    assert HybridRetriever(library, EMBEDDER).retrieve(question, 3) == []


def test_what_the_catalogue_does_not_know_is_no_hit(library: Library) -> None:
    library.catalogue.delete("a1")
    hits = HybridRetriever(library, EMBEDDER).retrieve("ferry sank", 3)
    assert {hit.article.id for hit in hits} == {"a2", "a3"}


def ids(hits: list[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


@pytest.mark.parametrize("few", [0, 500])
def test_a_scope_limits_what_is_searched(
    library: Library, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.retrieve.FEW", few)  # compared one by one, and by looking deeper
    retriever = HybridRetriever(library, EMBEDDER, candidates=1)
    since = Scope(since=date(2024, 2, 1))
    assert ids(retriever.retrieve("ferry", 3, scope=since)) == ["a2"]
    assert ids(retriever.retrieve("ferry", 3, scope=Scope(until=date(2024, 2, 1)))) == ["a1"]
    assert ids(retriever.retrieve("ferry", 3, date(2024, 2, 1), since)) == []
    assert ids(retriever.retrieve("ferry", 3, scope=Scope(sources=("nobody",)))) == []


def test_few_and_many_are_ranked_alike(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    retriever = HybridRetriever(library, EMBEDDER)
    dated = Scope(since=date(2024, 1, 1))
    one_by_one = retriever.retrieve("ferry launched", 3, scope=dated)
    monkeypatch.setattr("rag.retrieve.FEW", 0)
    deeper = retriever.retrieve("ferry launched", 3, scope=dated)
    assert ids(one_by_one) == ids(deeper) == ["a2", "a1"]
    for one, other in zip(one_by_one, deeper, strict=True):
        assert one.signals["dense"] == pytest.approx(other.signals["dense"], abs=1e-4)


def test_a_preference_raises_scores_and_leaves_nothing_out() -> None:
    def hit(identity: str, score: float, published: date | None) -> Hit:
        return Hit(
            Passage(identity, identity, 0, "", 0, 0),
            article("", identity=identity, published=published),
            score,
        )

    hits = [
        hit("old", 1.0, date(2020, 1, 1)),
        hit("none", 0.9, None),
        hit("new", 0.8, date(2024, 1, 1)),
    ]
    assert ids(preferred(hits, Scope(latest=True))) == ["old", "new", "none"]
    near = Scope(near=(date(2023, 1, 1), date(2024, 12, 31)))
    assert ids(preferred(hits, near)) == ["new", "old", "none"]
    assert preferred(hits, near)[0].score == pytest.approx(1.2)
    assert preferred(hits, None) == hits


def test_only_the_articles_asked_about_are_searched(library: Library) -> None:
    hits = HybridRetriever(library, EMBEDDER).retrieve("ferry", 3, scope=Scope(articles=("a2",)))
    assert [hit.article.id for hit in hits] == ["a2"]
