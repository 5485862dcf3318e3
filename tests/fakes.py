"""Small stand-ins for the parts that cost time: they exist in tests only."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.library import Entry, Library
from ingest.passages import cut, embedded_texts
from ingest.types import Article, Passage
from rag.reader import OpenVINOReader, shipped_reader
from rag.types import Evidence, Hit


@cache
def the_reader() -> OpenVINOReader:
    """The shipped reader; not a stand-in, but loaded once for all tests."""
    return OpenVINOReader(shipped_reader())


class WordEmbedder:
    """Vectors from hashed words: texts that share words are near each other. A token is a word."""

    name = "words"

    def __init__(self, window: int = 64, dimensions: int = 64) -> None:
        self.window = window
        self._dimensions = dimensions
        self.embedded = 0
        """How many texts were embedded so far."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        vectors = np.full((len(texts), self._dimensions), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(word.encode()).digest()
                vectors[row, digest[0] % self._dimensions] += 1.0
        normal: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normal

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def article(text: str, *, identity: str = "a1", title: str = "", **fields: Any) -> Article:
    """An article of `text`; everything else may be left out."""
    return Article(id=identity, text=text, title=title, **fields)


def library_of(articles: Sequence[Article], embedder: Embedder, folder: Path) -> Library:
    """A library that holds `articles`."""
    library = Library.open(folder, embedder.name, create=True)
    entries = []
    for item in articles:
        passages = cut(item, "build", embedder.count_tokens, embedder.window)
        texts = embedded_texts(item, passages, embedder.count_tokens)
        origin = f"file:///{item.id}.txt"
        entries.append(Entry(item, "build", origin, passages, embedder.embed(texts)))
    with library.writing():
        library.write(entries)
    return library


def evidence(text: str, *, before: str = "", probability: float = 0.9, **fields: Any) -> Evidence:
    """One sentence of an article as evidence, with `before` in front of it."""
    told = article(before + text, **fields)
    passage = Passage("p0", told.id, 0, told.text, 0, len(told.text))
    return Evidence(Hit(passage, told, 1.0), text, len(before), len(told.text), probability)
