import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.errors import PermanentError, UserError
from ingest.isolated import IsolatedParser
from ingest.parse import ParsedArticle, articles
from ingest.sources import read_document
from tests import files

GOOD = Document("file:///ice.html", files.html(), "html", "ice.html")


@pytest.fixture(scope="module")
def parser() -> Iterator[IsolatedParser]:
    parser = IsolatedParser(seconds=20)
    yield parser
    parser.close()


def test_it_reads_what_is_read_here(parser: IsolatedParser, tmp_path: Path) -> None:
    (tmp_path / "wire.jsonl").write_text('{"text": "It froze."}\n{broken\n')
    for document in (GOOD, read_document(tmp_path / "wire.jsonl")):
        assert list(parser(document)) == list(articles(document))


def test_errors_come_back_as_they_are(parser: IsolatedParser) -> None:
    with pytest.raises(PermanentError, match=r"^x\.pdf: not a PDF that can be opened$"):
        list(parser(Document("file:///x.pdf", b"%PDF-broken", "pdf", "x.pdf")))
    wrong = IsolatedParser({"headline": "x"})
    with pytest.raises(UserError, match="'headline'"):
        list(wrong(Document("file:///w.jsonl", b"{}", "jsonl", "w.jsonl")))
    wrong.close()


def test_one_process_serves_all_documents(parser: IsolatedParser) -> None:
    list(parser(GOOD))
    first = parser._process
    list(parser(GOOD))
    assert parser._process is first


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    parser = IsolatedParser(seconds=8)
    list(parser(GOOD))
    os.mkfifo(tmp_path / "pipe")  # opening it waits for ever
    stuck = Document("file:///w.jsonl", b"", "jsonl", "w.jsonl", path=tmp_path / "pipe")
    parser._seconds = 0.5
    with pytest.raises(PermanentError, match=r"^w\.jsonl: given up"):
        list(parser(stuck))
    parser._seconds = 20
    assert len(list(parser(GOOD))) == 1
    parser.close()


def test_a_document_that_wants_too_much_memory_is_given_up_and_the_next_is_read() -> None:
    parser = IsolatedParser(seconds=60, memory=128 << 20)
    huge = Document("file:///x.html", b"<p>" + b"<b>x</b>" * 3_000_000, "html", "x.html")
    with pytest.raises(PermanentError, match=r"^x\.html: "):
        list(parser(huge))
    assert len(list(parser(GOOD))) == 1
    parser.close()


def test_what_nobody_wants_any_more_is_not_read_on(tmp_path: Path) -> None:
    parser = IsolatedParser()
    (tmp_path / "w.jsonl").write_bytes(b'{"text": "It froze."}\n' * 200_000)
    found = parser(read_document(tmp_path / "w.jsonl"))
    assert isinstance(next(found), ParsedArticle)
    found.close()  # type: ignore[attr-defined]
    assert parser._process is None
    assert len(list(parser(GOOD))) == 1
    parser.close()
