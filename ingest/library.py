"""A library of articles in one folder: catalogue, vectors and words, kept in step.

The order of every write makes a kill harmless: passages are noted as pending, written to both
search indexes, then to the catalogue in one transaction, and only then is what they replace
deleted. Readers drop what the catalogue does not know; the next writer sweeps what is pending.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from filelock import FileLock, Timeout

from ingest.catalogue import Catalogue
from ingest.embed import Embedder, Vectors
from ingest.errors import UserError
from ingest.ledger import Move, ReadSource
from ingest.lexical import LexicalIndex
from ingest.shadow import is_writable, shadow
from ingest.trouble import not_opened, not_read, not_written
from ingest.types import Article, Passage
from ingest.vectors import VectorStore, faults, open_vectors

CATALOGUE, VECTORS, WORDS = "catalogue.sqlite", "chroma", "words"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article, ready to be written."""

    article: Article
    build: str
    origin: str
    passages: Sequence[Passage]
    vectors: Vectors
    """Shape `(len(passages), dimensions)`."""


class Library:
    """Articles that can be searched by meaning and by words."""

    def __init__(self, folder: Path, model: str, chroma_url: str = "") -> None:
        """Use `Library.open`, which checks that there is one."""
        self.folder = folder
        self.model = model
        self._chroma_url = chroma_url
        self._shadows: dict[str, TemporaryDirectory[str]] = {}
        self.catalogue = Catalogue(folder / CATALOGUE)
        self._seen = self.catalogue.get_meta("generation")

    @classmethod
    def open(
        cls, folder: Path, model: str, *, create: bool = False, chroma_url: str = ""
    ) -> "Library":
        """The library in `folder`, whose passages were embedded by `model`.

        Raises UserError when there is none (unless `create`), when it cannot be opened, and when it
        was made with another model.
        """
        if not (folder / CATALOGUE).is_file():
            if not create:
                raise UserError(
                    f"no library at {folder}: make one with `byline ingest PATH --library {folder}`"
                )
            if folder.exists() and not folder.is_dir():
                raise UserError(f"{folder} is a file, not a folder: name another with --library")
            folder.mkdir(parents=True, exist_ok=True)
        try:
            library = cls(folder, model, chroma_url)
        except sqlite3.Error as error:
            raise UserError(not_opened(folder / CATALOGUE, error)) from None
        made_with = library.catalogue.get_meta("model")
        if made_with is None:
            library.catalogue.set_meta("model", model)
        elif made_with != model:
            raise UserError(
                f"{folder} was embedded with {made_with!r}, not {model!r}: set embedding.model to "
                f"{made_with!r}, or ingest into another --library"
            )
        return library

    @cached_property
    def vectors(self) -> VectorStore:
        """Passages by meaning. Raises UserError when they cannot be read."""
        folder = self.folder / VECTORS
        try:
            return open_vectors(self._usable(folder), self._chroma_url)
        except faults() as error:
            where = self._chroma_url or str(folder)
            raise UserError(not_read("vectors", where, error)) from None

    @cached_property
    def words(self) -> LexicalIndex:
        """Passages by their words. Raises UserError when they cannot be read."""
        folder = self.folder / WORDS
        try:
            return LexicalIndex(self._usable(folder))
        except faults() as error:
            raise UserError(not_read("words", str(folder), error)) from None

    def close(self) -> None:
        """Let go of all files."""
        self.close_index("words")
        self.close_index("vectors")
        self.catalogue.close()

    def close_index(self, name: str) -> None:
        """Let go of `words` or `vectors`; the next use opens it again."""
        index = self.__dict__.pop(name, None)
        if index is not None:
            index.close()
        if made := self._shadows.pop(name, None):
            made.cleanup()

    def count(self) -> int:
        """How many articles there are."""
        return self.catalogue.count_articles()

    def articles(self) -> Iterator[Article]:
        """Every article, newest first."""
        return self.catalogue.articles()

    def article(self, article_id: str) -> Article | None:
        """The article with this id."""
        return self.catalogue.article(article_id)

    def find(self, reference: str) -> Article | None:
        """The article with this id or URL, or read from a file of this name."""
        return self.catalogue.find(reference)

    def outlets(self) -> list[str]:
        """The outlets of all articles, in alphabetical order."""
        return self.catalogue.outlets()

    def languages(self) -> list[str]:
        """The languages of all articles, in alphabetical order."""
        return self.catalogue.languages()

    def collections(self) -> list[str]:
        """The names of all collections, in alphabetical order."""
        return self.catalogue.collections()

    def versions(self, article_id: str) -> list[tuple[int, str]]:
        """All texts that an article has had: `(version, text)`, oldest first."""
        return self.catalogue.versions(article_id)

    def fingerprint(self) -> str:
        """16 hex digits that change with any article."""
        return self.catalogue.fingerprint()

    def refresh(self) -> None:
        """See what another process has written since this library was opened."""
        generation = self.catalogue.get_meta("generation")
        if generation == self._seen:
            return
        self._seen = generation
        if "words" in self._shadows:
            self.close_index("words")
        elif "words" in self.__dict__:
            self.words.reload()
        self.close_index("vectors")

    @contextmanager
    def writing(self, *, sweep: bool = True) -> Iterator[None]:
        """Hold the library's write lock, after sweeping what a killed writer left behind.

        Raises UserError while another process holds it, and for a folder that cannot be written.
        """
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise UserError(
                f"{self.folder} is being written by another process: wait for it to finish "
                "(questions are answered meanwhile)"
            ) from None
        except OSError as error:
            raise UserError(
                f"{self.folder} cannot be written to ({error.strerror or error}): change its "
                "permissions, or name another --library"
            ) from None
        try:
            if sweep:
                with self._told():
                    self._sweep()
                    self.catalogue.adopt()
            yield
            if "words" in self.__dict__:
                with self._told():
                    self.words.close()  # its writer would keep other processes from writing
        finally:
            if "words" in self.__dict__:
                self.words.discard()
            lock.release()

    def write(
        self,
        entries: Sequence[Entry],
        sources: Sequence[ReadSource] = (),
        moves: Sequence[Move] = (),
    ) -> None:
        """Put `entries` in place of what the library holds of these articles, and with them what
        was read to its end and what moved. Raises UserError when the disk does not take it; what
        was written before is safe."""
        with self._told():
            if not entries:
                self.catalogue.put((), sources, moves)
                return
            passages = [passage for entry in entries for passage in entry.passages]
            new = {passage.id for passage in passages}
            old = self.catalogue.passage_ids([entry.article.id for entry in entries])
            self.catalogue.set_pending(new | old)
            self.vectors.upsert(passages, np.concatenate([entry.vectors for entry in entries]))
            for entry in entries:
                self.words.add(entry.article, entry.passages)
            self.words.commit()
            self.catalogue.put(entries, sources, moves)
            self.forget(old - new)
            self.written()

    def remove(self, article_id: str) -> None:
        """Take an article out of the catalogue and both indexes."""
        with self._told():
            old = self.catalogue.passage_ids([article_id])
            self.catalogue.set_pending(old)
            self.catalogue.delete(article_id)
            self.forget(old)
            self.written()

    def verify(self) -> list[str]:
        """What is wrong, a line each; empty when catalogue and indexes agree (see `upkeep`)."""
        from ingest.upkeep import verify

        return verify(self)

    def repair(self, embedder: Embedder) -> int:
        """Mend what `verify` finds, from the catalogue; how many articles that took."""
        from ingest.upkeep import repair

        return repair(self, embedder)

    def _usable(self, folder: Path) -> Path:
        """`folder`, or what stands in for it where it cannot be written to."""
        if is_writable(folder) or not folder.exists():
            return folder
        name = "words" if folder.name == WORDS else "vectors"
        self._shadows[name] = shadow(folder)
        return Path(self._shadows[name].name)

    def _sweep(self) -> None:
        """Delete pending passages that no article owns: an earlier write was cut off."""
        if pending := self.catalogue.pending():
            self.forget(pending - self.catalogue.articles_of(sorted(pending)).keys())
            self.written()

    def forget(self, passage_ids: set[str]) -> None:
        """Delete passages from both indexes."""
        if passage_ids:
            self.vectors.delete(passage_ids)
            self.words.delete(passage_ids)
            self.words.commit()

    def written(self) -> None:
        """Nothing is pending any more, and readers have something new to see."""
        self.catalogue.set_pending(())
        generation = str(int(self.catalogue.get_meta("generation") or 0) + 1)
        self.catalogue.set_meta("generation", generation)
        self._seen = generation

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A write that the disk does not take is told in a line."""
        try:
            yield
        except faults() as error:
            if "words" in self.__dict__:
                self.words.discard()
            raise UserError(not_written(self.folder, error)) from error
