"""Conversations, kept on the server: who asked what, and what was answered, exactly as it was."""

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.types import Article
from ui import seen
from ui.turn import Turn
from ui.turn_record import read_turn, turn_record

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS conversations_owner ON conversations (owner, changed);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (conversation, number));
CREATE TABLE IF NOT EXISTS opinions (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, good INTEGER NOT NULL,
    reason TEXT NOT NULL, given TEXT NOT NULL, PRIMARY KEY (conversation, number));
"""
TITLE_CHARS = 120
"""A longer title is cut."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in a list."""

    id: str
    title: str
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thought of an answer."""

    good: bool
    reason: str
    given: datetime


class Conversations:
    """One SQLite file; every method may be called from any thread.

    An owner sees their own conversations only: what belongs to another is as if it did not exist.
    """

    def __init__(self, path: Path | None = None) -> None:
        """`path` is made where there is none; None keeps everything in memory."""
        self._lock = threading.RLock()
        self._rows = sqlite3.connect(
            path or ":memory:", isolation_level=None, timeout=30, check_same_thread=False
        )
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=NORMAL")
        self._rows.execute("PRAGMA secure_delete=ON")  # what is deleted leaves the file, too
        for statement in (SCHEMA + seen.SCHEMA).split(";"):
            self._rows.execute(statement)
        seen.adopt_sights(self._rows)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._rows.close()

    def begin(self, owner: str, title: str) -> str:
        """The id of a new conversation."""
        identity = secrets.token_urlsafe(9)
        with self._writing() as rows:
            values = (identity, owner, _cut(title), _now())
            rows.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", values)
        return identity

    def owns(self, owner: str, identity: str) -> bool:
        """Whether there is such a conversation, and it is theirs."""
        query = "SELECT 1 FROM conversations WHERE id = ? AND owner = ?"
        return self._one(query, identity, owner) is not None

    def title(self, identity: str) -> str:
        """The title of a conversation; empty where there is none."""
        row = self._one("SELECT title FROM conversations WHERE id = ?", identity)
        return row[0] if row else ""

    def put(self, identity: str, turn: Turn, articles: Sequence[Article] = ()) -> None:
        """Keep a turn with the `articles` that it shows, in place of what was kept under its
        number."""
        words = " ".join([turn.question, *(s.text for s in turn.sentences)]).casefold()
        record = turn_record(turn)
        with self._writing() as rows:
            if not self._one("SELECT 1 FROM conversations WHERE id = ?", identity):
                return  # deleted while it was being answered
            values = (identity, turn.number, words, record)
            rows.execute("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?)", values)
            rows.execute("UPDATE conversations SET changed = ? WHERE id = ?", (_now(), identity))
            seen.put_sights(rows, identity, turn.number, articles)

    def amend(self, identity: str, turn: Turn) -> None:
        """Keep what has been added to a turn, unless it has been asked again meanwhile."""
        with self._writing() as rows:
            query = "SELECT record FROM turns WHERE conversation = ? AND number = ?"
            row = self._one(query, identity, turn.number)
            if row and read_turn(row[0]).asked == turn.asked:
                query = "UPDATE turns SET record = ? WHERE conversation = ? AND number = ?"
                rows.execute(query, (turn_record(turn), identity, turn.number))

    def turns(self, identity: str) -> tuple[Turn, ...]:
        """Every turn of a conversation, first to last."""
        query = "SELECT record FROM turns WHERE conversation = ? ORDER BY number"
        return tuple(read_turn(row[0]) for row in self._all(query, identity))

    def listed(self, owner: str, query: str = "", limit: int = 200) -> list[Conversation]:
        """Their conversations, the last changed first; with `query`, those that say its words."""
        where, values = ["owner = ?", "turns > 0"], [owner]
        for word in query.casefold().split():
            where.append(
                "(instr(lower(title), ?) OR EXISTS (SELECT 1 FROM turns "
                "WHERE conversation = conversations.id AND instr(words, ?)))"
            )
            values += [word, word]
        rows = self._all(
            "SELECT id, title, changed, (SELECT count(*) FROM turns WHERE conversation = id) turns "
            f"FROM conversations WHERE {' AND '.join(where)} ORDER BY changed DESC LIMIT {limit:d}",
            *values,
        )
        return [Conversation(a, b, datetime.fromisoformat(c), d) for a, b, c, d in rows]

    def rename(self, owner: str, identity: str, title: str) -> bool:
        """Give it another title; whether it was theirs to rename."""
        with self._writing() as rows:
            query = "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?"
            return rows.execute(query, (_cut(title), identity, owner)).rowcount > 0

    def delete(self, owner: str, identity: str) -> bool:
        """Forget it with all its turns; whether it was theirs to delete."""
        with self._writing() as rows:
            query = "DELETE FROM conversations WHERE id = ? AND owner = ?"
            if not rows.execute(query, (identity, owner)).rowcount:
                return False
            for table in ("turns", "opinions"):
                rows.execute(f"DELETE FROM {table} WHERE conversation = ?", (identity,))
            seen.forget_sights(rows, identity)
            return True

    def judge(self, identity: str, number: int, good: bool, reason: str = "") -> None:
        """Keep what the reader thinks of an answer, in place of what they thought before."""
        with self._writing() as rows:
            values = (identity, number, good, reason.strip()[:2_000], _now())
            rows.execute("INSERT OR REPLACE INTO opinions VALUES (?, ?, ?, ?, ?)", values)

    def withdraw(self, identity: str, number: int) -> None:
        """Forget what the reader thought of an answer."""
        with self._writing() as rows:
            query = "DELETE FROM opinions WHERE conversation = ? AND number = ?"
            rows.execute(query, (identity, number))

    def opinions(self, identity: str) -> dict[int, Opinion]:
        """What the reader thought of the answers of a conversation, by number."""
        query = "SELECT number, good, reason, given FROM opinions WHERE conversation = ?"
        return {row[0]: _opinion(row[1:]) for row in self._all(query, identity)}

    def judged(self) -> Iterator[tuple[Turn, Opinion]]:
        """Every answer of everybody that has been judged, with the opinion, oldest first."""
        query = (
            "SELECT record, good, reason, given FROM opinions "
            "JOIN turns USING (conversation, number) ORDER BY given"
        )
        for record, *opinion in self._all(query):
            yield read_turn(record), _opinion(opinion)

    def kept(self, key: str) -> Article | None:
        """The article that a turn shows under `key` (`ui.seen.seen_key`)."""
        row = self._one("SELECT article FROM seen WHERE key = ?", key)
        return seen.read_seen(row[0]) if row else None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._rows.execute("BEGIN IMMEDIATE")
            try:
                yield self._rows
            except BaseException:
                self._rows.execute("ROLLBACK")
                raise
            self._rows.execute("COMMIT")

    def _all(self, query: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._rows.execute(query, values).fetchall()

    def _one(self, query: str, *values: Any) -> Any:
        with self._lock:
            return self._rows.execute(query, values).fetchone()


def _opinion(row: Any) -> Opinion:
    good, reason, given = row
    return Opinion(bool(good), reason, datetime.fromisoformat(given))


def _cut(title: str) -> str:
    line = " ".join(title.split()) or "Untitled"
    return line if len(line) <= TITLE_CHARS else line[: TITLE_CHARS - 1] + "…"


def _now() -> str:
    return datetime.now(UTC).isoformat()
