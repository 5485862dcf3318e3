"""PDF: text by PDFium, lines put together into paragraphs by where they stand on the page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from statistics import median
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import plain
from ingest.formats.protocol import Format, Found, Reading
from ingest.formats.text import article_under

WIDE_GAP = 1.3
"""Distances of lines, in those usual on the page, from which a new paragraph begins."""
LARGER = 1.15
"""Heights of lines, in those usual on the page, from which a line is a heading."""
LONGEST = 6_000_000
"""Characters of all pages."""
_BROKEN = re.compile(r"[\u0002\ufffe\u00ad](?=(\w?))")
"""What PDFium gives for the hyphen of a word that is broken at the end of a line."""
_HYPHEN = re.compile(r"(?<=[a-zß-öø-ÿ])[-\u2010]$")
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tex|pages|odt|html?)$|^(?:microsoft|untitled)|^\S+$", re.I
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths are in points, from the bottom left."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


def read_pdf(document: Document, reading: Reading) -> Found:
    """One article. Raises PermanentError for a file that is encrypted, damaged or has no text."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(document.data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "encrypted" if locked else "not a PDF that can be opened"
        raise PermanentError(f"{document.name}: {reason}") from None
    if len(pdf) > reading.limits.members:
        raise PermanentError(f"{document.name}: more than {reading.limits.members} pages")
    pages, size = [], 0
    for number in range(len(pdf)):
        try:
            lines = _lines(pdf[number])
        except pypdfium2.PdfiumError:
            continue  # a damaged page does not lose the others
        size += sum(len(line.text) for line in lines)
        if size > LONGEST:
            raise PermanentError(f"{document.name}: longer than any article")
        pages.append(lines)
    if not size:
        raise PermanentError(f"{document.name}: no text in its pages (scanned?)")
    pages = _without_furniture(pages)
    title = _title(pdf.get_metadata_dict(), pages)
    body = "\n\n".join(_joined([part for lines in pages for part in _paragraphs(lines)]))
    yield from article_under(document, {}, _untitled(body, title), title or _stem(document)).found()


def _stem(document: Document) -> str:
    return PurePath(document.name).stem


def _lines(page: Any) -> list[Line]:
    words = page.get_textpage()
    text = words.get_text_range()
    lines, start = [], 0
    for part in re.split(r"\r\n|[\r\n]", text):
        if part.strip():
            first, last = len(part) - len(part.lstrip()), len(part.rstrip()) - 1
            shown = _BROKEN.sub(_mended, part.strip())
            lines.append(_line(words, shown, start + first, start + last))
        start += len(part) + 2
    return lines


def _mended(hyphen: re.Match[str]) -> str:
    return "" if hyphen[1].islower() else "-"


def _line(words: Any, text: str, first: int, last: int) -> Line:
    try:
        left, bottom, _, top = words.get_charbox(first, loose=True)
        _, _, right, _ = words.get_charbox(last, loose=True)
    except Exception:  # noqa: BLE001  # an index past the end: text all the same
        left = bottom = right = top = 0.0
    return Line(text, left, right, bottom, top - bottom)


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without what stands at the top or foot of most of them, numbers aside."""
    if len(pages) < 3:
        return pages
    edges = Counter(key for lines in pages for key in {_key(line) for line in _edge(lines)})
    repeated = {key for key, count in edges.items() if count > len(pages) / 2}
    return [
        [line for line in lines if not (line in _edge(lines) and _key(line) in repeated)]
        for lines in pages
    ]


def _edge(lines: Sequence[Line]) -> list[Line]:
    return [*lines[:2], *lines[-2:]]


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text)


def _paragraphs(lines: list[Line]) -> list[str]:
    if not lines:
        return []
    steps = [above.bottom - line.bottom for above, line in pairwise(lines)]
    step = median([step for step in steps if step > 0] or [1.0])
    height = median(line.height for line in lines)
    right = max(line.right for line in lines)
    left = min(line.left for line in lines)
    found = [lines[0].text]
    for (above, line), down in zip(pairwise(lines), steps, strict=True):
        ended = above.text[-1] in '.!?:”"’)'
        parted = (
            down > step * WIDE_GAP
            or abs(line.height - above.height) > height * (LARGER - 1)
            or (ended and above.right < left + 0.85 * (right - left))
            or (ended and line.left > above.left + height * 0.6)
        )
        if parted and not (down < 0 and not ended):
            found.append(line.text)
        else:
            found[-1] = _glued(found[-1], line.text)
    return found


def _joined(paragraphs: list[str]) -> list[str]:
    """Paragraphs, those that a page or column broke in two made whole."""
    found: list[str] = []
    for paragraph in paragraphs:
        if found and paragraph[:1].islower() and found[-1][-1:] not in '.!?:”"':
            found[-1] = _glued(found[-1], paragraph)
        else:
            found.append(paragraph)
    return found


def _glued(text: str, below: str) -> str:
    if _HYPHEN.search(text) and below[:1].islower():
        return text[:-1] + below
    return f"{text} {below}"


def _title(meta: dict[str, str], pages: list[list[Line]]) -> str:
    """The document's own title where it is one, else the largest lines of the first page."""
    stated = plain(meta.get("Title", ""))
    if stated and not _NO_TITLE.search(stated):
        return stated
    lines = pages[0] if pages else []
    if len(lines) < 3:
        return ""
    usual, largest = median(line.height for line in lines), max(line.height for line in lines)
    heading = [line for line in lines if line.height > largest * 0.95]
    if largest < usual * LARGER or len(heading) > 4:
        return ""
    return " ".join(line.text for line in heading)[:200]


def _untitled(body: str, title: str) -> str:
    """`body` without the paragraphs, one or more, that are its title."""
    left, rest = title.split(), body
    while left:
        first, _, after = rest.partition("\n\n")
        words = first.split()
        if not after or left[: len(words)] != words:
            return body
        left, rest = left[len(words) :], after
    return rest


PDF = Format("pdf", (".pdf",), read_pdf, lambda head: b"%PDF-" in head[:1024])
