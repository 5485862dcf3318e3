"""Articles as they were when an answer cited them, kept as long as an answer does."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache

from pydantic import TypeAdapter

from ingest.types import Article

SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, article TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sights (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (conversation, number, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sights_key ON sights (key);
"""
"""`sights` says which turns need which article; without one it is dropped."""


def seen_key(article: Article) -> str:
    """The key under which `article` is kept as it is now, whatever becomes of it."""
    return hashlib.sha256(_record(article).encode()).hexdigest()[:20]


def read_seen(record: str) -> Article:
    """The article that was kept in this row."""
    return _articles().validate_json(record)


def put_sights(
    rows: sqlite3.Connection, conversation: str, number: int, articles: Iterable[Article]
) -> None:
    """Keep what a turn shows, in place of what it showed before."""
    before = _keys(rows, conversation, number)
    rows.execute("DELETE FROM sights WHERE conversation = ? AND number = ?", (conversation, number))
    for article in articles:
        key = seen_key(article)
        rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, _record(article)))
        rows.execute("INSERT OR IGNORE INTO sights VALUES (?, ?, ?)", (conversation, number, key))
    _drop_unneeded(rows, before)


def forget_sights(rows: sqlite3.Connection, conversation: str) -> None:
    """Let go of what a conversation showed, where no other one shows it."""
    before = _keys(rows, conversation)
    rows.execute("DELETE FROM sights WHERE conversation = ?", (conversation,))
    _drop_unneeded(rows, before)


def adopt_sights(rows: sqlite3.Connection) -> None:
    """Take over a file that an older Byline wrote, which did not say which turn shows what."""
    if rows.execute("SELECT 1 FROM sights LIMIT 1").fetchone():
        return
    rows.execute(
        "INSERT OR IGNORE INTO sights SELECT conversation, number, json_each.value "
        "FROM turns, json_each(turns.record, '$.seen')"
    )
    rows.execute("DELETE FROM seen WHERE key NOT IN (SELECT key FROM sights)")


def _keys(rows: sqlite3.Connection, conversation: str, number: int | None = None) -> Sequence[str]:
    query, values = "SELECT key FROM sights WHERE conversation = ?", [conversation]
    found = rows.execute(f"{query} AND number = {number:d}" if number else query, values)
    return [row[0] for row in found]


def _drop_unneeded(rows: sqlite3.Connection, keys: Sequence[str]) -> None:
    rows.executemany(
        "DELETE FROM seen WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM sights WHERE key = ?1)",
        [(key,) for key in keys],
    )


def _record(article: Article) -> str:
    return json.dumps(article.to_dict(), ensure_ascii=False)


@cache
def _articles() -> TypeAdapter[Article]:
    return TypeAdapter(Article)
