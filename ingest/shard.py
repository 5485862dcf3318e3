"""One collection of Chroma: some of the vectors, cosine, with one small metadata field."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embed import Vectors
from ingest.types import Passage

if TYPE_CHECKING:
    from chromadb.api.client import Client

FETCHED = 5_000
"""Passages that are asked for at a time."""


class Shard:
    """The vectors of some passages, by passage id."""

    def __init__(self, client: "Client", name: str) -> None:
        """The collection called `name`, which is made where there is none."""
        self.name = name
        self._most = client.get_max_batch_size()
        self._collection = client.get_or_create_collection(
            name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def count(self) -> int:
        """How many passages there are."""
        return self._collection.count()

    def upsert(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store the vectors of `passages`, shape `(len(passages), dimensions)`, row by row."""
        for at in range(0, len(passages), self._most):
            some = passages[at : at + self._most]
            self._collection.upsert(
                ids=[passage.id for passage in some],
                embeddings=vectors[at : at + self._most],
                metadatas=[{"article": passage.article_id} for passage in some],
            )

    def delete(self, passage_ids: Collection[str]) -> None:
        """Forget these passages; unknown ids are no error."""
        for some in _parts(sorted(passage_ids), self._most):
            self._collection.delete(ids=some)

    def held(self, passage_ids: Collection[str]) -> set[str]:
        """Those of these passages that it holds."""
        found: set[str] = set()
        for some in _parts(sorted(passage_ids), FETCHED):
            found.update(self._collection.get(ids=some, include=[])["ids"])
        return found

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The `k` nearest passages to `vector`, shape `(dimensions,)`: `(id, cosine)`, best first.

        May return fewer.
        """
        k = min(k, self._collection.count())
        if k == 0:
            return []
        found: Any = self._collection.query(
            query_embeddings=vector[None, :], n_results=k, include=["distances"]
        )
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def vectors(self, passage_ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """The ids of those of these passages that it holds, and their vectors, shape
        `(len(ids), dimensions)`."""
        found: Any = self._collection.get(ids=list(passage_ids), include=["embeddings"])
        return found["ids"], np.asarray(found["embeddings"], dtype=np.float32)

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        found: set[str] = set()
        size = 10_000
        for at in range(0, self._collection.count(), size):
            found.update(self._collection.get(limit=size, offset=at, include=[])["ids"])
        return found


def _parts(ids: Sequence[str], size: int) -> Iterator[list[str]]:
    for at in range(0, len(ids), size):
        yield list(ids[at : at + size])
