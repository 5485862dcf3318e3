"""What an administrator does with the library: add to it, take out of it, see how it fares."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.library import Library
from ingest.pipeline import Ingest, IngestReport
from ui.removals import Removals

UPLOADS = "uploads"
"""The folder, in the library's, that keeps what was uploaded: a file of the same name is a new
version of the same article."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has got."""

    done: int
    total: int
    report: IngestReport | None = None
    """At the end: what it did."""


@dataclass(frozen=True, slots=True)
class Health:
    """The size of a library, and what is wrong with it."""

    articles: int
    passages: int
    bytes: int
    problems: tuple[str, ...] | None = None
    """A line each; None where it was not checked."""


class Keeper:
    """Keeps one library. Writes happen one after the other."""

    def __init__(self, library: Library, ingest: Callable[[], Ingest]) -> None:
        """`ingest` makes one run of the pipeline into `library`."""
        self.library = library
        self._ingest = ingest
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="byline-write")
        self.removals = Removals(self._remove)

    async def add(self, paths: Sequence[Path]) -> AsyncIterator[Progress]:
        """Ingest files and folders; how far it has got, and at the end what it did.

        Raises UserError for a path that does not exist. It goes on where nobody listens any more.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[Progress | None] = asyncio.Queue()

        def tell(done: int, total: int) -> None:
            loop.call_soon_threadsafe(told.put_nowait, Progress(done, total))

        def run() -> IngestReport:
            return self._ingest().run(paths, tell)

        running = loop.run_in_executor(self._writer, run)
        running.add_done_callback(lambda _: told.put_nowait(None))
        total = 0
        while (progress := await told.get()) is not None:
            total = progress.total
            yield progress
        yield Progress(total, total, await running)

    def receive(self, uploaded: Path) -> Path:
        """Keep an uploaded file in the library's folder; where."""
        folder = self.library.folder / UPLOADS
        folder.mkdir(exist_ok=True)
        kept = folder / uploaded.name
        shutil.copyfile(uploaded, kept)
        return kept

    def health(self, check: bool = False) -> Health:
        """Size and, with `check`, whether catalogue and indexes agree (seconds for a large one)."""
        files = [path for path in self.library.folder.rglob("*") if path.is_file()]
        return Health(
            self.library.count(),
            self.library.catalogue.count_passages(),
            sum(path.stat().st_size for path in files),
            tuple(self.library.verify()) if check else None,
        )

    def close(self) -> None:
        """Do what is still to be done."""
        self.removals.finish()
        self._writer.shutdown()

    def _remove(self, article_id: str) -> None:
        def write() -> None:
            with self.library.writing():
                self.library.remove(article_id)

        self._writer.submit(write).result()
