from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.embed import Vectors
from ingest.errors import BylineError, TransientError, Unchanged, UserError
from ingest.library import Library
from ingest.pipeline import Ingest, IngestReport
from tests.fakes import WordEmbedder

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def ingest(library: Library, *paths: Path, embedder: WordEmbedder | None = None) -> IngestReport:
    return Ingest(library, embedder or WordEmbedder(), clock=lambda: NOW).run(list(paths))


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.read, report.new, report.changed, report.unchanged, len(report.failed)


def test_a_folder_goes_in(library: Library, folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = Ingest(library, WordEmbedder(), clock=lambda: NOW).run(
        [folder], lambda done, total: seen.append((done, total))
    )
    assert counts(report) == (5, 5, 0, 0, 0)
    assert report.files == 3
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)
    article = library.find("ice.txt")
    assert article is not None
    assert (article.title, article.text) == ("Ice closes harbour", "The harbour froze on Friday.")
    assert (article.fetched, article.version) == (NOW, 1)
    assert library.verify() == []


def test_a_second_run_embeds_and_writes_nothing(library: Library, folder: Path) -> None:
    ingest(library, folder)
    before = library.fingerprint(), library.catalogue.get_meta("generation")
    embedder = WordEmbedder()
    report = ingest(library, folder, embedder=embedder)
    assert counts(report) == (5, 0, 0, 5, 0)
    assert embedder.embedded == report.passages == 0
    assert (library.fingerprint(), library.catalogue.get_meta("generation")) == before


def test_a_changed_article_gets_a_new_version_and_keeps_its_id(
    library: Library, folder: Path
) -> None:
    ingest(library, folder)
    old = library.find("ice.txt")
    (folder / "ice.txt").write_text("Ice closes harbour\n\nThe harbour is open again.")
    embedder = WordEmbedder()
    assert counts(ingest(library, folder, embedder=embedder)) == (5, 0, 1, 4, 0)
    assert embedder.embedded == 1
    new = library.find("ice.txt")
    assert old is not None
    assert new is not None
    assert (new.id, new.version) == (old.id, 2)
    assert library.words.best("froze", 5) == []
    assert library.catalogue.versions(new.id)[0][1] == old.text
    assert library.verify() == []


def test_one_changed_line_of_a_jsonl_file_costs_one_article(library: Library, folder: Path) -> None:
    ingest(library, folder)
    path = folder / "wire.jsonl"
    path.write_text(path.read_text().replace("number 1", "number one"))
    embedder = WordEmbedder()
    assert counts(ingest(library, path, embedder=embedder)) == (3, 0, 1, 2, 0)
    assert embedder.embedded == 1


def test_a_bad_file_is_reported_and_the_others_go_in(library: Library, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "wire.jsonl").write_text('{"text": "Good line here."}\n{bad\n')
    report = ingest(library, folder)
    assert counts(report) == (3, 3, 0, 0, 2)
    assert [failure.reason.split(":")[0] for failure in report.failed] == [
        "empty.txt", "wire.jsonl",
    ]  # fmt: skip
    assert report.to_dict()["failed"][1]["reason"].startswith("wire.jsonl:2: not JSON")
    assert len(ingest(library, folder).failed) == 2  # still told the next time


def test_the_later_of_two_articles_with_one_url_wins(library: Library, tmp_path: Path) -> None:
    for name, text in (("a.md", "First text here."), ("b.md", "Second text here.")):
        (tmp_path / name).write_text(f"---\ntitle: T\nurl: https://x.example/1\n---\n{text}")
    report = ingest(library, tmp_path / "a.md", tmp_path / "b.md")
    assert counts(report) == (2, 1, 1, 0, 0)
    assert [item.text for item in library.articles()] == ["Second text here."]
    assert library.verify() == []


def test_a_removed_article_comes_back_when_its_file_is_read_again(
    library: Library, folder: Path
) -> None:
    ingest(library, folder)
    article = library.find("ice.txt")
    assert article is not None
    with library.writing():
        library.remove(article.id)
    assert counts(ingest(library, folder)) == (5, 1, 0, 4, 0)


def test_a_killed_ingest_is_finished_by_the_next(library: Library, tmp_path: Path) -> None:
    class Dies(WordEmbedder):
        def embed(self, texts: list[str]) -> Vectors:  # type: ignore[override]
            if self.embedded:
                raise KeyboardInterrupt
            return super().embed(texts)

    many = tmp_path / "many"
    many.mkdir()
    for number in range(40):
        sentence = f"Article {number} has a sentence about puffins and trams. "
        (many / f"{number:02d}.txt").write_text(sentence * 150)
    with pytest.raises(KeyboardInterrupt):
        ingest(library, many, embedder=Dies())
    done = library.count()
    assert 0 < done < 40
    assert library.verify() == []
    report = ingest(library, many)
    assert counts(report) == (40, 40 - done, 0, done, 0)
    assert library.verify() == []


def test_a_missing_path_is_refused_before_anything_is_written(
    library: Library, folder: Path
) -> None:
    with pytest.raises(UserError):
        ingest(library, folder, folder / "missing.txt")
    assert library.count() == 0


class Answering:
    """A source that gives a document once, and then says that nothing is new or fails."""

    origin = name = "https://alder.example/ice"

    def __init__(self, *answers: Document | BylineError) -> None:
        self._answers = list(answers)

    def read(self) -> Document:
        answer = self._answers.pop(0)
        if isinstance(answer, BylineError):
            raise answer
        return answer


def test_a_source_may_say_that_it_is_unchanged_or_fail(library: Library) -> None:
    page = Document(Answering.origin, b"Ice\n\nIt froze.", "text", "ice")
    source = Answering(page, Unchanged(), TransientError("alder.example: timed out"))
    reports = [Ingest(library, WordEmbedder()).run([source]) for _ in range(3)]
    assert [counts(report) for report in reports] == [
        (1, 1, 0, 0, 0), (1, 0, 0, 1, 0), (0, 0, 0, 0, 1),
    ]  # fmt: skip
    assert reports[2].failed[0].reason == "alder.example: timed out"
    assert library.count() == 1
