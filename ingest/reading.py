"""Sources to batches of articles that are cut and ready to be embedded.

It runs ahead of the embedding in a thread of its own, by a few batches at most.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ingest.batch import Action, Batch, Options, Ready, Watcher
from ingest.document import Document
from ingest.embed import Embedder
from ingest.errors import PermanentError, TransientError, Unchanged
from ingest.ledger import Failure, ReadSource
from ingest.library import Library
from ingest.moves import Moves
from ingest.parse import ParsedArticle, Problem, article_id
from ingest.passages import cut, embedded_texts
from ingest.sources import Source
from ingest.types import Article

PIPELINE = 4
"""Raise it when parsing, cleaning or cutting changes, so that every source is read again."""


class Reading:
    """Reads sources for one run."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        options: Options,
        watcher: Watcher,
        stop: threading.Event,
        *,
        dry: bool = False,
    ) -> None:
        """`stop` ends it after the article that is being read; `dry` tells what there is and makes
        no batches."""
        self._catalogue = library.catalogue
        self._embedder = embedder
        self._options = options
        self._watcher = watcher
        self._stop = stop
        self._dry = dry
        shape = f"{options.window}:{options.overlap}:{dict(options.fields)}"
        self._settings = f"{PIPELINE}:{embedder.name}:{shape}"
        self._moves = Moves(self._catalogue)
        self._batch = Batch()
        self._ahead: dict[str, str] = {}
        """Builds of articles that are read and not yet committed."""

    def moved(self) -> set[str]:
        """Ids of articles that were found at another place, of a dry run."""
        return {move.article_id for move in self._batch.moves}

    def committed(self, batch: Batch) -> None:
        """A batch is in the catalogue now."""
        for identity, ready in batch.ready.items():
            if self._ahead.get(identity) == ready.build:
                del self._ahead[identity]

    def batches(self, sources: Iterable[Source]) -> Iterator[Batch]:
        """Everything new in `sources`, in their order."""
        for source in sources:
            if self._stop.is_set():
                break
            self._watcher.begun(source)
            yield from self._source(source)
            self._watcher.ended(source)
        if self._batch and not self._dry:
            yield self._next()

    def _source(self, source: Source) -> Iterator[Batch]:
        known = self._catalogue.source(source.origin)
        ids, problems = list[str](), list[str]()
        try:
            document = source.read()
            digest = document.digest(self._settings)
            if known and known[0] == digest:
                raise Unchanged
            yield from self._document(document, digest, ids, problems)
        except Unchanged:
            self._watcher.untouched(len(known[1]) if known else 0)
        except (PermanentError, TransientError) as error:
            self._watcher.failed(Failure(source.name, str(error)))
            self._batch.sources.append(
                _not_read(source.origin, [*problems, str(error)], ids, known)
            )

    def _document(
        self, document: Document, digest: str, ids: list[str], problems: list[str]
    ) -> Iterator[Batch]:
        """Fills `ids` and `problems`, which count also where reading breaks off."""
        content = document.digest("")
        same = content == self._catalogue.content_of(document.origin)
        for found in self._options.parser(document):
            if isinstance(found, Problem):
                problems.append(found.reason)
                self._watcher.failed(Failure(document.origin, found.reason))
                continue
            identity = self._identity(found, document)
            if identity in self._batch.ready:  # the same article twice: the later one wins
                yield self._next()
            ids.append(identity)
            self._article(found, identity, same)
            if self._batch.passages >= self._options.batch:
                yield self._next()
            if self._stop.is_set():
                return
        whole = "" if problems else digest
        self._batch.sources.append(ReadSource(document.origin, whole, ids, content, problems))

    def _identity(self, parsed: ParsedArticle, document: Document) -> str:
        given = article_id(parsed)
        identity = self._catalogue.known_as(given)
        if identity in self._ahead or self._catalogue.build_of(identity):
            return identity
        move = self._moves.find(parsed, given, document.origin)
        if move is None:
            return given
        self._batch.moves.append(move)
        return move.article_id

    def _article(self, parsed: ParsedArticle, identity: str, same: bool) -> None:
        build = self._build(parsed)
        before = self._ahead.get(identity) or self._catalogue.build_of(identity)
        moved = any(move.article_id == identity for move in self._batch.moves[-1:])
        action: Action = "new" if before is None else "moved" if moved else "changed"
        if before == build:
            self._watcher.article("moved" if moved else "unchanged", parsed.title, parsed.origin)
            return
        self._watcher.article(action, parsed.title, parsed.origin)
        self._ahead[identity] = build
        if self._dry:
            return
        article = _article_of(parsed, identity, self._options.clock())
        count = self._embedder.count_tokens
        passages = cut(article, build, count, self._options.window, self._options.overlap)
        texts = embedded_texts(article, passages, count)
        self._batch.ready[identity] = Ready(
            article, build, parsed.origin, passages, texts, action, same
        )
        self._batch.passages += len(passages)

    def _build(self, parsed: ParsedArticle) -> str:
        """Twelve hex digits of everything that the stored passages and metadata depend on."""
        content = (
            self._settings, parsed.text, parsed.title, parsed.source, parsed.url, parsed.authors,
            parsed.published, parsed.modified, parsed.language, sorted(parsed.extra.items()),
        )  # fmt: skip
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]

    def _next(self) -> Batch:
        batch, self._batch = self._batch, Batch()
        return batch


def _article_of(parsed: ParsedArticle, identity: str, fetched: datetime) -> Article:
    return Article(
        id=identity,
        text=parsed.text,
        title=parsed.title,
        source=parsed.source,
        url=parsed.url,
        authors=tuple(parsed.authors),
        published=parsed.published,
        modified=parsed.modified,
        fetched=fetched,
        language=parsed.language,
        extra=dict(parsed.extra),
    )


def _not_read(
    origin: str, problems: Sequence[str], ids: Sequence[str], known: tuple[str, list[str]] | None
) -> ReadSource:
    """A source that failed: it is read again the next time, and keeps its articles until then."""
    held = dict.fromkeys([*(known[1] if known else ()), *ids])
    return ReadSource(origin, "", list(held), problems=tuple(problems))
