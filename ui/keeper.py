"""What an administrator does with the library: add to it, take out of it, see how it fares."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.errors import UserError
from ingest.ledger import Failure
from ingest.library import Library
from ingest.pipeline import Ingest
from ingest.progress import Listener, Progress
from ingest.report import IngestReport
from ingest.sources import Source
from ui.removals import Removals

UPLOADS = "uploads"
"""The folder, in the library's, that keeps what was uploaded: a file of the same name is a new
version of the same article."""
NO_WEB = "this server reads no web addresses; upload a file, or name a folder"


class Discovery(Protocol):
    """Finds the articles behind a web address (`ingest.web.discover.Discovery`)."""

    def sources(self, url: str) -> list[Source]:
        """The page, the entries of the feed, or the pages of the sitemap."""
        ...

    def keep(self) -> None:
        """Remember the visits, once the library holds what it will hold."""
        ...

    def close(self) -> None:
        """End all connections."""
        ...


@dataclass(frozen=True, slots=True)
class Health:
    """The size of a library, and what is wrong with it."""

    articles: int
    passages: int
    bytes: int
    failures: tuple[Failure, ...] = ()
    """What could not be used when it was last read, and why."""
    problems: tuple[str, ...] | None = None
    """Where catalogue and indexes disagree, a line each; None where it was not checked."""


class Keeper:
    """Keeps one library. Writes happen one after the other."""

    def __init__(
        self,
        library: Library,
        ingest: Callable[[], Ingest],
        discovery: Callable[[], Discovery] | None = None,
    ) -> None:
        """`ingest` makes one run of the pipeline into `library`; `discovery` one visit to the web,
        and without it web addresses are refused."""
        self.library = library
        self._ingest = ingest
        self._discovery = discovery
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="byline-write")
        self.removals = Removals(self._remove)

    async def add(
        self, paths: Sequence[Path], urls: Sequence[str] = (), collection: str = ""
    ) -> AsyncIterator[Progress]:
        """Ingest files, folders and what stands behind web addresses, into `collection` where it is
        named; how far it has got, and at the end, `done`, what it did.

        Raises UserError for a path that does not exist. It goes on where nobody listens any more.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[Progress | None] = asyncio.Queue()

        def tell(progress: Progress) -> None:
            loop.call_soon_threadsafe(told.put_nowait, progress)

        running = loop.run_in_executor(self._writer, self._run, paths, urls, collection, tell)
        running.add_done_callback(lambda _: told.put_nowait(None))
        while (progress := await told.get()) is not None:
            yield progress
        await running

    def receive(self, uploaded: Path) -> Path:
        """Keep an uploaded file in the library's folder; where."""
        folder = self.library.folder / UPLOADS
        folder.mkdir(exist_ok=True)
        kept = folder / uploaded.name
        shutil.copyfile(uploaded, kept)
        return kept

    def health(self, check: bool = False) -> Health:
        """Size, failures and, with `check`, whether catalogue and indexes agree (seconds for a
        large library)."""
        files = [path for path in self.library.folder.rglob("*") if path.is_file()]
        return Health(
            self.library.count(),
            self.library.catalogue.count_passages(),
            sum(path.stat().st_size for path in files),
            tuple(self.library.catalogue.failures()),
            tuple(self.library.verify()) if check else None,
        )

    def close(self) -> None:
        """Do what is still to be done."""
        self.removals.finish()
        self._writer.shutdown()

    def _run(
        self, paths: Sequence[Path], urls: Sequence[str], collection: str, tell: Listener
    ) -> IngestReport:
        if not urls:
            return self._ingest().run(paths, listener=tell, collection=collection)
        if self._discovery is None:
            raise UserError(NO_WEB)
        with closing(self._discovery()) as discovery:
            found = [source for url in urls for source in discovery.sources(url)]
            report = self._ingest().run([*paths, *found], listener=tell, collection=collection)
            discovery.keep()
            return report

    def _remove(self, article_id: str) -> None:
        def write() -> None:
            with self.library.writing():
                self.library.remove(article_id)

        self._writer.submit(write).result()
