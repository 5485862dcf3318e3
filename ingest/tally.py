"""Counts what an ingest does, and tells those who listen."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.batch import Action, Batch, Watcher
from ingest.ledger import Failure
from ingest.progress import Listener, Phase, Progress
from ingest.report import IngestReport
from ingest.sources import Source


class Tally(Watcher):
    """The report of one run while it is being made; its methods are called from several threads."""

    def __init__(self, share: Callable[[], float] = lambda: 0.0) -> None:
        """`share` tells how much of the present file has been read, in [0, 1]."""
        self._share = share
        self.report = IngestReport()
        self._lock = threading.RLock()
        self._listener: Listener = lambda progress: None
        self._files: Callable[[int, int], None] = lambda done, total: None
        self._total = 0
        self._done = 0
        self._current = ""
        self._phase: Phase = "reading"
        self._began = time.perf_counter()

    def begin(self, total: int, listener: Listener, files: Callable[[int, int], None]) -> None:
        """`total` files are going to be read."""
        self._total, self._listener, self._files = total, listener, files
        self._began = time.perf_counter()
        self.phase("reading")

    def phase(self, phase: Phase) -> None:
        """Another part of the run begins."""
        with self._lock:
            self._phase = phase
            self._tell()

    def end(self) -> None:
        """The run is over."""
        self.report.seconds = time.perf_counter() - self._began
        with self._lock:
            self._files(self._total if not self.report.stopped else self._done, self._total)
            self.phase("done")

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds inside to a stage of the report."""
        began = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                spent = self.report.stages.get(stage, 0.0)
                self.report.stages[stage] = spent + time.perf_counter() - began

    def begun(self, source: Source) -> None:
        """See `Watcher`."""
        with self._lock:
            self.report.files += 1
            self._current = source.name
            self._files(self._done, self._total)
            self._tell()

    def article(self, action: Action, title: str, origin: str) -> None:
        """See `Watcher`; new and changed ones are counted once they are written."""
        with self._lock:
            self.report.read += 1
            self.report.unchanged += action == "unchanged"
            self.report.moved += action == "moved"
            if self.report.read % 20 == 0:
                self._tell()

    def untouched(self, count: int) -> None:
        """See `Watcher`."""
        with self._lock:
            self.report.read += count
            self.report.unchanged += count

    def failed(self, failure: Failure) -> None:
        """See `Watcher`."""
        with self._lock:
            self.report.failed.append(failure)

    def ended(self, source: Source) -> None:
        """See `Watcher`."""
        with self._lock:
            self._done += 1
            self._tell()

    def written(self, batch: Batch) -> None:
        """A batch has been committed."""
        with self._lock:
            self.report.passages += batch.passages
            self.report.new += sum(item.action == "new" for item in batch.ready.values())
            self.report.changed += sum(item.action == "changed" for item in batch.ready.values())
            self._tell()

    def _tell(self) -> None:
        report = self.report
        done = self._phase == "done"
        self._listener(
            Progress(
                phase=self._phase,
                files=self._done,
                files_total=self._total,
                share=0.0 if done else self._share(),
                articles=report.read,
                passages=report.passages,
                failures=len(report.failed),
                seconds=time.perf_counter() - self._began,
                current="" if done else self._current,
                report=report if done else None,
            )
        )
