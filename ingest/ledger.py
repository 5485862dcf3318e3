"""The ledger of the catalogue: what was read from where, what failed, what is being written."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.database import Database
from ingest.rows import iso, like, marks


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that could not be used, and why."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source that has been read to its end."""

    origin: str
    digest: str
    """Of its bytes and of every setting that shapes what becomes of them; empty where something in
    it failed, so that it is read again."""
    article_ids: Sequence[str] = ()
    content: str = ""
    """Of its bytes alone."""
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """An article that was found at another place: it keeps its id and its history."""

    identity: str
    """The id that the new place would have given it."""
    article_id: str
    origin: str
    left: Sequence[str] = ()
    """Sources that are gone."""


class Ledger(Database):
    """Sources, the articles they claim, and passages whose writing has begun."""

    def source(self, origin: str) -> tuple[str, list[str]] | None:
        """Digest of a source when it was last read, and the ids of its articles."""
        row = self._rows.execute("SELECT digest FROM sources WHERE origin = ?", (origin,))
        found = row.fetchone()
        return (found[0], self.claimed_by(origin)) if found else None

    def content_of(self, origin: str) -> str:
        """The digest of a source's bytes when it was last read; empty when that is not known."""
        row = self._rows.execute("SELECT content FROM sources WHERE origin = ?", (origin,))
        found = row.fetchone()
        return found[0] if found else ""

    def claimed_by(self, origin: str) -> list[str]:
        """Ids of the articles that were read from a source."""
        query = "SELECT article_id FROM claims WHERE origin = ? ORDER BY rowid"
        return [row[0] for row in self._rows.execute(query, (origin,))]

    def claims_on(self, article_id: str) -> list[str]:
        """The sources that an article was read from."""
        query = "SELECT origin FROM claims WHERE article_id = ? ORDER BY origin"
        return [row[0] for row in self._rows.execute(query, (article_id,))]

    def sources_under(self, root: str) -> list[str]:
        """Origins of all sources at the URI `root` or in the folder that it names."""
        query = "SELECT origin FROM sources WHERE origin = ? OR origin LIKE ? ESCAPE '\\'"
        inside = f"{like(root.rstrip('/'))}/%"
        return sorted(row[0] for row in self._rows.execute(query, (root, inside)))

    def dropped_under(self, root: str) -> list[str]:
        """Ids of articles that their source, under `root`, no longer has; nor has any other."""
        query = (
            "SELECT article_id FROM dropped WHERE (origin = ? OR origin LIKE ? ESCAPE '\\') "
            "AND article_id NOT IN (SELECT article_id FROM claims)"
        )
        inside = f"{like(root.rstrip('/'))}/%"
        return sorted(row[0] for row in self._rows.execute(query, (root, inside)))

    def put_source(self, origin: str, digest: str, article_ids: Sequence[str]) -> None:
        """Remember that a source was read to its end."""
        with self.transaction() as rows:
            put_source(rows, ReadSource(origin, digest, article_ids))

    def forget_source(self, origin: str) -> None:
        """Forget a source that is gone, and that it ever failed."""
        with self.transaction() as rows:
            for table in ("claims", "sources", "failures"):
                rows.execute(f"DELETE FROM {table} WHERE origin = ?", (origin,))

    def known_as(self, identity: str) -> str:
        """The id that an article has kept, where it moved from elsewhere; else `identity`."""
        row = self._rows.execute("SELECT article_id FROM moves WHERE identity = ?", (identity,))
        found = row.fetchone()
        return found[0] if found else identity

    def failures(self) -> list[Failure]:
        """What could not be used when it was last read, by origin."""
        query = "SELECT origin, reason FROM failures ORDER BY origin, rowid"
        return [Failure(*row) for row in self._rows.execute(query)]

    def put_failures(self, origin: str, reasons: Sequence[str], at: datetime | None = None) -> None:
        """Remember why a source could not be used, in place of what was remembered of it."""
        with self.transaction() as rows:
            put_failures(rows, origin, reasons, at)

    def pending(self) -> set[str]:
        """Passages whose writing began and was not seen to end."""
        return {row[0] for row in self._rows.execute("SELECT passage_id FROM pending")}

    def set_pending(self, passage_ids: Iterable[str]) -> None:
        """Replace the set of pending passages; empty when all is well."""
        with self.transaction() as rows:
            rows.execute("DELETE FROM pending")
            rows.executemany("INSERT INTO pending VALUES (?)", [(p,) for p in passage_ids])


def put_source(rows: sqlite3.Connection, source: ReadSource) -> None:
    """Remember what a source holds now, and which articles it has no longer."""
    rows.execute(
        "INSERT OR REPLACE INTO sources VALUES (?, ?, ?)",
        (source.origin, source.digest, source.content),
    )
    rows.execute(
        "INSERT OR REPLACE INTO dropped SELECT article_id, origin FROM claims WHERE origin = ?",
        (source.origin,),
    )
    rows.execute("DELETE FROM claims WHERE origin = ?", (source.origin,))
    rows.executemany(
        "INSERT OR IGNORE INTO claims VALUES (?, ?)",
        ((article_id, source.origin) for article_id in source.article_ids),
    )
    rows.execute(
        "DELETE FROM dropped WHERE origin = ?1 "
        "AND article_id IN (SELECT article_id FROM claims WHERE origin = ?1)",
        (source.origin,),
    )
    put_failures(rows, source.origin, source.problems, None)


def put_failures(
    rows: sqlite3.Connection, origin: str, reasons: Sequence[str], at: datetime | None
) -> None:
    """See `Ledger.put_failures`."""
    rows.execute("DELETE FROM failures WHERE origin = ?", (origin,))
    rows.executemany(
        "INSERT INTO failures VALUES (?, ?, ?)", [(origin, reason, iso(at)) for reason in reasons]
    )


def put_move(rows: sqlite3.Connection, move: Move) -> None:
    """Let an article keep its id at its new place."""
    rows.execute("INSERT OR REPLACE INTO moves VALUES (?, ?)", (move.identity, move.article_id))
    rows.execute("UPDATE articles SET origin = ? WHERE id = ?", (move.origin, move.article_id))
    rows.execute(
        f"DELETE FROM claims WHERE article_id = ? AND origin IN ({marks(move.left)})",
        (move.article_id, *move.left),
    )
