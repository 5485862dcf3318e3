"""What flows through ingest: an article, and the passages it is cut into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the library knows it.

    `text` is the clean text; every offset anywhere in Byline counts its characters (code points).
    Paragraphs are separated by one blank line.
    """

    id: str
    """Stable across re-ingests of the same origin: a digest of the URL, or of the file's path."""
    text: str
    title: str
    source: str = ""
    """The outlet, as a reader would name it ("Meridian Wire"); empty when unknown."""
    url: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    """The day the article was published, in the outlet's own zone; None when it does not say."""
    modified: date | None = None
    fetched: datetime | None = None
    """When Byline read it (UTC)."""
    language: str = ""
    version: int = 1
    """Counts changed texts: 1 for the first text seen, 2 after its first change."""
    duplicate_of: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> date | None:
        """The day of the last change of its text that Byline has seen: as the article says, else
        when Byline read the new text. None while it has its first text."""
        if self.version == 1:
            return None
        return self.modified or (self.fetched.date() if self.fetched else None)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields, dates in ISO 8601, in the order above."""
        return {
            "id": self.id,
            "text": self.text,
            "title": self.title,
            "source": self.source,
            "url": self.url,
            "authors": list(self.authors),
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "fetched": self.fetched.isoformat() if self.fetched else None,
            "language": self.language,
            "version": self.version,
            "duplicate_of": self.duplicate_of,
            "extra": dict(self.extra),
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: `article.text[start:end] == text`."""

    id: str
    article_id: str
    ordinal: int
    """0 for the article's first passage."""
    text: str
    start: int
    end: int
