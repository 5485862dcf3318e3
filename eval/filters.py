"""Which articles may answer a gold question, as a reader would set it in the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from ingest.types import Article
from rag.scope import Scope


@dataclass(frozen=True)
class Filters:
    """Limits on the articles; what is left out limits nothing."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)

    sources: tuple[Annotated[str, Field(pattern=r"\S")], ...] = ()
    """Only these outlets, case aside."""
    since: date | None = None
    """Only articles published on this day or later."""
    until: date | None = None
    """Only articles published on this day or earlier."""
    language: str = ""
    """Only articles in this language, such as `en`."""
    collections: tuple[Annotated[str, Field(pattern=r"\S")], ...] = ()
    """Only articles of these collections of the library, case aside."""

    def scope(self) -> Scope:
        """The same limits as the assistant takes them."""
        return Scope(
            sources=self.sources,
            since=self.since,
            until=self.until,
            language=self.language,
            collections=self.collections,
        )

    def leaves_out(self, article: Article, collections: Sequence[str] = ()) -> Iterator[str]:
        """Why `article`, which is in `collections`, cannot be found under these filters; nothing
        where it can."""
        if self.sources and article.source.lower() not in _lower(self.sources):
            yield f"its outlet is {article.source or 'not known'}"
        if (self.since or self.until) and article.published is None:
            yield "it has no date of publication"
        elif article.published is not None:
            early = self.since is not None and article.published < self.since
            late = self.until is not None and article.published > self.until
            if early or late:
                yield f"it was published on {article.published}"
        if self.language and article.language.lower() != self.language.lower():
            yield f"its language is {article.language or 'not known'}"
        if self.collections and not _lower(self.collections) & _lower(collections):
            yield f"it is in {' and '.join(collections) or 'no collection'}"

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, without what is left out."""
        days = {
            name: day.isoformat() for name in ("since", "until") if (day := getattr(self, name))
        }
        told = {
            "sources": list(self.sources),
            **days,
            "language": self.language,
            "collections": list(self.collections),
        }
        return {name: value for name, value in told.items() if value}

    def problem(self) -> str:
        """What is wrong with them in themselves, and what to mend; empty when sound."""
        if self.since and self.until and self.since > self.until:
            return f"`filters.since` {self.since} is after `filters.until` {self.until}; swap them"
        if not self.to_dict():
            names = ", ".join(f"`{field.name}`" for field in fields(self))
            return f"`filters` limit nothing; leave them away or give one of {names}"
        return ""


def _lower(names: Iterable[str]) -> set[str]:
    return {name.lower() for name in names}
