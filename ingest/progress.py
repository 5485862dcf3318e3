"""How far an ingest has got: one type, for the terminal and for the page."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ingest.report import IngestReport

Phase = Literal["reading", "finishing", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has got at one moment."""

    phase: Phase
    """`finishing` once everything is read, or once it was asked to stop."""
    files: int
    """Files (or pages, feeds) that have been dealt with."""
    files_total: int
    articles: int
    """Articles read so far, unchanged ones included."""
    passages: int
    """Passages embedded and written so far."""
    failures: int
    seconds: float
    share: float = 0.0
    """How much of the file that is being read has been, in [0, 1]; 0 where that is not known."""
    current: str = ""
    """What is being read, as a person would name it."""
    report: IngestReport | None = None
    """At the end: what it did."""

    @property
    def rate(self) -> float:
        """Articles a second, over the whole run."""
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds still to go, from the files dealt with so far and how far the present one has
        been read; None before that can be said."""
        read = min(self.files + self.share, self.files_total)
        if not read or self.seconds < 1 or self.phase == "done":
            return 0.0 if self.phase == "done" else None
        return self.seconds * (self.files_total - read) / read

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields, and `report` once there is one."""
        return {
            "phase": self.phase,
            "files": self.files,
            "files_total": self.files_total,
            "articles": self.articles,
            "passages": self.passages,
            "failures": self.failures,
            "seconds": round(self.seconds, 3),
            "rate": round(self.rate, 2),
            "left": None if self.left is None else round(self.left, 1),
            "current": self.current,
            "report": self.report.to_dict() if self.report else None,
        }


Listener = Callable[[Progress], None]


def stream(run: Callable[[Listener], IngestReport]) -> Iterator[Progress]:
    """The progress of `run` as it happens, which is called in a thread of its own.

    The last one is `done` and has the report. Raises what `run` raises. Where nobody listens any
    more, the run goes on to its end.
    """
    told: queue.SimpleQueue[Progress | BaseException | None] = queue.SimpleQueue()

    def work() -> None:
        try:
            run(told.put)
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            told.put(error)
        else:
            told.put(None)

    threading.Thread(target=work, name="byline-ingest", daemon=True).start()
    while (heard := told.get()) is not None:
        if isinstance(heard, BaseException):
            raise heard
        yield heard
