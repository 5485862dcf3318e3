"""Export, import and backup."""

import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.embed import Embedder
from ingest.errors import UserError
from ingest.library import Library
from ingest.pipeline import Ingest
from ingest.transfer import backup, export, import_
from tests.fakes import WordEmbedder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        told = f"Story {number}\n\nThe tram number {number} was late on Monday. " * 9
        (folder / f"{number}.txt").write_text(told)
    library = Library.open(tmp_path / "library", "words", create=True)
    Ingest(library, WordEmbedder()).run([folder])
    yield library
    library.close()


def never() -> Embedder:
    raise AssertionError("nothing had to be embedded again")


def test_a_library_moves_in_one_file(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "out" / "archive.zip"
    made = export(library, file)
    assert (made.articles, made.model) == (6, "words")
    assert import_(file, tmp_path / "moved", "words", never) == made
    moved = Library.open(tmp_path / "moved", "words")
    assert list(moved.articles()) == list(library.articles())
    assert moved.fingerprint() == library.fingerprint()
    assert moved.verify() == []
    ids = library.catalogue.passage_ids()
    (here,), (there,) = library.vectors.stored(ids), moved.vectors.stored(ids)
    assert here.keys() == there.keys() == set(ids)
    assert all(abs(here[identity] - there[identity]).max() < 1e-6 for identity in ids)  # cosine
    assert moved.words.best("tram", 3)
    report = Ingest(moved, WordEmbedder()).run([tmp_path / "articles"])
    assert (report.unchanged, report.passages) == (6, 0)
    moved.close()
    assert [path.name for path in file.parent.iterdir()] == ["archive.zip"]


def test_a_backup_while_articles_go_in_is_of_one_moment(library: Library, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for number in range(40):
        (more / f"{number}.txt").write_text(f"More {number}\n\nA ferry sank, it was {number}. " * 9)
    writer = Library.open(library.folder, "words")
    run = Ingest(writer, WordEmbedder(), batch=8)
    thread = threading.Thread(target=lambda: run.run([more]))
    thread.start()
    files = []
    for number in range(3):
        reader = Library.open(library.folder, "words")
        day = datetime(2024, 1, 1 + number, tzinfo=UTC)
        files.append(backup(reader, tmp_path / "backups", lambda day=day: day))  # type: ignore[misc]
        reader.close()
    thread.join()
    assert writer.count() == 46
    writer.close()
    for number, (file, made) in enumerate(files):
        assert file.name == f"byline-2024010{1 + number}-000000.zip"
        copy = tmp_path / f"copy{number}"
        import_(file, copy, "words", WordEmbedder)
        moved = Library.open(copy, "words")
        assert moved.count() == made.articles
        assert moved.catalogue.count_passages() == made.passages
        assert moved.verify() == []
        assert moved.catalogue.pending() == set()
        moved.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), UserError("the disk is full")])
def test_an_import_that_is_broken_off_leaves_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    file, folder = tmp_path / "archive.zip", tmp_path / "moved"
    export(library, file)
    (folder / "notes").mkdir(parents=True)

    def broken(*ignored: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("ingest.library.LexicalIndex.commit", broken)
        with pytest.raises(type(error)):
            import_(file, folder, "words", never)
    assert [path.name for path in folder.iterdir()] == ["notes"]
    import_(file, folder, "words", never)
    moved = Library.open(folder, "words")
    assert moved.verify() == []
    moved.close()


def test_vectors_that_are_missing_are_made_again(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    export(library, file)
    thin = tmp_path / "thin.zip"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(thin, "w") as kept:
        for name in whole.namelist():
            if not name.startswith("vectors/"):
                kept.writestr(name, whole.read(name))
    embedder = WordEmbedder()
    import_(thin, tmp_path / "moved", "words", lambda: embedder)
    moved = Library.open(tmp_path / "moved", "words")
    assert moved.verify() == []
    assert embedder.embedded == moved.catalogue.count_passages()
    moved.close()


def test_what_cannot_be_imported_leaves_no_library(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    export(library, file)
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("notes.txt", "nothing of ours")
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(newer, "w") as kept:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), "format": 999}).encode()
            kept.writestr(name, data)
    for path, model, said in (
        (damaged, "words", "nothing was imported"),
        (other, "words", "no library that Byline"),
        (newer, "words", "newer Byline"),
        (file, "another", "'words'"),
        (tmp_path / "missing.zip", "words", "no such file"),
    ):
        with pytest.raises(UserError, match=said):
            import_(path, tmp_path / "moved", model, never)
        assert not (tmp_path / "moved" / "catalogue.sqlite").exists()


def test_nothing_is_written_over(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    export(library, file)
    with pytest.raises(UserError, match="there already"):
        export(library, file)
    with pytest.raises(UserError, match="a library at"):
        import_(file, library.folder, "words", never)
