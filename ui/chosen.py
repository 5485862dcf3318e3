"""The filters that a reader of the page has chosen, as the page sends and keeps them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ingest.passages import written
from rag.scope import Scope


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter as a reader sees it: a removable label."""

    key: str
    """What it limits: outlet, collection, since, until, as_of, language, article, question."""
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Limits for the articles that may answer; empty fields ask for nothing."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    """Answer as one could on this day."""
    language: str = ""
    article: str = ""
    """The id of the only article that may answer."""
    article_title: str = ""
    literal: bool = False
    """Whether what the question itself says of source and time limits nothing."""
    collections: tuple[str, ...] = ()

    @classmethod
    def read(cls, fields: Any) -> "Chosen":
        """From what the page's script sends; what cannot be read is left out."""
        if not isinstance(fields, dict):
            return cls()
        return cls(
            _names(fields.get("outlets")),
            _day(fields.get("since")),
            _day(fields.get("until")),
            _day(fields.get("as_of")),
            str(fields.get("language") or ""),
            str(fields.get("article") or ""),
            str(fields.get("article_title") or ""),
            bool(fields.get("literal")),
            _names(fields.get("collections")),
        )

    @property
    def scope(self) -> Scope:
        """The same as limits for the assistant; `as_of` and `literal` go beside it."""
        return Scope(
            self.outlets,
            self.since,
            self.until,
            self.language,
            articles=(self.article,) if self.article else (),
            collections=self.collections,
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; `Chosen.read` reads it."""
        return {
            "outlets": list(self.outlets),
            "since": _iso(self.since),
            "until": _iso(self.until),
            "as_of": _iso(self.as_of),
            "language": self.language,
            "article": self.article,
            "article_title": self.article_title,
            "literal": self.literal,
            "collections": list(self.collections),
        }

    def chips(self) -> tuple[Chip, ...]:
        """What has been chosen, a label each."""
        chips = [Chip("outlet", name, name) for name in self.outlets]
        chips += [Chip("collection", name, f"Collection: {name}") for name in self.collections]
        if self.since:
            chips.append(Chip("since", self.since.isoformat(), f"From {written(self.since)}"))
        if self.until:
            chips.append(Chip("until", self.until.isoformat(), f"Until {written(self.until)}"))
        if self.as_of:
            chips.append(Chip("as_of", self.as_of.isoformat(), f"As of {written(self.as_of)}"))
        if self.language:
            chips.append(Chip("language", self.language, f"Language: {self.language}"))
        if self.article:
            chips.append(
                Chip("article", self.article, f"Only: {self.article_title or 'one article'}")
            )
        return tuple(chips)


def read_by_question(scope: Scope | None, chosen: Chosen) -> tuple[Chip, ...]:
    """What an answer's `scope` holds that the reader had not chosen: the question itself set it."""
    if scope is None:
        return ()
    rest = replace(
        scope,
        sources=() if chosen.outlets else scope.sources,
        since=None if chosen.since else scope.since,
        until=None if chosen.until else scope.until,
        language="",
        articles=(),
        collections=(),
    )
    chips = [Chip("question", name, name) for name in rest.sources]
    if rest.since:
        chips.append(Chip("question", "since", f"From {written(rest.since)}"))
    if rest.until:
        chips.append(Chip("question", "until", f"Until {written(rest.until)}"))
    if rest.near:
        chips.append(Chip("question", "near", f"Preferred: {_span(*rest.near)}"))
    if rest.latest:
        chips.append(Chip("question", "latest", "Newest first"))
    return tuple(chips)


def _span(first: date, last: date) -> str:
    if first == date.min:
        return f"until {written(last)}"
    return f"{written(first)} to {written(last)}"


def _names(values: Any) -> tuple[str, ...]:
    return tuple(str(name) for name in values if name) if isinstance(values, list) else ()


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
