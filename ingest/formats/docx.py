"""Word documents, by python-docx: paragraphs and tables in the order of the document, notes."""

import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import plain
from ingest.formats.protocol import Format, Found, Reading
from ingest.formats.text import article_under
from ingest.formats.zips import opened_zip

_NOBODY = frozenset(("python-docx", "microsoft office user", "user", "admin", "author", "unknown"))
"""What programs write where a document has no author."""
DEEPEST = 10
"""Tables within tables."""


def read_docx(document: Document, reading: Reading) -> Found:
    """One article. Days of a file's making are no days of publication, and are left alone."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    with opened_zip(document, reading) as archive:
        reading.limits.take(sum(entry.file_size for entry in archive.infolist()), document.name)
        if any(entry.file_size > reading.limits.member for entry in archive.infolist()):
            raise PermanentError(f"{document.name}: unpacks to more than a document may have")
    try:
        word = docx.Document(reading.opened(document))
        blocks = list(_blocks(word.iter_inner_content(), 0))
        blocks += [("footnote", text) for text in _footnotes(word)]
        properties = word.core_properties
        author = plain(properties.author or "")
        stated = plain(properties.title or "")
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise PermanentError(
            f"{document.name}: not a Word document that can be read ({type(error).__name__})"
        ) from None
    heading = next((text for style, text in blocks if style in ("Title", "Heading 1")), "")
    heading = heading or ("" if stated.lower() == "word document" else stated)
    meta = {} if author.lower() in _NOBODY or " " not in author else {"author": author}
    body = "\n\n".join(text for _, text in blocks if text != heading)
    yield from article_under(document, meta, body, heading).found()


def _blocks(content: Iterator[Any], depth: int) -> Iterator[tuple[str, str]]:
    """Each paragraph with the name of its style; a row of a table is one paragraph."""
    from docx.table import Table

    for block in content:
        if not isinstance(block, Table):
            if text := plain(block.text):
                yield (block.style.name if block.style is not None else ""), text
        elif depth < DEEPEST:
            for row in block.rows:
                # A cell that spans columns comes once for each.
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                texts = [_cell(block, cell, depth) for cell in cells]
                if text := "; ".join(filter(None, texts)):
                    yield "table", text


def _footnotes(word: Any) -> Iterator[str]:
    """What stands below the pages, which python-docx does not read; in the order of the notes."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    for relation in word.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        for note in parse_xml(relation.target_part.blob):
            text = plain("".join(part.text or "" for part in note.iter(qn("w:t"))))
            if text and note.get(qn("w:type")) in (None, "normal"):  # not the line above the notes
                yield text


def _cell(table: Any, cell: Any, depth: int) -> str:
    from docx.table import _Cell

    inner = _blocks(_Cell(cell, table).iter_inner_content(), depth + 1)
    return " ".join(text for _, text in inner)


DOCX = Format("docx", (".docx",), read_docx, streamed=True, seeks=True)
