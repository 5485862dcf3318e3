"""A reader that remembers what it read, so that a long measurement can be stopped and gone on with.

A reading depends on the question, the header, the passage and the reader's weights only, so other
weights of ranking or another order of passages read nothing again.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.protocols import Reader
from rag.reading import Judgement, Reading, Stretch

FOLDER = Path.home() / ".cache" / "byline" / "readings"


class RememberingReader:
    """Keeps relevance, doubt and the best span of each reading (`rag.protocols.Reader`)."""

    def __init__(self, reader: Reader, weights: str, folder: Path = FOLDER) -> None:
        """`weights` tells one reader from another (`rag.reader.weights_digest`)."""
        self._reader = reader
        folder.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(folder / f"{weights}.sqlite")
        self._kept.execute(
            "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, relevance REAL, "
            "no_answer REAL, span REAL, first INTEGER, last INTEGER) WITHOUT ROWID"
        )
        self.read_now = 0
        """Passages that were not remembered."""

    def read(
        self, question: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Reading]:
        """See `rag.protocols.Reader.read`; of the spans only the best one is kept."""
        heads = list(headers or [""] * len(passages))
        keys = [_key(question, head, text) for head, text in zip(heads, passages, strict=True)]
        unread = [at for at, key in enumerate(keys) if self._recall(key) is None]
        self.read_now += len(unread)
        readings = self._reader.read(
            question, [passages[at] for at in unread], [heads[at] for at in unread]
        )
        with self._kept:
            rows = [_row(keys[at], found) for at, found in zip(unread, readings, strict=True)]
            self._kept.executemany("INSERT OR REPLACE INTO readings VALUES (?,?,?,?,?,?)", rows)
        found = [self._recall(key) for key in keys]
        assert all(found)
        return [reading for reading in found if reading]

    def judge(
        self, sentence: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Judgement]:
        """Never remembered."""
        return self._reader.judge(sentence, passages, headers)

    def _recall(self, key: bytes) -> Reading | None:
        row = self._kept.execute("SELECT * FROM readings WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        _, relevance, no_answer, score, first, last = row
        half = np.array([score / 2], np.float32)
        only = Stretch(half, half, np.array([[first, last]], np.int64))
        return Reading(relevance, no_answer, (only,))


def _row(key: bytes, reading: Reading) -> tuple[bytes, float, float, float, int, int]:
    span = reading.best_span()
    return key, reading.relevance, reading.no_answer, span.score, span.start, span.end


def _key(question: str, header: str, passage: str) -> bytes:
    return hashlib.sha256("\x00".join((question, header, passage)).encode()).digest()[:16]
