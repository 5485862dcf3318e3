from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UserError
from ingest.library import Entry, Library
from ingest.passages import cut, embedded_texts
from tests.fakes import WordEmbedder, article

EMBEDDER = WordEmbedder()


def entry(text: str, identity: str = "a1", build: str = "b1") -> Entry:
    told = article(text, identity=identity, title=f"Title {identity}")
    passages = cut(told, build, EMBEDDER.count_tokens, EMBEDDER.window)
    texts = embedded_texts(told, passages, EMBEDDER.count_tokens)
    return Entry(told, build, f"file:///{identity}.txt", passages, EMBEDDER.embed(texts))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", "words", create=True)
    with library.writing():
        library.write([entry("Ice closed the harbour."), entry("Trams are late.", "a2")])
    yield library
    library.close()


def test_what_is_written_is_found_both_ways(library: Library) -> None:
    assert library.count() == 2
    assert library.vectors.nearest(EMBEDDER.embed(["ice harbour"])[0], 1)[0][0].startswith("a1-")
    assert library.words.best("tram", 1)[0][0].startswith("a2-")
    assert library.verify() == []


def test_a_changed_article_replaces_its_passages(library: Library) -> None:
    with library.writing():
        library.write([entry("Snow closed the airport.", build="b2")])
    assert library.words.best("harbour", 5) == []
    assert library.verify() == []
    assert library.count() == 2


def test_removing_leaves_nothing_behind(library: Library) -> None:
    with library.writing():
        library.remove("a1")
    assert library.article("a1") is None
    assert library.verify() == []
    assert library.catalogue.passage_ids() == library.vectors.ids() == library.words.ids()


def test_a_missing_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="byline ingest"):
        Library.open(tmp_path / "nothing", "words")
    assert not (tmp_path / "nothing").exists()


def test_another_embedding_model_is_refused(library: Library) -> None:
    with pytest.raises(UserError, match="'words'"):
        Library.open(library.folder, "other-model")


def test_two_writers_do_not_meet(library: Library) -> None:
    other = Library.open(library.folder, "words")
    with library.writing(), pytest.raises(UserError, match="another process"), other.writing():
        pass
    other.close()


def test_the_next_writer_sweeps_what_a_killed_one_left(library: Library) -> None:
    lost = entry("Half written article about puffins.", "a3")
    library.catalogue.set_pending(p.id for p in lost.passages)
    library.vectors.upsert(lost.passages, lost.vectors)
    library.words.add(lost.article, lost.passages)
    library.words.commit()
    assert lost.passages[0].id in library.words.ids()
    assert library.verify() == []
    with library.writing():
        pass
    assert library.words.best("puffins", 1) == []
    assert library.catalogue.passage_ids() == library.vectors.ids() == library.words.ids()


def test_repair_makes_again_what_is_missing(library: Library) -> None:
    library.vectors.delete(library.catalogue.passage_ids(["a1"]))
    library.words.delete(library.catalogue.passage_ids(["a2"]))
    library.words.commit()
    assert len(library.verify()) == 2
    embedder = WordEmbedder()
    assert library.repair(embedder) == 2
    assert embedder.embedded == 1
    assert library.verify() == []
    assert library.count() == 2
    assert library.words.best("tram", 1)[0][0].startswith("a2-")
    assert library.vectors.nearest(EMBEDDER.embed(["ice harbour"])[0], 1)[0][0].startswith("a1-")


def test_repair_deletes_what_no_article_owns(library: Library) -> None:
    lost = entry("Half written article about puffins.", "a3")
    library.vectors.upsert(lost.passages, lost.vectors)
    assert "no article" in library.verify()[0]
    assert library.repair(WordEmbedder()) == 0
    assert library.verify() == []


def test_a_reader_sees_what_another_process_wrote(library: Library) -> None:
    reader = Library.open(library.folder, "words")
    vector = EMBEDDER.embed(["puffins"])[0]
    assert len(reader.vectors.nearest(vector, 9)) == 2
    with library.writing():
        library.write([entry("Puffins came back.", "a3")])
    reader.refresh()
    assert len(reader.vectors.nearest(vector, 9)) == 3
    assert reader.words.best("puffins", 1)
    reader.close()


def test_a_catalogue_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_text("no database at all, but long enough to be one")
    with pytest.raises(UserError, match=r"catalogue\.sqlite cannot be opened"):
        Library.open(tmp_path, "words")
