"""Pages as sources of documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest.document import Document
from ingest.errors import BylineError, PermanentError, Unchanged
from ingest.formats.article import plain
from ingest.formats.registry import BY_NAME, HEAD, recognise
from ingest.web.fetch import Fetcher, Page
from ingest.web.visits import Visits

_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text",
    "text/markdown": "markdown", "application/pdf": "pdf", "application/epub+zip": "epub",
    "message/rfc822": "eml", "text/csv": "csv", "application/x-ndjson": "jsonl",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/warc": "warc",
}  # fmt: skip
_UNREADABLE = ("image/", "audio/", "video/", "font/", "application/javascript", "text/css")


def document_of(url: str, page: Page, hints: Mapping[str, Any] | None = None) -> Document:
    """A fetched page as a document whose origin is `url`. Raises PermanentError for a picture, a
    film, or another kind that holds no article."""
    kind = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    name = plain(page.url)[:200]
    if kind.startswith(_UNREADABLE):
        raise PermanentError(f"{name}: is {kind}, which holds no article")
    if not page.data.strip():
        raise PermanentError(f"{name}: an empty page")
    path = unquote(urlsplit(page.url).path)
    media = recognise(path.rpartition("/")[2], page.data[:HEAD])
    if media is None or (media.name in ("text", "markdown") and kind == "text/html"):
        media = BY_NAME.get(_TYPES.get(kind, "" if kind else "html"))
    if media is None:
        raise PermanentError(f"{name}: is {kind[:60]}, an unknown format")
    return Document(
        url, page.data, media.name, name, url=page.url, headers=page.headers, hints=hints or {}
    )


@dataclass(slots=True)
class WebSource:
    """A page, asked for when it is read."""

    origin: str
    fetcher: Fetcher
    visits: Visits | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)
    """What a feed says of the article, for what its page does not say."""

    @property
    def name(self) -> str:
        """Its address."""
        return self.origin

    def read(self) -> Document:
        """The page. Raises PermanentError, TransientError, or Unchanged."""
        validators = self.visits.validators(self.origin) if self.visits else {}
        try:
            page = self.fetcher.get(self.origin, validators)
            document = document_of(self.origin, page, self.hints)
        except Unchanged:
            if self.visits:
                self.visits.unchanged(self.origin)
            raise
        except PermanentError:
            if self.visits:
                self.visits.refused(self.origin)
            raise
        if self.visits:
            self.visits.saw(self.origin, page.headers)
        return document


@dataclass(frozen=True, slots=True)
class ReadySource:
    """A document that was fetched already, to see what it is."""

    document: Document

    @property
    def origin(self) -> str:
        """Its address."""
        return self.document.origin

    @property
    def name(self) -> str:
        """Its address."""
        return self.document.origin

    def read(self) -> Document:
        """The document."""
        return self.document


@dataclass(frozen=True, slots=True)
class FailedSource:
    """What could not be fetched, so that reading it reports why."""

    origin: str
    error: BylineError

    @property
    def name(self) -> str:
        """Its address."""
        return self.origin

    def read(self) -> Document:
        """Raises the error."""
        raise self.error
