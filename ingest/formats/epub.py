"""EPUB: every chapter or article of a book or magazine, in the order in which it is read."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import ParsedArticle, Problem, plain
from ingest.formats.blocks import paragraphs, parsed_markup
from ingest.formats.decode import decode
from ingest.formats.front import article_of
from ingest.formats.protocol import Format, Found, Reading
from ingest.formats.zips import member, opened_zip

FEWEST = 25
"""Words; covers, title pages and lists of contents have fewer in prose."""
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class _Book:
    meta: dict[str, Any]
    chapters: list[str]
    """Paths in the archive."""


def read_epub(document: Document, reading: Reading) -> Found:
    """An article for each document of the spine that has prose."""
    with opened_zip(document, reading) as archive:
        book = _book(archive, document, reading)
        for path in book.chapters:
            name = f"{document.name}/{path}"
            try:
                data = member(archive, path, reading, document.name)
                chapter = Document(f"{document.origin}#{quote(path)}", data, "html", name)
                yield from _chapter(chapter, book)
            except PermanentError as error:
                yield Problem(str(error))


def _book(archive: zipfile.ZipFile, document: Document, reading: Reading) -> _Book:
    container = _xml(member(archive, "META-INF/container.xml", reading, document.name), document)
    roots = [node.get("full-path") for node in container.iter("{*}rootfile")]
    if not roots or not roots[0]:
        raise PermanentError(f"{document.name}: names no package document")
    package = _xml(member(archive, roots[0], reading, document.name), document)
    files = {
        item.get("id"): item.get("href", "")
        for item in package.iter("{*}item")
        if "html" in (item.get("media-type") or "") and item.get("properties") != "nav"
    }
    folder = posixpath.dirname(roots[0])
    spine = [files.get(item.get("idref"), "") for item in package.iter("{*}itemref")]
    paths = [posixpath.normpath(posixpath.join(folder, unquote(href))) for href in spine if href]
    if not paths:
        raise PermanentError(f"{document.name}: has no chapters")
    return _Book(_metadata(package), list(dict.fromkeys(paths)))


def _metadata(package: Any) -> dict[str, Any]:
    def texts(name: str) -> list[str]:
        return [text for node in package.iter(f"{_DC}{name}") if (text := plain(node.text or ""))]

    return {
        "book": " ".join(texts("title")[:1]),
        "source": " ".join(texts("publisher")[:1]),
        "authors": texts("creator"),
        "language": " ".join(texts("language")[:1]),
        "published": " ".join(texts("date")[:1]),
    }


def _chapter(chapter: Document, book: _Book) -> Iterator[ParsedArticle]:
    tree = parsed_markup(decode(chapter), chapter.name)
    blocks = list(paragraphs(tree))
    heading = next((text for tag, text in blocks if tag in ("h1", "h2", "h3")), "")
    prose = [text for tag, text in blocks if text != heading]
    if sum(len(text.split()) for text in prose) < FEWEST:
        return
    meta = {**book.meta, "source": book.meta["source"] or book.meta["book"]}
    named = meta.pop("book")
    title = heading or named or chapter.name
    article, _ = article_of(chapter, meta, "\n\n".join(prose), title)
    yield replace(article, extra={**article.extra, "book": named} if named else article.extra)


def _xml(data: bytes, document: Document) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise PermanentError(f"{document.name}: its package cannot be read")
    return root


EPUB = Format(
    "epub",
    (".epub",),
    read_epub,
    lambda head: head[:2] == b"PK" and head[30:58] == b"mimetypeapplication/epub+zip",
    streamed=True,
    seeks=True,
)
