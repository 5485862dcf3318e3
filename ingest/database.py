"""The catalogue's SQLite file: connections, transactions, and errors that say what to do."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import UserError
from ingest.schema import ALIKE, FORMAT, format_of, prepare, refuse_newer


class Database:
    """One SQLite file in WAL mode; safe to use from several threads and to read beside a writer.

    In a folder that cannot be written to it is opened for reading only.
    """

    def __init__(self, path: Path) -> None:
        """Make the tables where there are none. Raises sqlite3.Error, and UserError for a library
        that a newer Byline has written, or an older one where it cannot be written to."""
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        held = format_of(self._rows)
        refuse_newer(held)
        if held != FORMAT:
            self._bring_up_to_date(held)

    def close(self) -> None:
        """Close every thread's connection."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    def release(self) -> None:
        """Close the connection of the thread that calls, which is about to end."""
        connection = self._local.__dict__.pop("connection", None)
        if connection is not None:
            self._opened.remove(connection)
            connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the writes inside happen, or none."""
        rows = self._rows
        rows.execute("BEGIN IMMEDIATE")
        try:
            yield rows
            rows.execute("COMMIT")
        except BaseException:
            if rows.in_transaction:  # SQLite itself rolls back when the disk is full
                rows.execute("ROLLBACK")
            raise

    def snapshot(self, target: Path) -> None:
        """Write all that is committed to a new SQLite file, whoever else is writing."""
        copy = sqlite3.connect(target)
        try:
            self._rows.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()

    def _bring_up_to_date(self, held: int) -> None:
        try:
            with self.transaction() as rows:
                prepare(rows)
        except sqlite3.OperationalError as error:
            if not held or "readonly" not in str(error):
                raise
            if held < ALIKE:
                raise UserError(
                    f"{self._path.parent} was written by an older Byline and must be brought up to "
                    "date once, for which its folder must be writable"
                ) from None

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file, a line each."""
        try:
            found = [row[0] for row in self._rows.execute("PRAGMA quick_check(5)")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [line for line in found if line != "ok"]

    def get_meta(self, key: str) -> str | None:
        """A library-wide value, such as the embedding model's name."""
        row = self._rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Set a library-wide value."""
        with self.transaction() as rows:
            rows.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def _rows(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self._path)
            self._local.connection = connection
            self._opened.append(connection)
        return connection


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=30, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
    except sqlite3.OperationalError:
        if not path.is_file():
            raise
        return _reader(path)
    return connection


def _reader(path: Path) -> sqlite3.Connection:
    """For a folder that cannot be written to. Without a log beside it the file stands still."""
    still = "" if Path(f"{path}-wal").exists() else "&immutable=1"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro{still}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("SELECT count(*) FROM sqlite_master")
    return connection
