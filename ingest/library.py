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

import numpy as np
from filelock import FileLock, Timeout

from ingest.catalogue import Catalogue
from ingest.embed import Vectors
from ingest.errors import UserError
from ingest.lexical import LexicalIndex
from ingest.types import Article, Passage
from ingest.vectors import VectorStore, open_vectors

CATALOGUE = "catalogue.sqlite"


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
        except sqlite3.DatabaseError as error:
            raise UserError(
                f"{folder / CATALOGUE} cannot be opened ({error}): name another --library, or "
                "delete the folder and ingest again"
            ) from None
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
        """Passages by meaning."""
        return open_vectors(self.folder / "chroma", self._chroma_url)

    @cached_property
    def words(self) -> LexicalIndex:
        """Passages by their words."""
        return LexicalIndex(self.folder / "words")

    def close(self) -> None:
        """Let go of all files."""
        if "words" in self.__dict__:
            self.words.close()
        if "vectors" in self.__dict__:
            self.vectors.close()
        self.catalogue.close()

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

    def fingerprint(self) -> str:
        """16 hex digits that change with any article."""
        return self.catalogue.fingerprint()

    def refresh(self) -> None:
        """See what another process has written since this library was opened."""
        generation = self.catalogue.get_meta("generation")
        if generation == self._seen:
            return
        self._seen = generation
        if "words" in self.__dict__:
            self.words.reload()
        if "vectors" in self.__dict__:
            self.vectors.close()
            del self.vectors

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's write lock, after sweeping what a killed writer left behind."""
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise UserError(
                f"{self.folder} is being written by another process: wait for it to finish"
            ) from None
        try:
            self._sweep()
            self.catalogue.adopt()
            yield
        finally:
            lock.release()

    def write(self, entries: Sequence[Entry]) -> None:
        """Put `entries` in place of what the library holds of these articles."""
        new = {passage.id for entry in entries for passage in entry.passages}
        old = self.catalogue.passage_ids([entry.article.id for entry in entries])
        self.catalogue.set_pending(new | old)
        passages = [passage for entry in entries for passage in entry.passages]
        self.vectors.upsert(passages, np.concatenate([entry.vectors for entry in entries]))
        for entry in entries:
            self.words.add(entry.article, entry.passages)
        self.words.commit()
        self.catalogue.put(entries)
        self._forget(old - new)
        self._written()

    def remove(self, article_id: str) -> None:
        """Take an article out of the catalogue and both indexes."""
        old = self.catalogue.passage_ids([article_id])
        self.catalogue.set_pending(old)
        self.catalogue.delete(article_id)
        self._forget(old)
        self._written()

    def verify(self) -> list[str]:
        """What is wrong, a line each; empty when catalogue and indexes agree.

        What a killed writer left pending is not wrong: no reader sees it, and the next writer
        sweeps it.
        """
        known, pending = self.catalogue.passage_ids(), self.catalogue.pending()
        problems = [
            f"{len(ids)} passages {what}: run `byline library verify --repair`"
            for ids, what in (
                (known - self.vectors.ids(), "have no vector"),
                (known - self.words.ids(), "are missing from the word index"),
                (self.vectors.ids() - known - pending, "have a vector but no article"),
                (self.words.ids() - known - pending, "are in the word index but in no article"),
            )
            if ids
        ]
        for article in self.articles():
            for passage, _ in self.catalogue.passages(
                sorted(self.catalogue.passage_ids([article.id]))
            ).values():
                if not passage.text or passage.end > len(article.text):
                    problems.append(
                        f"{article.id}: passage {passage.ordinal} lies outside the text"
                    )
        return problems

    def repair(self) -> int:
        """Delete what no article owns and make incomplete articles be read again; how many."""
        known = self.catalogue.passage_ids()
        in_both = self.vectors.ids() & self.words.ids()
        incomplete = {p.article_id for p, _ in self._owned(known - in_both)}
        for article_id in incomplete:
            self.catalogue.delete(article_id)
        known = self.catalogue.passage_ids()
        self._forget((self.vectors.ids() | self.words.ids()) - known)
        self._written()
        return len(incomplete)

    def _owned(self, passage_ids: set[str]) -> list[tuple[Passage, Article]]:
        return list(self.catalogue.passages(sorted(passage_ids)).values())

    def _sweep(self) -> None:
        """Delete pending passages that no article owns: an earlier write was cut off."""
        if pending := self.catalogue.pending():
            self._forget(pending - self.catalogue.passage_ids())
            self._written()

    def _forget(self, passage_ids: set[str]) -> None:
        if passage_ids:
            self.vectors.delete(passage_ids)
            self.words.delete(passage_ids)
            self.words.commit()

    def _written(self) -> None:
        self.catalogue.set_pending(())
        generation = str(int(self.catalogue.get_meta("generation") or 0) + 1)
        self.catalogue.set_meta("generation", generation)
        self._seen = generation
