"""The catalogue: articles, their versions and passages in SQLite. It is the source of truth.

The two search indexes (vectors, words) are written before it and reconciled with it: what is not
in the catalogue does not exist. `pending` names the passages whose writing had begun, so that a
killed ingest can be cleaned up.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from ingest.copies import Copies
from ingest.ledger import Move, ReadSource, put_move, put_source
from ingest.lookup import Lookup
from ingest.rows import ARTICLE_COLUMNS, iso, marks, to_row
from ingest.sketch import word_digest
from ingest.types import Article, Passage

NEXT_SEEN = "SELECT coalesce(max(seen), 0) + 1 FROM articles"


class Stored(Protocol):
    """What the catalogue keeps of one article."""

    @property
    def article(self) -> Article:
        """The article itself."""

    @property
    def build(self) -> str:
        """Digest of its content and of the settings that shaped its passages."""

    @property
    def origin(self) -> str:
        """Where it was read from."""

    @property
    def passages(self) -> Sequence[Passage]:
        """Its passages in order."""


class Catalogue(Lookup):
    """Articles, their passages, versions and copies, and the ledger of what was read."""

    def put(
        self,
        entries: Sequence[Stored],
        sources: Sequence[ReadSource] = (),
        moves: Sequence[Move] = (),
    ) -> None:
        """Store articles and their passages in place of what was there, and what has been read to
        its end: all of it, or nothing."""
        with self.transaction() as rows:
            copies = Copies(rows)
            for entry in entries:
                _put(rows, entry, copies)
            copies.settle()
            for move in moves:
                put_move(rows, move)
            for source in sources:
                put_source(rows, source)

    def delete(self, article_id: str) -> None:
        """Forget an article and its versions; its source counts as not read."""
        with self.transaction() as rows:
            copies = Copies(rows)
            copies.drop(article_id)
            for table, column in (("articles", "id"), ("versions", "article_id")):
                rows.execute(f"DELETE FROM {table} WHERE {column} = ?", (article_id,))
            rows.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
            claimed = "origin IN (SELECT origin FROM claims WHERE article_id = ?)"
            rows.execute(f"UPDATE sources SET digest = '' WHERE {claimed}", (article_id,))
            for table in ("claims", "dropped", "moves", "collections"):
                rows.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
            copies.settle()

    def adopt(self) -> int:
        """Find the copies among articles that an older Byline has stored; how many those are."""
        query = "SELECT id, text FROM articles WHERE words = '' ORDER BY seen LIMIT 500"
        adopted = 0
        while some := self._rows.execute(query).fetchall():
            with self.transaction() as rows:
                copies = Copies(rows)
                for article_id, text in some:
                    words = word_digest(text)
                    rows.execute("UPDATE articles SET words = ? WHERE id = ?", (words, article_id))
                    copies.add(article_id, words)
                copies.settle()
            adopted += len(some)
        return adopted


def _put(rows: sqlite3.Connection, entry: Stored, copies: Copies) -> None:
    article, words = entry.article, word_digest(entry.article.text)
    before = rows.execute(
        "SELECT words, published, seen, duplicate_of FROM articles WHERE id = ?", (article.id,)
    ).fetchone()
    moved = before is None or before[:2] != (words, iso(article.published))
    if before and moved:
        copies.drop(article.id)
    article = replace(article, duplicate_of=before[3] if before and not moved else None)
    seen = before[2] if before else rows.execute(NEXT_SEEN).fetchone()[0]
    values = (*to_row(article), entry.build, entry.origin, words, seen)
    rows.execute(
        f"INSERT OR REPLACE INTO articles ({ARTICLE_COLUMNS}, build, origin, words, seen) "
        f"VALUES ({marks(values)})",
        values,
    )
    version = (article.id, article.version, article.title, article.text)
    rows.execute(
        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?)",
        (*version, iso(article.fetched), iso(article.modified)),
    )
    rows.execute("DELETE FROM passages WHERE article_id = ?", (article.id,))
    rows.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(p.id, p.article_id, p.ordinal, p.start, p.end) for p in entry.passages],
    )
    if moved:
        copies.add(article.id, words)
