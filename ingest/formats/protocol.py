"""The one protocol of all formats, and what bounds their work."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import ParsedArticle, Problem

Found = Iterator[ParsedArticle | Problem]
"""What a document holds, in its order: articles, and what of it cannot be used."""


@dataclass(slots=True)
class Limits:
    """What one file may cost. The totals are shared by everything packed inside it."""

    inflated: int = 512 << 20
    """Bytes that all members of a file may have together, once unpacked."""
    member: int = 64 << 20
    """Bytes of one document that is read whole: a page, a PDF, a member of an archive."""
    members: int = 100_000
    """Members of one archive, pages of one PDF."""
    depth: int = 3
    """Archives within archives."""

    def take(self, size: int, name: str) -> None:
        """Count `size` unpacked bytes. Raises PermanentError when they are too many in all."""
        self.inflated -= size
        if self.inflated < 0:
            raise PermanentError(f"{name}: unpacks to more than a file may hold")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document is being read."""

    inner: Callable[[Document, "Reading"], Found]
    """Reads a document found inside another by its own format."""
    limits: Limits = field(default_factory=Limits)
    fields: Mapping[str, str] = field(default_factory=dict)
    """Our names of a record's fields to the file's."""
    depth: int = 0
    closing: ExitStack = field(default_factory=ExitStack)
    """Closes what was opened, when the outermost document has been read or is given up."""

    def opened(self, document: Document) -> io.BufferedReader:
        """The bytes of a document as a stream that is closed with the reading."""
        return self.closing.enter_context(document.opened())

    def within(self, document: Document) -> Found:
        """What a document found inside the present one holds. Raises PermanentError."""
        if self.depth >= self.limits.depth:
            raise PermanentError(f"{document.name}: packed too deep")
        return self.inner(document, replace(self, depth=self.depth + 1))


def _never(head: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what its files are called, how they begin, and how they are read."""

    name: str
    suffixes: tuple[str, ...]
    """Ends of file names, in lower case: (".pdf",)."""
    read: Callable[[Document, Reading], Found]
    """The articles of a document. Raises PermanentError when it cannot be read (further)."""
    begins: Callable[[bytes], bool] = _never
    """Whether a file whose first 4096 bytes are these can only be of this format."""
    streamed: bool = False
    """Whether its files are read piece by piece and may be of any size."""
    seeks: bool = False
    """Whether reading it jumps to and fro, as a packed stream cannot."""
