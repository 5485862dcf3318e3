"""Passage vectors in Chroma: cosine, our own embeddings, one small metadata field."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ingest.embed import Vectors
from ingest.types import Passage

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "passages"


def faults() -> tuple[type[Exception], ...]:
    """What a damaged index or a full disk makes the stores raise; tantivy raises ValueError."""
    import sqlite3

    from chromadb.errors import ChromaError

    return (ChromaError, ValueError, RuntimeError, OSError, KeyError, sqlite3.OperationalError)


class VectorStore:
    """The vectors of all passages, by passage id."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._collection = client.get_or_create_collection(
            COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def upsert(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store the vectors of `passages`, shape `(len(passages), dimensions)`, row by row."""
        size = self._client.get_max_batch_size()
        for at in range(0, len(passages), size):
            some = passages[at : at + size]
            self._collection.upsert(
                ids=[passage.id for passage in some],
                embeddings=vectors[at : at + size],
                metadatas=[{"article": passage.article_id} for passage in some],
            )

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget these passages; unknown ids are no error."""
        ids = sorted(passage_ids)
        size = self._client.get_max_batch_size()
        for at in range(0, len(ids), size):
            self._collection.delete(ids=ids[at : at + size])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The `k` nearest passages to `vector`, shape `(dimensions,)`: `(id, cosine)`, best first.

        May return fewer, and ids that the catalogue no longer knows.
        """
        k = min(k, self._collection.count())
        if k == 0:
            return []
        found: Any = self._collection.query(
            query_embeddings=vector[None, :], n_results=k, include=["distances"]
        )
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def among(self, vector: Vectors, passage_ids: Sequence[str]) -> list[tuple[str, float]]:
        """`passage_ids` by nearness to `vector`: `(id, cosine)`, best first, every one compared.

        For some thousand passages at most; unknown ids are left out.
        """
        if not passage_ids:  # which Chroma refuses
            return []
        found: Any = self._collection.get(ids=list(passage_ids), include=["embeddings"])
        if not found["ids"]:
            return []
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(vector)
        cosines = rows @ vector / np.maximum(lengths, 1e-12)
        order = np.argsort(-cosines, kind="stable")
        return [(found["ids"][i], float(cosines[i])) for i in order]

    def stored(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these passages, shape `(dimensions,)` each; unknown ids are left out."""
        found: dict[str, Vectors] = {}
        size = 5_000
        for at in range(0, len(passage_ids), size):
            some: Any = self._collection.get(
                ids=list(passage_ids[at : at + size]), include=["embeddings"]
            )
            rows = np.asarray(some["embeddings"], dtype=np.float32)
            found.update(zip(some["ids"], rows, strict=True))
        return found

    def close(self) -> None:
        """Let go of the files, so that opening again sees what another process wrote."""
        self._client.close()

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        found: set[str] = set()
        size = 10_000
        for at in range(0, self._collection.count(), size):
            found.update(self._collection.get(limit=size, offset=at, include=[])["ids"])
        return found


def open_vectors(folder: Path, url: str = "") -> VectorStore:
    """The store in `folder`, or on the Chroma server at `url` (http://host:port) where given."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            client = chromadb.PersistentClient(str(folder), settings=settings)
        except Exception:
            # Chroma keeps what it failed to start, and would fail for ever after.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise
        return VectorStore(cast("Client", client))
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    server = chromadb.HttpClient(
        host=parts.hostname or url,
        port=parts.port or (443 if parts.scheme == "https" else 8000),
        ssl=parts.scheme == "https",
        settings=settings,
    )
    return VectorStore(cast("Client", server))
