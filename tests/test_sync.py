"""Changed, moved and removed files."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.errors import UserError
from ingest.library import Library
from ingest.pipeline import Ingest, IngestReport
from tests.fakes import WordEmbedder

NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ice.txt").write_text("Ice closes harbour\n\nThe harbour froze on Friday.")
    (folder / "tram.txt").write_text("Trams\n\nThe tram was late again on Monday.")
    return folder


def ingest(
    library: Library, *paths: Path, sync: bool = False, embedder: WordEmbedder | None = None
) -> IngestReport:
    run = Ingest(library, embedder or WordEmbedder(), clock=lambda: NOW)
    return run.run(list(paths), sync=sync)


def titles(library: Library) -> list[str]:
    return sorted(article.title for article in library.articles())


def test_a_renamed_file_is_the_same_article(library: Library, folder: Path) -> None:
    ingest(library, folder)
    before = library.find("ice.txt")
    (folder / "ice.txt").rename(folder / "frost.txt")
    embedder = WordEmbedder()
    report = ingest(library, folder, embedder=embedder)
    assert (report.new, report.changed, report.moved, report.unchanged) == (0, 0, 1, 1)
    assert embedder.embedded == 0
    assert library.find("frost.txt") == before
    assert library.find("ice.txt") is None
    assert (ingest(library, folder).unchanged, library.count()) == (2, 2)


def test_a_renamed_file_that_changes_later_is_a_new_version(library: Library, folder: Path) -> None:
    ingest(library, folder)
    before = library.find("ice.txt")
    (folder / "ice.txt").rename(folder / "frost.txt")
    ingest(library, folder, sync=True)
    (folder / "frost.txt").write_text("Ice closes harbour\n\nThe harbour is open again.")
    assert ingest(library, folder).changed == 1
    after = library.find("frost.txt")
    assert before is not None
    assert after is not None
    assert (after.id, after.version) == (before.id, 2)


STORY = (
    "The harbour froze on Friday for the first time in nineteen years, and the ferry to the "
    "islands lay at its berth while crews broke the ice around its hull with poles and axes. "
    "{} passengers slept in the waiting hall, where the town had put up beds and a kitchen."
)


def test_a_file_that_was_edited_in_a_folder_that_was_renamed_is_a_new_version(
    library: Library, folder: Path
) -> None:
    (folder / "ferry.txt").write_text(f"Ferry\n\n{STORY.format('Forty')}")
    ingest(library, folder)
    before = library.find("ferry.txt")
    assert before is not None
    renamed = folder.rename(folder.with_name("renamed"))
    (renamed / "ferry.txt").write_text(f"Ferry\n\n{STORY.format('Sixty')}")
    (renamed / "tram.txt").write_text("Trams\n\nNothing that was said before is said here.")
    report = ingest(library, renamed)
    assert (report.new, report.moved, library.count()) == (1, 2, 4)
    after = library.find("ferry.txt")
    assert after is not None
    assert (after.id, after.version) == (before.id, 2)
    assert [version for version, _ in library.versions(after.id)] == [1, 2]
    assert library.verify() == []
    assert (ingest(library, renamed, sync=True).unchanged, library.count()) == (3, 4)


def test_a_file_of_the_same_name_elsewhere_is_another_article(
    library: Library, folder: Path
) -> None:
    (folder / "ferry.txt").write_text(f"Ferry\n\n{STORY.format('Forty')}")
    ingest(library, folder)
    (folder / "second").mkdir()
    (folder / "second" / "ferry.txt").write_text(f"Ferry\n\n{STORY.format('Sixty')}")
    assert (ingest(library, folder).new, library.count()) == (1, 4)


def test_a_copied_file_is_another_article(library: Library, folder: Path) -> None:
    ingest(library, folder)
    (folder / "frost.txt").write_text((folder / "ice.txt").read_text())
    assert ingest(library, folder).new == 1
    assert len(library.catalogue.clusters()) == 1


def test_an_address_that_changed_is_the_same_article(library: Library, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    told = "---\ntitle: Ice\nurl: https://x.example/{}\n---\nThe harbour froze on Friday."
    page.write_text(told.format("old"))
    ingest(library, page)
    before = library.find("https://x.example/old")
    page.write_text(told.format("2024/new"))
    report = ingest(library, page)
    after = library.find("https://x.example/2024/new")
    assert (report.new, report.moved, library.count()) == (0, 1, 1)
    assert before is not None
    assert after is not None
    assert (after.id, after.version) == (before.id, 1)
    page.write_text(told.format("other").replace("The harbour froze", "A tram fell over"))
    assert ingest(library, page).new == 1


def test_only_sync_removes_what_is_gone(library: Library, folder: Path) -> None:
    ingest(library, folder)
    (folder / "ice.txt").unlink()
    assert ingest(library, folder).removed == 0
    assert titles(library) == ["Ice closes harbour", "Trams"]
    report = ingest(library, folder, sync=True)
    assert (report.removed, titles(library)) == (1, ["Trams"])
    assert library.verify() == []
    assert library.words.best("froze", 3) == []


def test_sync_removes_lines_that_left_a_file(library: Library, folder: Path) -> None:
    lines = [f'{{"id": {n}, "title": "T{n}", "text": "Story {n} is short."}}' for n in range(3)]
    wire = folder / "wire.jsonl"
    wire.write_text("\n".join(lines))
    ingest(library, folder)
    wire.write_text("\n".join(lines[:2]))
    assert ingest(library, folder, sync=True).removed == 1
    assert titles(library) == ["Ice closes harbour", "T0", "T1", "Trams"]


def test_sync_keeps_what_another_file_still_has(library: Library, folder: Path) -> None:
    told = "---\ntitle: Ice\nurl: https://x.example/1\n---\nThe harbour froze on Friday."
    (folder / "a.md").write_text(told)
    (folder / "b.md").write_text(told)
    ingest(library, folder)
    (folder / "a.md").unlink()
    assert ingest(library, folder, sync=True).removed == 0
    (folder / "b.md").unlink()
    assert ingest(library, folder, sync=True).removed == 1


def test_sync_keeps_what_cannot_be_read_today(library: Library, folder: Path) -> None:
    ingest(library, folder)
    (folder / "ice.txt").write_bytes(b"")
    report = ingest(library, folder, sync=True)
    assert (len(report.failed), report.removed, library.count()) == (1, 0, 2)


def test_sync_refuses_when_everything_is_gone(library: Library, folder: Path) -> None:
    ingest(library, folder)
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(UserError, match="disk in place"):
        ingest(library, folder, sync=True)
    assert library.count() == 2


def test_sync_leaves_other_folders_alone(library: Library, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "articles-2"
    other.mkdir()
    (other / "snow.txt").write_text("Snow\n\nSnow fell on Sunday.")
    ingest(library, folder, other)
    (other / "snow.txt").unlink()
    (folder / "ice.txt").unlink()
    assert ingest(library, folder, sync=True).removed == 1
    assert titles(library) == ["Snow", "Trams"]


def test_the_history_says_what_a_version_changed_and_when(library: Library, folder: Path) -> None:
    path = folder / "ice.md"
    told = "---\ntitle: Ice\nmodified: {}\n---\nThe harbour froze. {} ships wait."
    path.write_text(told.format("2024-01-05", "Six"))
    ingest(library, path)
    path.write_text(told.format("2024-01-07", "Seven"))
    ingest(library, path)
    article = library.find("ice.md")
    assert article is not None
    assert article.changed == date(2024, 1, 7)
    first, second = library.catalogue.history(article.id)
    assert (first.number, first.changes) == (1, ())
    assert [(part.kind, part.text) for part in second.changes] == [
        ("same", "The harbour froze."), ("removed", "Six ships wait."),
        ("added", "Seven ships wait."),
    ]  # fmt: skip
    assert library.words.best("six", 3) == []
    assert library.catalogue.passage_ids() == library.vectors.ids()


def test_a_change_of_byline_itself_is_no_version(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, folder)
    monkeypatch.setattr("ingest.reading.PIPELINE", 999)
    monkeypatch.setattr("ingest.parse.clean", lambda text, title: text.strip().upper())
    assert ingest(library, folder).changed == 2
    article = library.find("ice.txt")
    assert article is not None
    assert article.text == "THE HARBOUR FROZE ON FRIDAY."
    assert (article.version, article.changed) == (1, None)


def test_a_dry_run_lists_and_writes_nothing(library: Library, folder: Path) -> None:
    ingest(library, folder)
    (folder / "ice.txt").rename(folder / "frost.txt")
    (folder / "snow.txt").write_text("Snow\n\nSnow fell on Sunday.")
    (folder / "empty.txt").write_text("")
    before = library.fingerprint(), library.catalogue.get_meta("generation")
    planned = Ingest(library, WordEmbedder(), clock=lambda: NOW).plan([folder], sync=True)
    assert [(item.action, item.title) for item in planned] == [
        ("failed", ""), ("moved", "Ice closes harbour"), ("new", "Snow"),
        ("unchanged", "1 article"),
    ]  # fmt: skip
    assert (library.fingerprint(), library.catalogue.get_meta("generation")) == before
    assert library.catalogue.failures() == []


def test_a_dry_run_lists_what_sync_would_remove(library: Library, folder: Path) -> None:
    ingest(library, folder)
    (folder / "ice.txt").unlink()
    planned = Ingest(library, WordEmbedder()).plan([folder], sync=True)
    assert [(item.action, item.title) for item in planned] == [
        ("unchanged", "1 article"), ("removed", "Ice closes harbour"),
    ]  # fmt: skip
    assert library.count() == 2
