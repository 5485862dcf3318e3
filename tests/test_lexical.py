from pathlib import Path

import pytest

from ingest.lexical import LexicalIndex, query_words, stems
from ingest.types import Passage
from tests.fakes import article


def passage(number: int, text: str) -> Passage:
    return Passage(f"p{number}", "a1", number, text, 0, len(text))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "words")
    texts = ["The ferries were cancelled.", "A tram was delivered.", "Ice on the harbour."]
    index.add(article("", title="Winter news"), [passage(i, t) for i, t in enumerate(texts)])
    index.commit()
    return index


def test_stems_match_across_forms(index: LexicalIndex) -> None:
    assert [identity for identity, _ in index.best("Which ferry was cancelled?", 5)] == ["p0"]


def test_the_title_counts_too(index: LexicalIndex) -> None:
    assert {identity for identity, _ in index.best("winter", 5)} == {"p0", "p1", "p2"}


@pytest.mark.parametrize(
    "query", ["", "?!", '"', "title:", "ice AND", "a (b", "*", "ice^", "ice~2"]
)
def test_any_text_is_a_query(index: LexicalIndex, query: str) -> None:
    assert len(index.best(query, 5)) <= 3


def test_what_is_deleted_is_gone_after_commit(index: LexicalIndex) -> None:
    index.delete(["p2", "unknown"])
    index.commit()
    assert index.best("ice", 5) == []
    assert index.ids() == {"p0", "p1"}


def test_adding_again_does_not_double(index: LexicalIndex) -> None:
    index.add(article(""), [passage(2, "Ice everywhere.")])
    index.commit()
    assert index.ids() == {"p0", "p1", "p2"}
    assert len(index.best("ice", 5)) == 1


def test_frequency_is_a_share_of_passages(index: LexicalIndex) -> None:
    assert index.frequency("tram") == pytest.approx(1 / 3)
    assert index.frequency("unheard") == 0.0


def test_query_words_drop_stop_words_unless_nothing_else_is_left() -> None:
    assert query_words("When did the NOT fall?") == ["fall"]
    assert query_words("Who is it?") == ["who", "is", "it"]
    assert stems("Ferries cancelled") == ["ferri", "cancel"]


def test_an_index_opens_again(index: LexicalIndex, tmp_path: Path) -> None:
    index.close()
    assert LexicalIndex(tmp_path / "words").ids() == {"p0", "p1", "p2"}
