"""The tables of the catalogue, and how an older library comes to them."""

import sqlite3

from ingest.errors import UserError

FORMAT = 5
"""Raise it when the tables change, and add to `_MIGRATIONS` what an older library needs."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, build TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, authors TEXT NOT NULL, published TEXT, modified TEXT, fetched TEXT,
    language TEXT NOT NULL, version INTEGER NOT NULL, duplicate_of TEXT, extra TEXT NOT NULL,
    origin TEXT NOT NULL, text TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '', seen INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS articles_url ON articles (url);
CREATE INDEX IF NOT EXISTS articles_scope ON articles (published, source, language, id);
CREATE INDEX IF NOT EXISTS articles_origin ON articles (origin);
CREATE INDEX IF NOT EXISTS articles_words ON articles (words, published, seen);
CREATE INDEX IF NOT EXISTS articles_seen ON articles (seen);
CREATE INDEX IF NOT EXISTS articles_copies ON articles (duplicate_of);
CREATE TABLE IF NOT EXISTS versions (
    article_id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    fetched TEXT, modified TEXT, PRIMARY KEY (article_id, version));
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id, ordinal);
CREATE TABLE IF NOT EXISTS sources (
    origin TEXT PRIMARY KEY, digest TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS claims (
    article_id TEXT NOT NULL, origin TEXT NOT NULL, UNIQUE (article_id, origin));
CREATE INDEX IF NOT EXISTS claims_origin ON claims (origin);
CREATE TABLE IF NOT EXISTS dropped (
    article_id TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (article_id, origin));
CREATE TABLE IF NOT EXISTS collections (
    article_id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (article_id, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moves (identity TEXT PRIMARY KEY, article_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (origin TEXT NOT NULL, reason TEXT NOT NULL, at TEXT);
CREATE INDEX IF NOT EXISTS failures_origin ON failures (origin);
CREATE TABLE IF NOT EXISTS pending (passage_id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS texts (words TEXT PRIMARY KEY, leader TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS texts_leader ON texts (leader);
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (band, words)) WITHOUT ROWID;
"""

_MIGRATIONS = {
    1: (
        "ALTER TABLE articles ADD COLUMN words TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN seen INTEGER NOT NULL DEFAULT 0",
        "UPDATE articles SET seen = rowid",
    ),
    2: (
        "ALTER TABLE versions ADD COLUMN modified TEXT",
        "CREATE TABLE claims (article_id TEXT NOT NULL, origin TEXT NOT NULL, "
        "UNIQUE (article_id, origin))",
        "INSERT OR IGNORE INTO claims SELECT json_each.value, origin "
        "FROM sources, json_each(sources.articles)",
        "ALTER TABLE sources RENAME COLUMN articles TO content",
        "UPDATE sources SET content = ''",
    ),
    3: (),
    4: (),  # vectors may be in several collections, which an older Byline would not look into
}
"""What brings a library of this format to the next, before `SCHEMA` adds what is missing."""


def prepare(rows: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an older Byline up to date, inside a transaction.

    Raises UserError for a library that a newer Byline has written.
    """
    held = format_of(rows)
    if held > FORMAT:
        raise UserError(
            f"this library was written by a newer Byline (format {held}, this one knows {FORMAT}): "
            "upgrade Byline, or name another --library; nothing was changed"
        )
    if held == FORMAT:
        return
    for step in range(held or FORMAT, FORMAT):
        for statement in _MIGRATIONS[step]:
            rows.execute(statement)
    for statement in SCHEMA.split(";"):
        rows.execute(statement)
    rows.execute("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(FORMAT),))


def format_of(rows: sqlite3.Connection) -> int:
    """The format of the tables; 0 where there are none yet."""
    names = {row[0] for row in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "meta" not in names:
        return 0
    row = rows.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return int(row[0]) if row else 1
