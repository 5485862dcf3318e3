"""Small stand-ins for the parts that cost time: they exist in tests only."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from ingest.embed import Vectors
from ingest.types import Article


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
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def article(text: str, *, identity: str = "a1", title: str = "", **fields: object) -> Article:
    """An article of `text`; everything else may be left out."""
    return Article(id=identity, text=text, title=title, **fields)  # type: ignore[arg-type]
