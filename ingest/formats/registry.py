"""Every format that Byline reads, and how a file's own is told: by its content, then its name."""

from ingest.formats.docx import DOCX
from ingest.formats.epub import EPUB
from ingest.formats.feed import FEED
from ingest.formats.html import HTML
from ingest.formats.jsonl import JSONL
from ingest.formats.mail import EML, MHTML
from ingest.formats.markdown import MARKDOWN
from ingest.formats.pdf import PDF
from ingest.formats.protocol import Format
from ingest.formats.sitemap import SITEMAP
from ingest.formats.tables import CSV, PARQUET
from ingest.formats.tars import PACKED, TAR
from ingest.formats.text import TEXT
from ingest.formats.warc import WARC
from ingest.formats.zips import ZIP

HEAD = 4096
"""Bytes that a format is told by."""
FORMATS: tuple[Format, ...] = (
    PDF, PARQUET, EPUB, ZIP, DOCX, TAR, PACKED, WARC, FEED, SITEMAP, HTML, MHTML, EML,
    TEXT, MARKDOWN, JSONL, CSV,
)  # fmt: skip
"""Those that are told by their content come in the order in which they are tried."""
BY_NAME = {known.name: known for known in FORMATS}
SUFFIXES = {suffix: known for known in FORMATS for suffix in known.suffixes}


def recognise(name: str, head: bytes) -> Format | None:
    """The format of a file with this name and these first 4096 bytes; None when it is unknown."""
    for known in FORMATS:
        if known.begins(head):
            return known
    return by_suffix(name)


def by_suffix(name: str) -> Format | None:
    """The format that a file's name stands for; None when it is unknown."""
    name = name.lower()
    for dot in (position for position, letter in enumerate(name) if letter == "."):
        if known := SUFFIXES.get(name[dot:]):
            return known
    return None
