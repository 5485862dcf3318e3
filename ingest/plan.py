"""What an ingest would do, without doing it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.batch import Action, Options, Watcher
from ingest.embed import Embedder
from ingest.ledger import Failure
from ingest.library import Library
from ingest.reading import Reading
from ingest.sources import Source, find_sources
from ingest.sync import gone


@dataclass(frozen=True, slots=True)
class Planned:
    """One article, or one source that cannot be used, and what would become of it."""

    action: Action | Literal["removed", "failed"]
    origin: str
    title: str = ""
    """Of the article; of `unchanged` files, how many articles they hold."""
    reason: str = ""
    """Why it fails."""

    def to_dict(self) -> dict[str, str]:
        """JSON-ready fields."""
        return {
            "action": self.action,
            "origin": self.origin,
            "title": self.title,
            "reason": self.reason,
        }


class _Notes(Watcher):
    """Notes what is heard."""

    def __init__(self) -> None:
        self.planned: list[Planned] = []
        self._origin = ""

    def begun(self, source: Source) -> None:
        self._origin = source.origin

    def article(self, action: Action, title: str, origin: str) -> None:
        self.planned.append(Planned(action, origin, title))

    def untouched(self, count: int) -> None:
        title = "1 article" if count == 1 else f"{count} articles"
        self.planned.append(Planned("unchanged", self._origin, title))

    def failed(self, failure: Failure) -> None:
        self.planned.append(Planned("failed", failure.origin, reason=failure.reason))


def plan(
    library: Library,
    embedder: Embedder,
    options: Options,
    targets: Sequence[Path | Source],
    sync: bool,
) -> list[Planned]:
    """What would become of everything in `targets`, in their order; what would be removed comes
    last. Raises UserError as the ingest would."""
    notes = _Notes()
    reading = Reading(library, embedder, options, notes, threading.Event(), dry=True)
    for _ in reading.batches(find_sources(targets)):
        pass
    if sync:
        roots = [target for target in targets if isinstance(target, Path)]
        kept = reading.moved()
        for article_id in gone(library.catalogue, roots)[1]:
            article = library.article(article_id)
            if article is not None and article_id not in kept:
                notes.planned.append(Planned("removed", article_id, article.title))
    return notes.planned
