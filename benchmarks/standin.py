"""A stand-in for the embedding model, for benchmarks of everything around it.

Tokens are counted by the real tokenizer, so that articles are cut as always; the vectors are drawn
from a text's hash and mean nothing. No setting leads here: a library made with it is for measuring.
"""

import zlib
from collections.abc import Sequence

import numpy as np

from ingest.embed import OpenVINOEmbedder, Vectors

DIMENSIONS = 384


class StandIn:
    """An `Embedder` that costs microseconds a text."""

    def __init__(self, counter: OpenVINOEmbedder) -> None:
        self.name = f"stand-in for {counter.name}"
        self.window = counter.window
        self._counter = counter

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, the same for the same text."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            drawn = np.random.default_rng(zlib.crc32(text.encode("utf-8", "replace")))
            vectors[row] = drawn.standard_normal(DIMENSIONS, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the real model counts."""
        return self._counter.count_tokens(texts)
