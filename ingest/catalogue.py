"""The catalogue: articles, their versions and passages in SQLite. It is the source of truth.

The two search indexes (vectors, words) are written before it and reconciled with it: what is not
in the catalogue does not exist. `pending` names the passages whose writing had begun, so that a
killed ingest can be cleaned up.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from ingest.types import Article, Passage

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, build TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, authors TEXT NOT NULL, published TEXT, modified TEXT, fetched TEXT,
    language TEXT NOT NULL, version INTEGER NOT NULL, duplicate_of TEXT, extra TEXT NOT NULL,
    origin TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS articles_url ON articles (url);
CREATE INDEX IF NOT EXISTS articles_scope ON articles (published, source, language, id);
CREATE INDEX IF NOT EXISTS articles_origin ON articles (origin);
CREATE TABLE IF NOT EXISTS versions (
    article_id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    fetched TEXT, PRIMARY KEY (article_id, version));
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id, ordinal);
CREATE TABLE IF NOT EXISTS sources (
    origin TEXT PRIMARY KEY, digest TEXT NOT NULL, articles TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pending (passage_id TEXT PRIMARY KEY);
"""
ARTICLE_COLUMNS = (
    "id, text, title, source, url, authors, published, modified, fetched, language, version, "
    "duplicate_of, extra"
)


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


