"""What passes from reading to embedding, and who hears of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ingest.ledger import Failure, Move, ReadSource
from ingest.parse import Parser
from ingest.sources import Source
from ingest.types import Article, Passage

Action = Literal["new", "changed", "unchanged", "moved"]


@dataclass(frozen=True, slots=True)
class Ready:
    """One article, cut; its version is counted when it is written."""

    article: Article
    build: str
    origin: str
    passages: list[Passage]
    texts: list[str]
    """What is embedded for each passage."""
    action: Action
    same_source: bool
    """Whether the source has the bytes it had: a change of its text is then Byline's own."""


@dataclass(slots=True)
class Batch:
    """What is embedded and committed together."""

    ready: dict[str, Ready] = field(default_factory=dict)
    sources: list[ReadSource] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    passages: int = 0

    def __bool__(self) -> bool:
        return bool(self.ready or self.sources or self.moves)


class Watcher:
    """Hears what reading does; each method may be left as it is."""

    def begun(self, source: Source) -> None:
        """A source is about to be read."""

    def article(self, action: Action, title: str, origin: str) -> None:
        """An article was read."""

    def untouched(self, count: int) -> None:
        """A source is as it was, with so many articles."""

    def failed(self, failure: Failure) -> None:
        """A source, or something in it, cannot be used."""

    def ended(self, source: Source) -> None:
        """A source has been dealt with."""


@dataclass(frozen=True, slots=True)
class Options:
    """How sources become passages."""

    parser: Parser
    clock: Callable[[], datetime]
    """Gives the fetched time."""
    window: int
    """Tokens of a passage, header and special tokens included."""
    overlap: int
    batch: int
    """Passages from which a batch is full."""
    fields: Mapping[str, str]
