"""Sources in, library out: read, parse, clean, cut, embed, write; unchanged input costs one hash.

Three stages run at once: a thread reads ahead, this one embeds, a third writes. Each holds one
batch, and one waits, so that memory depends on the size of a batch and not on that of the input.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ingest.ahead import ahead
from ingest.batch import Batch, Options, Ready
from ingest.embed import Embedder
from ingest.library import Entry, Library
from ingest.parse import Parser, articles
from ingest.plan import Planned, plan
from ingest.progress import Listener
from ingest.reading import PIPELINE, Reading
from ingest.report import Failure, IngestReport
from ingest.shelves import checked_name
from ingest.sources import Source, find_sources
from ingest.sync import gone
from ingest.tally import Tally

__all__ = ["PASSAGES_PER_WRITE", "PIPELINE", "Failure", "Ingest", "IngestReport", "Progress"]

PASSAGES_PER_WRITE = 512
READ_AHEAD = 1
"""Batches that wait to be embedded."""
Progress = Callable[[int, int], None]
"""Called with (files done, files in all)."""


class Ingest:
    """One run of the pipeline into one library."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        *,
        passage_tokens: int = 256,
        overlap: int = 1,
        fields: Mapping[str, str] | None = None,
        parser: Parser | None = None,
        batch: int = PASSAGES_PER_WRITE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`fields` maps our JSONL field names to the file's; `parser` reads documents (without
        one they are read in this process); `batch` is the number of passages that are embedded and
        written together; `clock` gives the fetched time."""
        self._library = library
        self._embedder = embedder
        own = dict(fields or {})
        self._options = Options(
            parser=parser or partial(articles, fields=own),
            clock=clock,
            window=min(passage_tokens, embedder.window),
            overlap=overlap,
            batch=batch,
            fields=own,
        )
        self._tally = Tally(lambda: float(getattr(parser, "share", 0.0)))
        self._stopping = threading.Event()

    @property
    def report(self) -> IngestReport:
        """What has been done so far."""
        return self._tally.report

    def stop(self) -> None:
        """Finish what has been read and end; the next run goes on from there."""
        self._stopping.set()

    def plan(self, targets: Iterable[Path | Source], *, sync: bool = False) -> list[Planned]:
        """What `run` would do, without doing it: nothing is embedded and nothing written."""
        return plan(self._library, self._embedder, self._options, list(targets), sync)

    def run(
        self,
        targets: Iterable[Path | Source],
        progress: Progress = lambda done, total: None,
        *,
        listener: Listener = lambda progress: None,
        sync: bool = False,
        collection: str = "",
    ) -> IngestReport:
        """Ingest files, folders and other sources. Raises UserError for a path that does not exist,
        while another process writes, and when the disk does not take what is written.

        A source that cannot be used is reported in `failed`; the others go in all the same. With
        `sync`, articles whose files are gone from the folders given are removed; with `collection`,
        every article of the sources, an unchanged one too, is put into that. `listener` hears every
        step, `progress` the number of files alone; they are called from several threads, one
        at a time.
        """
        targets, into = list(targets), checked_name(collection) if collection else ""
        sources = find_sources(targets)
        self._tally.begin(len(sources), listener, progress)
        with self._library.writing():
            self._embed_all(sources)
            self._tally.phase("finishing")
            if into:
                self._library.catalogue.collect([source.origin for source in sources], into)
            if sync and not self._stopping.is_set():
                self._remove_gone([target for target in targets if isinstance(target, Path)])
        self.report.stopped = self._stopping.is_set()
        self._tally.end()
        return self.report

    def _embed_all(self, sources: Sequence[Source]) -> None:
        reading = Reading(self._library, self._embedder, self._options, self._tally, self._stopping)
        writer = ThreadPoolExecutor(1, thread_name_prefix="byline-write")
        writing: Future[None] | None = None
        try:
            with closing(ahead(self._timed(reading.batches(sources)), READ_AHEAD)) as batches:
                for batch in batches:
                    entries = self._entries(batch)
                    if writing:
                        writing.result()
                    writing = writer.submit(self._write, reading, batch, entries)
            if writing:
                writing.result()
        finally:
            writer.submit(self._library.catalogue.release)
            writer.shutdown()

    def _timed(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """`batches`, from another thread: its time is counted and its connection closed."""
        try:
            while True:
                with self._tally.timed("read"):
                    batch = next(batches, None)
                if batch is None:
                    return
                yield batch
        finally:
            self._library.catalogue.release()

    def _entries(self, batch: Batch) -> list[Entry]:
        ready = list(batch.ready.values())
        texts = [text for item in ready for text in item.texts]
        if not ready:
            return []
        with self._tally.timed("embed"):
            vectors = self._embedder.embed(texts)
        entries, row = [], 0
        for item in ready:
            end = row + len(item.passages)
            rows = vectors[row:end]
            entries.append(Entry(item.article, item.build, item.origin, item.passages, rows))
            row = end
        return entries

    def _write(self, reading: Reading, batch: Batch, entries: Sequence[Entry]) -> None:
        with self._tally.timed("write"):
            versioned = [
                self._versioned(entry, ready)
                for entry, ready in zip(entries, batch.ready.values(), strict=True)
            ]
            self._library.write(versioned, batch.sources, batch.moves)
        reading.committed(batch)
        self._tally.written(batch)

    def _versioned(self, entry: Entry, ready: Ready) -> Entry:
        earlier = self._library.article(entry.article.id)
        if earlier is None:
            return entry
        changed = earlier.text != entry.article.text and not ready.same_source
        return replace(entry, article=replace(entry.article, version=earlier.version + changed))

    def _remove_gone(self, roots: Sequence[Path]) -> None:
        sources, ids = gone(self._library.catalogue, roots)
        for article_id in ids:
            self._library.remove(article_id)
            self.report.removed += 1
        for origin in sources:
            self._library.catalogue.forget_source(origin)
