"""Copies: articles that print the same text, whole or nearly, form a cluster.

In each cluster one text leads: the earliest published, then first seen. Every other text is a near
copy of its leader, and no two leaders are near copies of each other. Only leaders stand in the
index of bands, so that ten thousand reprints cost no more to find than one. Clusters that grow
from pair to pair were not taken: a round-up of ten stories would make one of all ten.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from ingest.rows import marks
from ingest.sketch import Shingles, bands, shared, shingles

MEETINGS = 40
"""Leaders looked at in one band; texts filled into one form crowd some bands."""
COMPARED = 12
"""Leaders that a text is compared with whole, those that it shares most bands with."""

Key = tuple[str, int]
"""When a text was first published, then when it was first seen: the order of leading."""
UNDATED = "9999"
EARLIEST = "WHERE words = ? ORDER BY published IS NULL, published, seen LIMIT 1"


class Copies:
    """The clusters, within one transaction of the catalogue. Call `settle` at its end."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        self._shingles: dict[str, Shingles] = {}
        self._bands: dict[str, list[int]] = {}
        self._new: dict[int, list[str]] = {}
        """Leaders by band that are not yet in the index, for `settle` to write in its order: 64
        rows an article, each on another page of it, would be most of what an ingest writes."""
        self._added: dict[str, str] = {}
        self._touched: set[str] = set()
        """Leaders whose articles must all be told anew what they repeat."""

    def add(self, article_id: str, words: str) -> None:
        """An article with this digest of words has been stored (see `sketch.word_digest`)."""
        self._added[article_id] = words
        leader = self._leader(words)
        if leader is None:
            self._place(words)
        elif leader != words and self._key(words) < self._key(leader):
            self._place_again(words, [words])

    def drop(self, article_id: str) -> None:
        """An article is about to be deleted or replaced."""
        row = self._rows.execute("SELECT words FROM articles WHERE id = ?", (article_id,))
        words = (row.fetchone() or ("",))[0]
        leader = self._leader(words) if words else None
        if leader is None:
            return
        before = self._key(words)
        self._bands_of(words)  # while its text can still be read
        self._rows.execute("UPDATE articles SET words = '' WHERE id = ?", (article_id,))
        others = self._rows.execute("SELECT 1 FROM articles WHERE words = ?", (words,)).fetchone()
        if leader == words and (not others or self._key(words) != before):
            members = self._led_by(words)
            self._place_again(words, [text for text in members if others or text != words])
        elif not others:
            self._rows.execute("DELETE FROM texts WHERE words = ?", (words,))
        self._touched.add(leader)

    def settle(self) -> None:
        """Write the index, and say of each article of the clusters that changed which article it
        repeats."""
        self._rows.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)",
            sorted((band, words) for band, leaders in self._new.items() for words in leaders),
        )
        self._new.clear()
        for article_id, words in self._added.items():
            leader = self._leader(words)
            if leader is None:  # dropped again
                continue
            first = self._first(leader)
            if first == article_id:
                self._touched.add(leader)
            else:
                self._rows.execute(
                    "UPDATE articles SET duplicate_of = ? WHERE id = ?", (first, article_id)
                )
        for leader in self._touched:
            self._rows.execute(
                "UPDATE articles SET duplicate_of = nullif(?1, id) "
                "WHERE words IN (SELECT words FROM texts WHERE leader = ?2) "
                "AND duplicate_of IS NOT nullif(?1, id)",
                (self._first(leader), leader),
            )
        self._added.clear()
        self._touched.clear()

    def _place(self, words: str) -> str:
        """Let a text join the earlier leader that it shares most with, or lead; who leads it."""
        alike = self._similar(words)
        key = self._key(words)
        earlier = [leader for leader in alike if self._key(leader) < key]
        if earlier:
            leader = max(earlier, key=lambda one: (alike[one], one))
            self._rows.execute("INSERT INTO texts VALUES (?, ?)", (words, leader))
            return leader
        self._rows.execute("INSERT INTO texts VALUES (?, ?)", (words, words))
        for band in self._bands_of(words):
            self._new.setdefault(band, []).append(words)
        for later in alike:
            if self._leader(later) == later:
                self._place_again(later, self._led_by(later))
        return words

    def _place_again(self, leader: str, texts: Sequence[str]) -> None:
        """Take `leader` and `texts` out of their clusters, then let `texts` find new ones."""
        self._rows.executemany(
            "DELETE FROM bands WHERE band = ? AND words = ?",
            [(band, leader) for band in self._bands_of(leader)],
        )
        for band in self._bands_of(leader):
            if leader in self._new.get(band, ()):
                self._new[band].remove(leader)
        for words in {leader, *texts}:
            self._rows.execute("DELETE FROM texts WHERE words = ?", (words,))
        for words in sorted(texts, key=self._key):
            self._touched.add(self._place(words))

    def _similar(self, words: str) -> dict[str, float]:
        """Leaders that a text is a near copy of, with what they share."""
        met = Counter(chain.from_iterable(map(self._leaders_in, self._met(self._bands_of(words)))))
        nearest = sorted(met, key=lambda leader: (-met[leader], leader))[:COMPARED]
        mine = self._shingles_of(words)
        alike = {leader: shared(mine, self._shingles_of(leader)) for leader in nearest}
        return {leader: share for leader, share in alike.items() if share}

    def _met(self, bands: Sequence[int]) -> Iterator[int]:
        """Which of `bands` any leader stands in; for most texts none, which one question tells."""
        stored = self._rows.execute(
            f"SELECT DISTINCT band FROM bands WHERE band IN ({marks(bands)})", bands
        )
        held = {row[0] for row in stored}
        return (band for band in bands if band in held or self._new.get(band))

    def _leaders_in(self, band: int) -> list[str]:
        """The first MEETINGS of the leaders that stand in a band, by name: however they came in."""
        stored = self._rows.execute(
            "SELECT words FROM bands WHERE band = ? ORDER BY words LIMIT ?", (band, MEETINGS)
        )
        return sorted([row[0] for row in stored] + self._new.get(band, []))[:MEETINGS]

    def _leader(self, words: str) -> str | None:
        row = self._rows.execute("SELECT leader FROM texts WHERE words = ?", (words,)).fetchone()
        return row[0] if row else None

    def _first(self, leader: str) -> str | None:
        """The article that a cluster repeats: the first one with its leader's text."""
        row = self._rows.execute(f"SELECT id FROM articles {EARLIEST}", (leader,)).fetchone()
        return row[0] if row else None

    def _led_by(self, leader: str) -> list[str]:
        found = self._rows.execute("SELECT words FROM texts WHERE leader = ?", (leader,))
        return [row[0] for row in found]

    def _key(self, words: str) -> Key:
        row = self._rows.execute(
            f"SELECT published, seen FROM articles {EARLIEST}", (words,)
        ).fetchone()
        return (row[0] or UNDATED, row[1]) if row else (UNDATED, 0)

    def _shingles_of(self, words: str) -> Shingles:
        if words not in self._shingles:
            row = self._rows.execute("SELECT text FROM articles WHERE words = ? LIMIT 1", (words,))
            self._shingles[words] = shingles(row.fetchone()[0])
        return self._shingles[words]

    def _bands_of(self, words: str) -> list[int]:
        if words not in self._bands:
            self._bands[words] = bands(self._shingles_of(words))
        return self._bands[words]
