"""WARC files of web archives: the pages of their responses, by warcio."""

from collections.abc import Iterator
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import Problem, web_address
from ingest.formats.protocol import Format, Found, Reading

_READ = ("html", "pdf", "docx", "epub")
"""What of an archived site can be an article; its feeds and tables repeat its pages."""


def read_warc(document: Document, reading: Reading) -> Found:
    """The articles of all pages that answered 200, each once, with the address they had."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen: set[str] = set()
    try:
        for record in ArchiveIterator(reading.opened(document)):
            url = web_address(record.rec_headers.get_header("WARC-Target-URI") or "")
            if url and url not in seen and _is_page(record):
                seen.add(url)
                yield from _page(document, reading, record, url)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise PermanentError(f"{document.name}: not a WARC that can be read ({reason})") from None
    if not seen:
        raise PermanentError(f"{document.name}: no page in it")


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return True
    headers = record.http_headers
    return (
        record.rec_type == "response"
        and headers is not None
        and headers.get_statuscode() == "200"
        and "image" not in (headers.get_header("Content-Type") or "")
    )


def _page(document: Document, reading: Reading, record: Any, url: str) -> Iterator[Any]:
    from ingest.formats.registry import recognise

    name = f"{document.name}/{url}"
    try:
        data = record.content_stream().read(reading.limits.member + 1)
        if len(data) > reading.limits.member:
            raise PermanentError(f"{name}: larger than {reading.limits.member >> 20} MB")
        kind = record.http_headers.get_header("Content-Type") if record.http_headers else ""
        media = recognise("page.html" if "html" in (kind or "") else "", data[:4096])
        if media is not None and media.name in _READ:
            page = Document(f"{document.origin}#{url}", data, media.name, name, url=url)
            yield from reading.within(page)
    except PermanentError as error:
        yield Problem(str(error))


WARC = Format(
    "warc",
    (".warc", ".warc.gz"),
    read_warc,
    lambda head: head[:5] == b"WARC/",
    streamed=True,
)
