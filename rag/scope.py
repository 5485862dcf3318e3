"""Which articles may answer: what a question says about source and time, and what a user asks for.

A source named by the question ("according to the Post") and a time of publication ("reported in
October") limit what is searched. Any other time ("in October", "since May") and "latest" only
prefer articles published then: an event is often told again later.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ingest.passages import written
from rag.dates import find_dates, resolve

TOLD_WITHIN = timedelta(days=31)
"""An event is looked for in articles published so long after it, too."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits and preferences for the articles that are searched; empty fields ask for nothing."""

    sources: tuple[str, ...] = ()
    """Outlets, as the library names them, case aside."""
    since: date | None = None
    """Published on this day or later."""
    until: date | None = None
    """Published on this day or earlier."""
    language: str = ""
    near: tuple[date, date] | None = None
    """Prefer articles published between these days, both included."""
    latest: bool = False
    """Prefer newer articles."""
    articles: tuple[str, ...] = ()
    """Ids of the only articles that may answer."""
    event: str = ""
    """The event that `near` is counted from ("the ceasefire"); its day is from the articles."""
    collections: tuple[str, ...] = ()
    """Collections of the library, case aside; an article is in one of them."""

    @property
    def limits(self) -> bool:
        """Whether it leaves articles out."""
        days = self.since or self.until
        return bool(self.sources or days or self.language or self.articles or self.collections)

    @property
    def prefers(self) -> bool:
        """Whether it puts some articles before others."""
        return self.near is not None or self.latest

    def over(self, other: "Scope") -> "Scope":
        """This scope, with what it leaves open taken from `other`."""
        return Scope(
            self.sources or other.sources,
            self.since or other.since,
            self.until or other.until,
            self.language or other.language,
            self.near or other.near,
            self.latest or other.latest,
            self.articles or other.articles,
            self.event if self.near else other.event,
            self.collections or other.collections,
        )

    def without_limits(self) -> "Scope":
        """Its preferences alone."""
        return replace(Scope(), near=self.near, latest=self.latest, event=self.event)

    def written(self) -> str:
        """What it does, in a sentence for the user; empty where it does nothing."""
        parts = []
        if self.articles:
            count = len(self.articles)
            parts.append(
                "Only one article was searched."
                if count == 1
                else f"Only {count} articles were searched."
            )
        if others := " ".join(self._limits()):
            parts.append(f"Only articles {others} were searched.")
        if self.near is not None:
            first, last = self.near
            event = f" ({self.event})" if self.event else ""
            since = "" if first == date.min else f" from {written(first)}{event}"
            until = f" until {written(last)}{'' if since else event}"
            parts.append(f"Articles published{since}{until} were preferred.")
        if self.latest:
            parts.append("Newer articles were preferred.")
        return " ".join(parts)

    def _limits(self) -> Iterable[str]:
        if self.sources:
            yield f"of {' and '.join(self.sources)}"
        if self.collections:
            several = "collections" if len(self.collections) > 1 else "collection"
            yield f"in the {several} {' and '.join(f'“{name}”' for name in self.collections)}"
        if self.since or self.until:
            yield "published"
        if self.since:
            yield f"from {written(self.since)}"
        if self.until:
            yield f"until {written(self.until)}"
        if self.language:
            yield f"in the language “{self.language}”"

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields in the order above."""
        near = [day.isoformat() for day in self.near] if self.near else None
        return {
            "sources": list(self.sources),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "language": self.language,
            "near": near,
            "latest": self.latest,
            "articles": list(self.articles),
            "event": self.event,
            "collections": list(self.collections),
        }


_NAME = r"(?:[Tt]he\s)?(?P<name>[A-Z][\w’'&-]*(?:\s(?:[A-Z][\w’'&-]*|of|the|and|&))*)"
_NAMED = (
    re.compile(rf"\b(?:[Aa]ccording to|(?:reported|written|published|told) (?:by|in))\s{_NAME}"),
    re.compile(
        rf"\b(?:[Dd]oes|[Dd]id|[Hh]as|[Ww]hat)\s{_NAME}\s(?:says?|reports?|writes?|reported)\b"
    ),
)
_SAYS = re.compile(
    rf"(?<=[Ww]hat )(?:does|did|has)\s{_NAME}\s(?:say|report|write|said|reported|written)\b"
    r"(?=\s(?:about|of|on)\b)"
)
_LATEST = re.compile(r"\b(?:latest|newest|most recent(?:ly)?)\b", re.I)
_PUBLISHED = re.compile(
    r"\b(?:published|articles?|reports?|reported|reporting|coverage|wrote|stories)\b[^,;]{0,40}$",
    re.I,
)
_SINCE = re.compile(r"\b(?:since|after)\s(?:the\s)?$", re.I)
_BEFORE = re.compile(r"\b(?:before|until|till|by|up to)\s(?:the\s)?$", re.I)


def read_scope(question: str, outlets: Sequence[str], today: date) -> Scope:
    """What `question` says about source and time, for a library of these `outlets`.

    "Last week" and the like are resolved against `today`.
    """
    scope = _period(question, today)
    sources = _sources(question, outlets)
    return replace(scope, sources=sources, latest=bool(_LATEST.search(question)))


def without_source(question: str) -> str:
    """The question without the words that name its source: those are not looked for."""
    if match := _SAYS.search(question):  # "what does the Post say about it"
        return f"{question[: match.start()]}do the articles say{question[match.end() :]}"
    match = _NAMED[0].search(question)
    if match is None:
        return question
    rest = (
        f"{question[: match.start()].rstrip(' ,')} {question[match.end() :].lstrip(' ,')}".strip()
    )
    rest = re.sub(r"\s+([?!.])", r"\1", rest)
    rest = rest[:1].upper() + rest[1:]
    return rest if len(rest.split()) > 1 else question


def _sources(question: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """The outlets that the question names, whole or by their last words ("the Post")."""
    for pattern in _NAMED:
        if match := pattern.search(question):
            words = _folded(match["name"]).split()
            found = [o for o in outlets if _folded(o).split()[-len(words) :] == words]
            if found:
                return tuple(found)
    return ()


def _folded(outlet: str) -> str:
    return re.sub(r"^the\s", "", outlet.casefold().strip())


def _period(question: str, today: date) -> Scope:
    for mention in find_dates(question):
        days = resolve(mention, today)
        if days is None or days.start > today:
            continue
        before = re.sub(r"\b(?:on|in)\s$", "", question[: mention.start])
        first, last = days.start, days.end
        if _SINCE.search(before):
            first, last = days.start, today
        elif _BEFORE.search(before):
            first, last = date.min, days.start - timedelta(days=1)
        elif not _PUBLISHED.search(before):
            last = last + TOLD_WITHIN
        if _PUBLISHED.search(before):
            return Scope(since=None if first == date.min else first, until=last)
        return Scope(near=(first, last))
    return Scope()
