"""Passage vectors in Chroma, in shards of which an ingest has only two in memory.

Chroma keeps the whole index of a collection that it has touched in memory, about 2.1 KB a passage,
until its client is closed. So vectors go into one collection after the other, and the client is
closed and opened again before a third one is touched. To answer questions all of them stay open.
"""

import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from ingest.embed import Vectors
from ingest.shard import FETCHED, Shard
from ingest.types import Passage

if TYPE_CHECKING:
    from chromadb.api.client import Client

FIRST = "passages"
"""The collection of the first shard, the only one of a small library; then `passages-2`, ..."""
FULL = 100_000
"""Passages of a shard, 210 MB: fewer are slower to ask (3 ms a shard), more take more memory."""
OPEN = 2
"""Shards in memory while no question has been asked: the one that is filled, and another."""


def faults() -> tuple[type[Exception], ...]:
    """What a damaged index or a full disk makes the stores raise; tantivy raises ValueError."""
    import sqlite3

    from chromadb.errors import ChromaError

    return (ChromaError, ValueError, RuntimeError, OSError, KeyError, sqlite3.OperationalError)


class VectorStore:
    """The vectors of all passages, by passage id; a passage is in one shard only."""

    def __init__(self, connect: Callable[[], "Client"], full: int | None) -> None:
        """`connect` opens a client; a shard takes `full` passages, without it all there are."""
        self._connect = connect
        self._full = full
        self._lock = threading.Lock()
        self._users = 0
        self._asked = False
        self._open = set[str]()
        self._client = connect()
        self._shards = self._found()

    def upsert(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store the vectors of `passages`, shape `(len(passages), dimensions)`, row by row.

        They go into the newest shard: what an older one holds of them must be deleted first.
        """
        size = min(FETCHED, self._full or FETCHED)
        for at in range(0, len(passages), size):
            newest = list(self._shards)[-1]
            with self._shard(newest) as shard:
                is_full = self._full is not None and shard.count() >= self._full
            if is_full:
                newest = f"{FIRST}-{_number(newest) + 1}"
                self._shards[newest] = Shard(self._client, newest)
            with self._shard(newest) as shard:
                shard.upsert(passages[at : at + size], vectors[at : at + size])

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget these passages; unknown ids are no error."""
        left, emptied = set(passage_ids), list[str]()
        for shard in self._each(newest_first=True):
            if not left:
                break
            held = shard.held(left) if len(self._shards) > 1 else left
            shard.delete(held)
            left -= held
            if held and shard.count() == 0:
                emptied.append(shard.name)
        for name in emptied:
            if name != list(self._shards)[-1]:
                del self._shards[name]
                self._open.discard(name)
                self._client.delete_collection(name)

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The `k` nearest passages to `vector`, shape `(dimensions,)`: `(id, cosine)`, best first.

        May return fewer, and ids that the catalogue no longer knows.
        """
        from chromadb.errors import NotFoundError

        self._asked = True
        found: dict[str, float] = {}
        for shard in self._each():
            with suppress(NotFoundError):  # emptied and deleted by another process
                found.update(shard.nearest(vector, k))
        return sorted(found.items(), key=lambda item: -item[1])[:k]

    def among(self, vector: Vectors, passage_ids: Sequence[str]) -> list[tuple[str, float]]:
        """`passage_ids` by nearness to `vector`: `(id, cosine)`, best first, every one compared.

        For some thousand passages at most; unknown ids are left out.
        """
        self._asked = True
        cosines: dict[str, float] = {}
        for part in self.stored(passage_ids):
            rows = np.stack(list(part.values()))
            lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(vector)
            cosines.update(zip(part, rows @ vector / np.maximum(lengths, 1e-12), strict=True))
        return sorted(((i, float(c)) for i, c in cosines.items()), key=lambda item: -item[1])

    def stored(self, passage_ids: Collection[str]) -> Iterator[dict[str, Vectors]]:
        """The vectors of these passages, shape `(dimensions,)` each, some thousand at a time.

        Unknown ids are left out.
        """
        left = set(passage_ids)
        for shard in self._each(newest_first=True):
            wanted = sorted(left)
            for at in range(0, len(wanted), FETCHED):
                ids, rows = shard.vectors(wanted[at : at + FETCHED])
                left.difference_update(ids)
                if ids:
                    yield dict(zip(ids, rows, strict=True))

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        return set().union(*(shard.ids() for shard in self._each()))

    def close(self) -> None:
        """Let go of the files, so that opening again sees what another process wrote."""
        self._client.close()

    def _found(self) -> dict[str, Shard]:
        """All shards by name, the oldest first."""
        names = {one.name for one in self._client.list_collections()} if self._full else set()
        mine = [name for name in names if re.fullmatch(rf"{FIRST}(-\d+)?", name)]
        return {name: Shard(self._client, name) for name in sorted(mine, key=_number) or [FIRST]}

    def _each(self, *, newest_first: bool = False) -> Iterator[Shard]:
        names = list(self._shards)
        for name in reversed(names) if newest_first else names:
            if name in self._shards:
                with self._shard(name) as shard:
                    yield shard

    @contextmanager
    def _shard(self, name: str) -> Iterator[Shard]:
        """One shard to use. The others leave the memory before where it would be too many, no
        question has been asked and nobody uses them."""
        with self._lock:
            many = name not in self._open and len(self._open) >= OPEN
            if many and not self._asked and not self._users:
                self._client.close()
                give_back()
                self._client = self._connect()
                self._shards = self._found()
                self._open.clear()
            self._open.add(name)
            self._users += 1
            shard = self._shards[name]
        try:
            yield shard
        finally:
            with self._lock:
                self._users -= 1


def give_back() -> None:
    """Let the system have what was freed. glibc keeps the small pieces, a fifth of an index, for
    threads that are gone with the client; elsewhere there is no such call, nor need of it."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _number(name: str) -> int:
    return int(name.removeprefix(FIRST).lstrip("-") or 1)


def open_vectors(folder: Path, url: str = "") -> VectorStore:
    """The store in `folder`, or on the Chroma server at `url` (http://host:port) where given.

    A server has memory of its own and takes all vectors in one collection.
    """
    if url:
        return VectorStore(lambda: _server(url), None)
    folder.mkdir(parents=True, exist_ok=True)
    return VectorStore(lambda: _embedded(folder), FULL)


def _embedded(folder: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        settings = Settings(anonymized_telemetry=False)
        return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
    except Exception:
        # Chroma keeps what it failed to start, and would fail for ever after.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise


def _server(url: str) -> "Client":
    from urllib.parse import urlsplit

    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    server = chromadb.HttpClient(
        host=parts.hostname or url,
        port=parts.port or (443 if parts.scheme == "https" else 8000),
        ssl=parts.scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
    return cast("Client", server)
