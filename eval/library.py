"""The library that answers are checked against, as an evaluation sees it."""

from collections.abc import Sequence
from typing import Protocol

from ingest import library
from ingest.types import Article, Passage


class Library(Protocol):
    """What an evaluation needs of a library."""

    def find(self, reference: str) -> Article | None:
        """The article with this id, URL or file name; None when there is none."""
        ...

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""
        ...

    def passages(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article as the measured pipeline cut it; what recall is a share of."""
        ...

    def count(self) -> int:
        """How many articles the library holds."""
        ...

    def outlets(self) -> Sequence[str]:
        """The outlets of all articles."""
        ...

    def collections(self) -> Sequence[str]:
        """The names of all collections."""
        ...

    def collections_of(self, article_id: str) -> Sequence[str]:
        """The collections that the article is in."""
        ...

    def fingerprint(self) -> str:
        """Changes whenever the library's articles change."""
        ...


class Shelf:
    """An `ingest.library.Library`, which keeps its passages in its catalogue."""

    def __init__(self, source: library.Library) -> None:
        """`source` stays open and is closed by who opened it."""
        self._source = source

    def find(self, reference: str) -> Article | None:
        """The article with this id, URL or file name."""
        return self._source.find(reference)

    def article(self, article_id: str) -> Article | None:
        """The article with this id."""
        return self._source.article(article_id)

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article in their order."""
        catalogue = self._source.catalogue
        rows = catalogue.passages(sorted(catalogue.passage_ids([article_id])))
        return sorted((passage for passage, _ in rows.values()), key=lambda p: p.ordinal)

    def count(self) -> int:
        """How many articles there are."""
        return self._source.count()

    def outlets(self) -> list[str]:
        """The outlets of all articles, in alphabetical order."""
        return self._source.catalogue.outlets()

    def collections(self) -> list[str]:
        """The names of all collections, in alphabetical order."""
        return self._source.catalogue.collections()

    def collections_of(self, article_id: str) -> list[str]:
        """The collections of an article, in alphabetical order."""
        return self._source.catalogue.collections_by_article().get(article_id, [])

    def fingerprint(self) -> str:
        """16 hex digits that change with any article."""
        return self._source.fingerprint()
