"""What earlier visits told, so that an unchanged page or feed is not sent again."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import UserError

SCHEMA = """
CREATE TABLE IF NOT EXISTS visits (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, digest TEXT NOT NULL,
    checked REAL NOT NULL, entries TEXT)
"""
Known = Callable[[str], str | None]
"""The digest under which the library holds a page, by its origin; None when it does not."""
Entries = list[tuple[str, dict[str, Any]]]
"""Addresses that a feed links to, each with what the feed says of it."""


class Visits:
    """One small file beside the library. What is lost with it is asked for again."""

    def __init__(self, path: Path | str, known: Known, now: Callable[[], float]) -> None:
        """`known` tells what is in the library: a page that is not, or no longer, or was read
        with other settings, is asked for whole. `now` gives seconds since 1970. Raises UserError
        where the file cannot be written."""
        self._known, self._now = known, now
        # Pages are read in one thread, and filed in another when it has ended.
        try:
            self._rows = sqlite3.connect(
                path, isolation_level=None, timeout=30, check_same_thread=False
            )
            self._rows.execute(SCHEMA)
        except sqlite3.OperationalError as error:
            raise UserError(
                f"{path} cannot be written to ({error}): change its permissions, or name another "
                "--library"
            ) from None
        self._seen: dict[str, tuple[str, str]] = {}

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def validators(self, url: str) -> dict[str, str]:
        """What to send so that only a changed page or feed is sent back."""
        row = self._rows.execute(
            "SELECT etag, modified, digest, entries FROM visits WHERE url = ?", (url,)
        ).fetchone()
        if row is None or (row[3] is None and row[2] != self._known(url)):
            return {}
        return {n: v for n, v in (("etag", row[0]), ("last-modified", row[1])) if v}

    def is_due(self, url: str, every: float) -> bool:
        """Whether a page was last asked for `every` seconds ago or more, or never."""
        row = self._rows.execute("SELECT checked FROM visits WHERE url = ?", (url,)).fetchone()
        return row is None or self._now() - float(row[0]) >= every

    def saw(self, url: str, headers: Mapping[str, str]) -> None:
        """Note a page that was sent; `keep` files it once the library holds it, or not."""
        self._seen[url] = (headers.get("etag", ""), headers.get("last-modified", ""))

    def refused(self, url: str) -> None:
        """Note a page that will not be sent."""
        self._seen[url] = ("", "")

    def unchanged(self, url: str) -> None:
        """Note that a page is as it was."""
        self._rows.execute("UPDATE visits SET checked = ? WHERE url = ?", (self._now(), url))

    def saw_feed(self, url: str, headers: Mapping[str, str], entries: Entries) -> None:
        """File a feed with its entries: they are wanted also when it is not sent again."""
        row = (url, headers.get("etag", ""), headers.get("last-modified", ""), "", self._now())
        self._rows.execute(
            "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)", (*row, json.dumps(entries))
        )

    def feed(self, url: str) -> Entries:
        """The entries of a feed when it was last sent."""
        query = "SELECT entries FROM visits WHERE url = ?"
        row = self._rows.execute(query, (url,)).fetchone()
        links = json.loads(row[0]) if row and row[0] else []
        return [(address, hints) for address, hints in links]

    def keep(self) -> None:
        """File what was noted of pages, each with what the library holds of it now."""
        rows = [
            (url, etag, modified, self._known(url) or "", self._now(), None)
            for url, (etag, modified) in self._seen.items()
        ]
        self._rows.executemany("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._seen.clear()
