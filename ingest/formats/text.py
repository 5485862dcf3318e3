"""Plain text: front matter where there is some, else the first line is the title."""

from collections.abc import Mapping
from pathlib import PurePath

from ingest.formats.front import article_of, split_front
from ingest.parse import Parsed
from ingest.sources import Document

LONGEST_TITLE = 200
_STOPS = (".", ":", ";", ",")


def parse_text(document: Document, text: str, fields: Mapping[str, str]) -> Parsed:
    """One article. `fields` is not used."""
    meta, body = split_front(document, text)
    title, rest = ("", body) if _has_title(meta) else split_title(body)
    article, problems = article_of(document, meta, rest, title or PurePath(document.name).stem)
    return Parsed([article], problems)


def split_title(text: str) -> tuple[str, str]:
    """The title and the rest: the first line is a title when it is short, does not end as a
    sentence does, and more follows."""
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    if title and len(title) <= LONGEST_TITLE and not title.endswith(_STOPS) and rest.strip():
        return title, rest
    return "", text


def _has_title(meta: Mapping[str, object]) -> bool:
    return any(str(key).lower() in ("title", "headline") for key in meta)
