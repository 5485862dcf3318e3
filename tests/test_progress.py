"""Progress, stopping, and what is remembered of failures."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.ahead import ahead
from ingest.document import Document
from ingest.embed import Vectors
from ingest.errors import PermanentError, UserError
from ingest.formats.protocol import Found
from ingest.isolated import IsolatedParser
from ingest.library import Library
from ingest.parse import articles
from ingest.pipeline import Ingest
from ingest.progress import Progress, stream
from ingest.retry import failed_sources
from tests.fakes import WordEmbedder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", "words", create=True)
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        sentence = f"Article {number} has a sentence about puffins and trams. "
        (folder / f"{number:02d}.txt").write_text(sentence * 60)
    return folder


def test_every_step_is_told_and_the_last_one_has_the_report(library: Library, folder: Path) -> None:
    heard: list[Progress] = []
    report = Ingest(library, WordEmbedder()).run([folder], listener=heard.append)
    assert (heard[0].phase, heard[0].files_total) == ("reading", 30)
    assert (heard[-1].phase, heard[-1].report) == ("done", report)
    assert heard[-1].passages == report.passages > 0
    for figure in ("files", "articles", "passages", "seconds"):
        told = [getattr(progress, figure) for progress in heard]
        assert told == sorted(told), figure
    assert set(report.stages) == {"read", "embed", "write"}
    assert heard[-1].to_dict()["report"]["read"] == 30


def test_the_time_left_goes_by_the_files() -> None:
    half = Progress("reading", 50, 100, 50, 200, 0, seconds=10.0)
    assert (half.rate, half.left) == (5.0, 10.0)
    assert Progress("reading", 0, 100, 0, 0, 0, seconds=10.0).left is None
    assert Progress("reading", 0, 1, 900, 900, 0, seconds=10.0, share=0.25).left == 30.0


def test_of_one_large_file_it_is_told_how_far_it_has_been_read(
    library: Library, tmp_path: Path
) -> None:
    wire = tmp_path / "wire.jsonl"
    lines = [f'{{"id": "{n}", "text": "Article {n} tells of trams."}}\n' for n in range(3000)]
    wire.write_text("".join(lines))
    heard: list[Progress] = []
    with closing(IsolatedParser()) as parser:
        Ingest(library, WordEmbedder(), parser=parser, batch=300).run([wire], listener=heard.append)
    shares = [progress.share for progress in heard if progress.phase == "reading"]
    assert any(0.1 < share < 0.9 for share in shares)
    assert max(shares) <= 1
    assert heard[-1].share == 0


def test_a_stream_yields_the_progress_of_a_run(library: Library, folder: Path) -> None:
    run = Ingest(library, WordEmbedder())
    told = list(stream(lambda listener: run.run([folder], listener=listener)))
    assert told[-1].report is not None
    assert told[-1].report.new == 30


def test_a_stream_raises_what_the_run_raises(library: Library, tmp_path: Path) -> None:
    run = Ingest(library, WordEmbedder())
    with pytest.raises(UserError, match="no such file"):
        list(stream(lambda listener: run.run([tmp_path / "none"], listener=listener)))


def test_stopping_keeps_what_was_read_and_the_next_run_goes_on(
    library: Library, folder: Path
) -> None:
    run = Ingest(library, WordEmbedder(), batch=32)

    def stop_after_five(progress: Progress) -> None:
        if progress.articles >= 5 or progress.files >= 5:
            run.stop()

    report = run.run([folder], listener=stop_after_five)
    assert report.stopped
    assert 5 <= report.read < 30
    assert library.count() == report.new == report.read
    assert library.verify() == []
    report = Ingest(library, WordEmbedder()).run([folder])
    assert (report.stopped, report.read, library.count()) == (False, 30, 30)


def test_reading_goes_ahead_of_embedding_by_a_few_batches(library: Library, folder: Path) -> None:
    seen: list[int] = []
    run = Ingest(library, WordEmbedder(), batch=10)

    class Watches(WordEmbedder):
        def embed(self, texts: list[str]) -> Vectors:  # type: ignore[override]
            seen.append(run.report.read - self.embedded // 10)
            return super().embed(texts)

    run = Ingest(library, Watches(), batch=10)
    run.run([folder])
    assert len(seen) == 30
    assert max(seen) <= 6  # read, and not yet embedded


def test_failures_are_remembered_until_they_are_mended(library: Library, folder: Path) -> None:
    bad = folder / "31.txt"
    bad.write_text("")
    wire = folder / "wire.jsonl"
    wire.write_text('{"text": "A good line is here."}\n{bad\n')
    Ingest(library, WordEmbedder()).run([folder])
    failures = library.catalogue.failures()
    assert [failure.reason.split(":")[0] for failure in failures] == ["31.txt", "wire.jsonl"]
    assert [Path(source.name).name for source in failed_sources(library.catalogue)] == [
        "31.txt", "wire.jsonl",
    ]  # fmt: skip
    bad.write_text("Mended\n\nThere is something in it now.")
    report = Ingest(library, WordEmbedder()).run(failed_sources(library.catalogue))
    assert (report.files, report.new, len(report.failed)) == (2, 1, 1)
    wire.unlink()
    assert failed_sources(library.catalogue) == []
    assert library.catalogue.failures() == []


def test_ahead_gives_all_items_and_raises_what_their_maker_raises() -> None:
    def items() -> Iterator[int]:
        yield from range(10)
        raise KeyError("eleventh")

    got: list[int] = []
    with pytest.raises(KeyError):
        got.extend(ahead(items(), 2))
    assert got == list(range(10))


def test_ahead_ends_its_thread_when_it_is_closed() -> None:
    ended = threading.Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            ended.set()

    given = ahead(items(), 1)
    assert next(given) == 1
    given.close()
    assert ended.wait(5)


def test_what_was_found_before_a_file_broke_off_is_remembered(
    library: Library, tmp_path: Path
) -> None:
    wire = tmp_path / "wire.jsonl"
    wire.write_text('{"text": "Trams run."}\n{bad\n')

    def breaks(document: Document) -> Found:
        yield from articles(document)
        raise PermanentError("wire.jsonl: given up")

    report = Ingest(library, WordEmbedder(), parser=breaks).run([wire])
    assert len(report.failed) == 2
    assert [f.reason for f in library.catalogue.failures()] == [f.reason for f in report.failed]
    (article,) = library.articles()
    assert library.catalogue.claimed_by(wire.resolve().as_uri()) == [article.id]