class Catalogue:
    """One SQLite file in WAL mode; safe to use from several threads and to read beside a writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        with self.transaction() as rows:
            for statement in SCHEMA.split(";"):
                rows.execute(statement)

    def close(self) -> None:
        """Close every thread's connection."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the writes inside happen, or none."""
        rows = self._rows
        rows.execute("BEGIN IMMEDIATE")
        try:
            yield rows
        except BaseException:
            rows.execute("ROLLBACK")
            raise
        rows.execute("COMMIT")

    @property
    def _rows(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self._path, isolation_level=None, timeout=30, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
            self._opened.append(connection)
        return connection

    def get_meta(self, key: str) -> str | None:
        """A library-wide value, such as the embedding model's name."""
        row = self._rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Set a library-wide value."""
        with self.transaction() as rows:
            rows.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def count_articles(self) -> int:
        """How many articles there are."""
        return int(self._rows.execute("SELECT count(*) FROM articles").fetchone()[0])

    def count_passages(self) -> int:
        """How many passages there are."""
        return int(self._rows.execute("SELECT count(*) FROM passages").fetchone()[0])

    def fingerprint(self) -> str:
        """16 hex digits that change whenever any article changes, comes or goes."""
        digest = hashlib.sha256()
        for row in self._rows.execute("SELECT id, build FROM articles ORDER BY id"):
            digest.update(f"{row[0]}:{row[1]};".encode())
        return digest.hexdigest()[:16]

    def outlets(self) -> list[str]:
        """The outlets of all articles, in alphabetical order."""
        query = "SELECT DISTINCT source FROM articles WHERE source <> '' ORDER BY source"
        return [row[0] for row in self._rows.execute(query)]

    def languages(self) -> list[str]:
        """The languages of all articles, in alphabetical order."""
        query = "SELECT DISTINCT language FROM articles WHERE language <> '' ORDER BY language"
        return [row[0] for row in self._rows.execute(query)]

    def article_ids(
        self,
        *,
        sources: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        language: str = "",
    ) -> set[str]:
        """Ids of the articles of these outlets (case aside), published in these days.

        Undated articles are left out as soon as a day is given. Answered from an index alone.
        """
        where, values = ["1"], list[str]()
        if sources:
            where.append(f"lower(source) IN ({_marks(sources)})")
            values += [source.lower() for source in sources]
        for day, sign in ((since, ">="), (until, "<=")):
            if day is not None:
                where.append(f"published {sign} ?")
                values.append(day.isoformat())
        if language:
            where.append("lower(language) = ?")
            values.append(language.lower())
        query = f"SELECT id FROM articles WHERE {' AND '.join(where)}"
        return {row[0] for row in self._rows.execute(query, values)}

    def articles(self) -> Iterator[Article]:
        """Every article, newest first, undated ones last, then by title."""
        order = "ORDER BY published IS NULL, published DESC, title"
        for row in self._rows.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles {order}"):
            yield _article(row)

    def article(self, article_id: str) -> Article | None:
        """The article with this id."""
        row = self._rows.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return _article(row) if row else None

    def find(self, reference: str) -> Article | None:
        """The article with this id or URL, or read from a file of this name or path."""
        row = self._rows.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ? OR url = ? OR origin = ? "
            "OR origin LIKE ? ESCAPE '\\' ORDER BY id = ? DESC, url = ? DESC LIMIT 1",
            (reference, reference, reference, f"%/{_like(reference)}", reference, reference),
        ).fetchone()
        return _article(row) if row else None

    def build_of(self, article_id: str) -> str | None:
        """The build (digest of content and settings) that the library holds of an article."""
        row = self._rows.execute("SELECT build FROM articles WHERE id = ?", (article_id,))
        found = row.fetchone()
        return found[0] if found else None

    def passage_ids(self, article_ids: Iterable[str] | None = None) -> set[str]:
        """Ids of all passages, or of those of some articles."""
        if article_ids is None:
            return {row[0] for row in self._rows.execute("SELECT id FROM passages")}
        wanted = list(article_ids)
        query = f"SELECT id FROM passages WHERE article_id IN ({_marks(wanted)})"
        return {row[0] for row in self._rows.execute(query, wanted)}

    def passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Article]]:
        """The passages with these ids, each with its article; unknown ids are left out."""
        query = (
            "SELECT id, article_id, ordinal, start, end FROM passages "
            f"WHERE id IN ({_marks(passage_ids)})"
        )
        rows = self._rows.execute(query, list(passage_ids)).fetchall()
        articles: dict[str, Article] = {}
        found: dict[str, tuple[Passage, Article]] = {}
        for identity, article_id, ordinal, start, end in rows:
            article = articles.get(article_id) or self.article(article_id)
            if article is None:
                continue
            articles[article_id] = article
            text = article.text[start:end]
            found[identity] = (Passage(identity, article_id, ordinal, text, start, end), article)
        return found

    def put(self, entries: Sequence[Stored]) -> None:
        """Store articles and their passages in place of what was there: all of them, or none."""
        with self.transaction() as rows:
            for entry in entries:
                _put(rows, entry)

    def delete(self, article_id: str) -> None:
        """Forget an article, its versions, and that its source was ever read."""
        with self.transaction() as rows:
            for table, column in (("articles", "id"), ("versions", "article_id")):
                rows.execute(f"DELETE FROM {table} WHERE {column} = ?", (article_id,))
            rows.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
            rows.execute("DELETE FROM sources WHERE articles LIKE ?", (f'%"{article_id}"%',))

    def versions(self, article_id: str) -> list[tuple[int, str]]:
        """All texts that an article has had: `(version, text)`, oldest first."""
        query = "SELECT version, text FROM versions WHERE article_id = ? ORDER BY version"
        return self._rows.execute(query, (article_id,)).fetchall()

    def source(self, origin: str) -> tuple[str, list[str]] | None:
        """Digest of a source when it was last read, and the ids of its articles."""
        row = self._rows.execute(
            "SELECT digest, articles FROM sources WHERE origin = ?", (origin,)
        ).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def put_source(self, origin: str, digest: str, article_ids: Sequence[str]) -> None:
        """Remember that a source was read to its end."""
        with self.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?)",
                (origin, digest, json.dumps(list(article_ids))),
            )

    def pending(self) -> set[str]:
        """Passages whose writing began and was not seen to end."""
        return {row[0] for row in self._rows.execute("SELECT passage_id FROM pending")}

    def set_pending(self, passage_ids: Iterable[str]) -> None:
        """Replace the set of pending passages; empty when all is well."""
        with self.transaction() as rows:
            rows.execute("DELETE FROM pending")
            rows.executemany("INSERT INTO pending VALUES (?)", [(p,) for p in passage_ids])


def _put(rows: sqlite3.Connection, entry: Stored) -> None:
    article = entry.article
    values = (*_values(article), entry.build, entry.origin)
    rows.execute(
        f"INSERT OR REPLACE INTO articles ({ARTICLE_COLUMNS}, build, origin) "
        f"VALUES ({_marks(values)})",
        values,
    )
    rows.execute(
        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)",
        (article.id, article.version, article.title, article.text, _iso(article.fetched)),
    )
    rows.execute("DELETE FROM passages WHERE article_id = ?", (article.id,))
    rows.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(p.id, p.article_id, p.ordinal, p.start, p.end) for p in entry.passages],
    )


def _values(article: Article) -> tuple[Any, ...]:
    return (
        article.id, article.text, article.title, article.source, article.url,
        json.dumps(article.authors), _iso(article.published), _iso(article.modified),
        _iso(article.fetched), article.language, article.version, article.duplicate_of,
        json.dumps(dict(article.extra)),
    )  # fmt: skip


def _article(row: Sequence[Any]) -> Article:
    fields = dict(zip(ARTICLE_COLUMNS.split(", "), row, strict=True))
    fields["authors"] = tuple(json.loads(fields["authors"]))
    fields["extra"] = json.loads(fields["extra"])
    for day in ("published", "modified"):
        fields[day] = date.fromisoformat(fields[day]) if fields[day] else None
    fetched = fields["fetched"]
    fields["fetched"] = datetime.fromisoformat(fetched).astimezone(UTC) if fetched else None
    return Article(**fields)


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _like(reference: str) -> str:
    return reference.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
