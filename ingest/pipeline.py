"""Files in, library out: read, parse, clean, cut, embed, write; unchanged input costs one hash."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.embed import Embedder
from ingest.errors import PermanentError, TransientError, Unchanged
from ingest.library import Entry, Library
from ingest.parse import ParsedArticle, Parser, Problem, article_id, articles
from ingest.passages import cut, embedded_texts
from ingest.sources import Source, find_sources
from ingest.types import Article, Passage

PIPELINE = 2
"""Raise it when parsing, cleaning or cutting changes, so that every source is read again."""
PASSAGES_PER_WRITE = 256


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that could not be used, and why."""

    origin: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What an ingest did; articles are counted except where a field says files."""

    files: int = 0
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    passages: int = 0
    """Passages embedded and written."""
    seconds: float = 0.0
    failed: list[Failure] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, as `byline ingest --json` prints it."""
        return {
            "files": self.files,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
            "failed": [{"origin": f.origin, "reason": f.reason} for f in self.failed],
        }


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
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`fields` maps our JSONL field names to the file's; `parser` reads documents (without
        one they are read in this process); `clock` gives the fetched time."""
        self._library = library
        self._embedder = embedder
        self._window = min(passage_tokens, embedder.window)
        self._overlap = overlap
        self._fields = dict(fields or {})
        self._parser = parser or partial(articles, fields=self._fields)
        self._clock = clock
        self._settings = f"{PIPELINE}:{embedder.name}:{self._window}:{overlap}:{self._fields}"
        self._cut: dict[str, _CutArticle] = {}
        self._finished: dict[str, tuple[str, list[str]]] = {}
        self.report = IngestReport()

    def run(
        self, targets: Iterable[Path | Source], progress: Progress = lambda done, total: None
    ) -> IngestReport:
        """Ingest files, folders and other sources. Raises UserError for a path that does not exist.

        A source that cannot be used is reported in `failed`; the others go in all the same.
        """
        began = time.perf_counter()
        sources = find_sources(targets)
        with self._library.writing():
            for done, source in enumerate(sources):
                progress(done, len(sources))
                self._take(source)
            self._flush()
        progress(len(sources), len(sources))
        self.report.seconds = time.perf_counter() - began
        return self.report

    def _take(self, source: Source) -> None:
        self.report.files += 1
        known = self._library.catalogue.source(source.origin)
        try:
            document = source.read()
            digest = document.digest(self._settings)
            if known and known[0] == digest:
                raise Unchanged
            self._take_articles(document, digest)
        except Unchanged:
            unchanged = len(known[1]) if known else 0
            self.report.read += unchanged
            self.report.unchanged += unchanged
        except (PermanentError, TransientError) as error:
            self.report.failed.append(Failure(source.name, str(error)))

    def _take_articles(self, document: Document, digest: str) -> None:
        problems, ids = len(self.report.failed), []
        for found in self._parser(document):
            if isinstance(found, Problem):
                self.report.failed.append(Failure(document.origin, found.reason))
            else:
                ids.append(self._take_article(found))
        if len(self.report.failed) == problems:
            self._finished[document.origin] = (digest, ids)

    def _take_article(self, parsed: ParsedArticle) -> str:
        identity = article_id(parsed)
        self.report.read += 1
        if identity in self._cut:  # the same article twice in one batch: the later one wins
            self._flush()
        build = self._build(parsed)
        before = self._library.catalogue.build_of(identity)
        if before == build:
            self.report.unchanged += 1
            return identity
        article = self._article(identity, parsed)
        passages = cut(article, build, self._embedder.count_tokens, self._window, self._overlap)
        self._cut[identity] = _CutArticle(article, build, parsed.origin, passages, before is None)
        if sum(len(item.passages) for item in self._cut.values()) >= PASSAGES_PER_WRITE:
            self._flush()
        return identity

    def _build(self, parsed: ParsedArticle) -> str:
        """Twelve hex digits of everything that the stored passages and metadata depend on."""
        content = (
            self._settings, parsed.text, parsed.title, parsed.source, parsed.url, parsed.authors,
            parsed.published, parsed.modified, parsed.language, sorted(parsed.extra.items()),
        )  # fmt: skip
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]

    def _article(self, identity: str, parsed: ParsedArticle) -> Article:
        article = Article(
            id=identity,
            text=parsed.text,
            title=parsed.title,
            source=parsed.source,
            url=parsed.url,
            authors=tuple(parsed.authors),
            published=parsed.published,
            modified=parsed.modified,
            fetched=self._clock(),
            language=parsed.language,
            extra=dict(parsed.extra),
        )
        earlier = self._library.article(identity)
        if earlier is None:
            return article
        return replace(article, version=earlier.version + (earlier.text != article.text))

    def _flush(self) -> None:
        """Embed and write what has been cut, then remember the sources that are now whole."""
        cuts = list(self._cut.values())
        if cuts:
            count = self._embedder.count_tokens
            texts = [embedded_texts(item.article, item.passages, count) for item in cuts]
            vectors = self._embedder.embed([text for some in texts for text in some])
            entries, row = [], 0
            for item in cuts:
                end = row + len(item.passages)
                entries.append(item.entry(vectors[row:end]))
                row = end
            self._library.write(entries)
            self.report.passages += row
            self.report.new += sum(item.is_new for item in cuts)
            self.report.changed += sum(not item.is_new for item in cuts)
        for origin, (digest, ids) in self._finished.items():
            self._library.catalogue.put_source(origin, digest, ids)
        self._cut.clear()
        self._finished.clear()


@dataclass(frozen=True, slots=True)
class _CutArticle:
    article: Article
    build: str
    origin: str
    passages: list[Passage]
    is_new: bool

    def entry(self, vectors: Any) -> Entry:
        return Entry(self.article, self.build, self.origin, self.passages, vectors)
