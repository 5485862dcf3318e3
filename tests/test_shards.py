"""A library whose vectors are in many shards does what one with a single shard does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.pipeline import Ingest
from ingest.transfer import export, import_
from tests.fakes import WordEmbedder

FULL = 8
EMBEDDER = WordEmbedder()


def write(folder: Path, number: int, told: str = "The tram was late on Monday.") -> None:
    (folder / f"{number:02d}.txt").write_text(f"Story {number}\n\nStory number {number}. {told}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        write(folder, number)
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr("ingest.vectors.FULL", FULL)
    library = Library.open(tmp_path / "library", "words", create=True)
    Ingest(library, EMBEDDER, batch=4).run([folder])
    yield library
    library.close()


def agrees(library: Library) -> None:
    assert library.verify() == []
    assert library.catalogue.passage_ids() == library.vectors.ids() == library.words.ids()


def finds_the_nearest(library: Library) -> None:
    asked = EMBEDDER.embed(["puffins came back"])[0]
    parts = library.vectors.stored(library.catalogue.passage_ids())
    cosines = [float(row @ asked) for part in parts for row in part.values()]
    found = [score for _, score in library.vectors.nearest(asked, 20)]
    assert found == pytest.approx(sorted(cosines, reverse=True)[:20], abs=1e-5)


def test_changed_and_removed_articles_leave_every_shard(library: Library, folder: Path) -> None:
    for number in (0, 13, 29):
        write(folder, number, "Puffins came back.")
    (folder / "05.txt").unlink()
    report = Ingest(library, EMBEDDER, batch=4).run([folder], sync=True)
    assert (report.changed, report.removed) == (3, 1)
    agrees(library)
    finds_the_nearest(library)


def test_it_moves_and_is_mended(library: Library, tmp_path: Path) -> None:
    export(library, tmp_path / "archive.zip")
    manifest = import_(tmp_path / "archive.zip", tmp_path / "moved", "words", lambda: EMBEDDER)
    assert manifest.articles == 30
    moved = Library.open(tmp_path / "moved", "words")
    agrees(moved)
    moved.vectors.delete(sorted(moved.catalogue.passage_ids())[::3])
    assert "have no vector" in moved.verify()[0]
    moved.repair(EMBEDDER)
    agrees(moved)
    moved.close()


def test_what_a_killed_writer_left_is_swept_from_every_shard(library: Library) -> None:
    ids = sorted(library.catalogue.passage_ids())
    for article in list(library.articles())[::9]:
        library.catalogue.set_pending(library.catalogue.passage_ids([article.id]))
        library.catalogue.delete(article.id)  # and then it was killed
        with library.writing():
            pass
        agrees(library)
    assert len(library.vectors.ids()) < len(ids)


def test_a_reader_sees_what_went_into_a_new_shard(library: Library, folder: Path) -> None:
    reader = Library.open(library.folder, "words")
    assert reader.vectors.nearest(EMBEDDER.embed(["puffins"])[0], 1)
    for number in range(30, 50):
        write(folder, number, "Puffins came back.")
    Ingest(library, EMBEDDER, batch=4).run([folder])
    reader.refresh()
    assert reader.vectors.ids() == library.vectors.ids()
    finds_the_nearest(reader)
    reader.close()
