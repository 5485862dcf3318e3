"""What an administrator does with the library: add to it, take out of it, see how it fares."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ingest.document import Document
from ingest.errors import UserError
from ingest.ledger import Failure
from ingest.library import Library
from ingest.pipeline import Ingest
from ingest.plan import Planned
from ingest.progress import Listener, Progress
from ingest.report import IngestReport
from ingest.sources import Source, read_document
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
class Upload:
    """An uploaded file that is looked at before it is kept: a `Source`."""

    path: Path
    origin: str
    """That it would have."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def read(self) -> Document:
        """The bytes of the file. Raises PermanentError for one that cannot be used."""
        return replace(read_document(self.path), origin=self.origin)


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
        self._under_way: Ingest | None = None
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

    def stop(self) -> bool:
        """Let the ingest that is under way finish what it has read; whether there is one. The same
        articles given again go on from there."""
        run = self._under_way
        if run is not None:
            run.stop()
        return run is not None

    async def plan(
        self, uploaded: Sequence[Path], paths: Sequence[Path] = (), urls: Sequence[str] = ()
    ) -> list[Planned]:
        """What `add` would do with these, without doing it. Raises UserError as it would."""
        uploads = [Upload(path, self._place_of(path).resolve().as_uri()) for path in uploaded]
        return await asyncio.to_thread(self._plan, [*uploads, *paths], urls)

    def _place_of(self, uploaded: Path) -> Path:
        return self.library.folder / UPLOADS / uploaded.name

    def receive(self, uploaded: Path) -> Path:
        """Keep an uploaded file in the library's folder; where."""
        kept = self._place_of(uploaded)
        kept.parent.mkdir(exist_ok=True)
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
        with self._found(urls) as (discovery, found):
            self._under_way = self._ingest()
            try:
                report = self._under_way.run([*paths, *found], listener=tell, collection=collection)
            finally:
                self._under_way = None
            if discovery:
                discovery.keep()
            return report

    def _plan(self, targets: Sequence[Path | Source], urls: Sequence[str]) -> list[Planned]:
        with self._found(urls) as (_, found):
            return self._ingest().plan([*targets, *found])

    @contextmanager
    def _found(self, urls: Sequence[str]) -> Iterator[tuple[Discovery | None, list[Source]]]:
        """What stands behind web addresses."""
        if not urls:
            yield None, []
            return
        if self._discovery is None:
            raise UserError(NO_WEB)
        with closing(self._discovery()) as discovery:
            yield discovery, [source for url in urls for source in discovery.sources(url)]

    def _remove(self, article_id: str) -> None:
        def write() -> None:
            with self.library.writing():
                self.library.remove(article_id)

        self._writer.submit(write).result()
