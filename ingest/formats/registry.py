"""Every format that Byline reads, and how a file's own is told: by its content, then its name."""

from ingest.formats.html import HTML
from ingest.formats.jsonl import JSONL
from ingest.formats.markdown import MARKDOWN
from ingest.formats.protocol import Format
from ingest.formats.text import TEXT

HEAD = 4096
"""Bytes that a format is told by."""
FORMATS: tuple[Format, ...] = (TEXT, MARKDOWN, HTML, JSONL)
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
