"""What stands behind an address: a page, the entries of a feed, or the pages of a sitemap."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Document
from ingest.errors import PermanentError, TransientError, Unchanged
from ingest.formats.feed import entries
from ingest.formats.sitemap import locations
from ingest.sources import Source
from ingest.web.fetch import Fetcher, checked_url
from ingest.web.source import FailedSource, ReadySource, WebSource, document_of
from ingest.web.visits import Entries, Visits

MOST_SITEMAPS = 100
"""Sitemaps that one index may lead to."""
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Discovery:
    """Finds the articles behind an address. Close it after use."""

    fetcher: Fetcher
    visits: Visits | None = None
    most: int = MOST_PAGES
    """Pages that one feed or sitemap may lead to; the first ones are read."""
    again: float = 0.0
    """Seconds before a page that a feed or sitemap leads to is asked for again."""

    def keep(self) -> None:
        """File what this run's visits told; call it when the library holds what it will hold."""
        if self.visits:
            self.visits.keep()

    def close(self) -> None:
        """End all connections."""
        self.fetcher.close()
        if self.visits:
            self.visits.close()

    def source(self, origin: str) -> Source | None:
        """The page of this address, to be asked for again; None for what is no web address."""
        try:
            return WebSource(checked_url(origin), self.fetcher, self.visits)
        except PermanentError:
            return None

    def sources(self, url: str) -> list[Source]:
        """The sources behind `url`: itself when it is a page. An unchanged feed is not sent again,
        but its entries that are due are.

        What cannot be fetched comes as a source whose reading says why.
        """
        try:
            url = checked_url(url)
            validators = self.visits.validators(url) if self.visits else {}
            page = self.fetcher.get(url, validators)
            document = document_of(url, page)
            if document.media == "feed":
                found = _links(document)
                if not found:  # its entries hold their articles, or it has none and says so
                    return [ReadySource(document)]
                if self.visits:
                    self.visits.saw_feed(url, page.headers, found)
                return list(self._of_feed(found))
            if document.media == "sitemap":
                pages = list(self._of_sitemap(document))
                if not pages:
                    return [FailedSource(url, PermanentError(f"{url}: a sitemap without pages"))]
                return [page for page in pages if self._is_due(page)]
        except Unchanged as error:
            known = self.visits.feed(url) if self.visits else []
            if self.visits:
                self.visits.unchanged(url)
            return list(self._of_feed(known)) or [FailedSource(url, error)]
        except (PermanentError, TransientError) as error:
            return [FailedSource(url, error)]
        if self.visits:
            self.visits.saw(url, page.headers)
        return [ReadySource(document)]

    def _of_feed(self, found: Entries) -> Iterator[Source]:
        seen = set()
        for url, hints in found[: self.most]:
            try:
                address = checked_url(url)
            except PermanentError as error:
                yield FailedSource(url, error)
                continue
            page = WebSource(address, self.fetcher, self.visits, hints)
            if address not in seen and self._is_due(page):
                yield page
            seen.add(address)

    def _is_due(self, page: Source) -> bool:
        return self.visits is None or self.visits.is_due(page.origin, self.again)

    def _of_sitemap(self, first: Document) -> Iterator[Source]:
        """Pages of a sitemap and of those it names; one that names itself is read once."""
        waiting, seen, pages = [first], {first.origin}, dict[str, None]()
        asked = 0
        while waiting and len(pages) < self.most:
            found = locations(waiting.pop(0))
            pages.update((page, None) for page in found.pages)
            for url in found.sitemaps:
                if url in seen or asked >= MOST_SITEMAPS:
                    continue
                seen.add(url)
                asked += 1
                try:
                    waiting.append(document_of(url, self.fetcher.get(url)))
                except (PermanentError, TransientError) as error:
                    yield FailedSource(url, error)
        for page in list(pages)[: self.most]:
            try:
                yield WebSource(checked_url(page), self.fetcher, self.visits)
            except PermanentError as error:
                yield FailedSource(page, error)


def _links(document: Document) -> Entries:
    return [
        (entry.url, {**entry.meta, "title": entry.title, "from": "feed"})
        for entry in entries(document)
        if entry.url
    ]
