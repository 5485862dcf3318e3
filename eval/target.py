"""Where a case's right answer stands: the gold articles, and the gold words in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.citations import overlaps
from eval.gold import Case, Source, Span, find_spans
from eval.library import Library
from ingest.types import Article, Passage
from rag.types import Citation, Hit


@dataclass(frozen=True)
class Place:
    """One gold article and where its quotes stand."""

    source: Source
    article: Article | None
    """None where the library does not hold it: it is never hit."""
    quotes: tuple[list[Span], ...]
    """For each gold quote, every place where it stands in the article."""

    @classmethod
    def of(cls, source: Source, library: Library) -> "Place":
        """Looks a gold article and its quotes up."""
        article = library.find(source.article)
        text = article.text if article else ""
        return cls(source, article, tuple(find_spans(text, [quote]) for quote in source.quotes))

    def holds(self, article_id: str, span: Span) -> bool:
        """Whether `span` touches a gold quote, or the article where no quote is given."""
        if self.article is None or self.article.id != article_id:
            return False
        return not self.quotes or overlaps(span, [s for spans in self.quotes for s in spans])


@dataclass(frozen=True)
class Target:
    """Every gold article of a case."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, case: Case, library: Library) -> "Target":
        """Looks all gold articles of a case up."""
        return cls(tuple(Place.of(source, library) for source in case.gold))

    @property
    def article(self) -> Article | None:
        """The first gold article; None without one."""
        return self.places[0].article if self.places else None

    def hit(self, hit: Hit) -> bool:
        """Whether a passage touches the gold."""
        passage = hit.passage
        return self._touches(passage.article_id, (passage.start, passage.end))

    def cites(self, citation: Citation) -> bool:
        """Whether a citation touches the gold."""
        return self._touches(citation.article_id, (citation.start, citation.end))

    def rank(self, hits: Sequence[Hit]) -> int | None:
        """The rank, from 1, of the first gold passage; None without one."""
        return next((rank for rank, hit in enumerate(hits, 1) if self.hit(hit)), None)

    def reached(self, citations: Sequence[Citation]) -> list[bool]:
        """For each gold quote (or article without quotes), whether any citation touches it."""
        found = []
        for place in self.places:
            name = place.article.id if place.article else ""
            spans = [(c.start, c.end) for c in citations if c.article_id == name]
            found += [any(overlaps(s, quote) for s in spans) for quote in place.quotes]
            found += [bool(spans)] * (not place.quotes)
        return found

    def passages(self, library: Library) -> dict[str, int]:
        """The gold passages among all that the library cut, by id, with their relevance."""
        return {
            passage.id: place.source.relevance
            for place in self.places
            if place.article
            for passage in library.passages(place.article.id)
            if _holds(place, passage)
        }

    def articles(self) -> dict[str, int]:
        """The gold articles by id with their relevance; one that is missing has a name no id has.

        So a gold article that the library does not hold still lowers recall.
        """
        return {
            place.article.id if place.article else f"(missing) {place.source.article}": (
                place.source.relevance
            )
            for place in self.places
        }

    def _touches(self, article_id: str, span: Span) -> bool:
        return any(place.holds(article_id, span) for place in self.places)


def _holds(place: Place, passage: Passage) -> bool:
    return place.holds(passage.article_id, (passage.start, passage.end))
