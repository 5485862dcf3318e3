"""Collections: names that people give to groups of articles, so that a group can be asked alone.

They are no part of an article: a new version of it stays in its collections, and putting it into
one makes no version and embeds nothing.
"""

from collections.abc import Iterable, Sequence

from ingest.errors import UserError
from ingest.ledger import Ledger

NAME_CHARS = 80
"""The longest name of a collection."""


class Shelves(Ledger):
    """Which articles belong to which collections; an article may be in several, or in none."""

    def collections(self) -> list[str]:
        """The names of all collections, in alphabetical order."""
        query = "SELECT DISTINCT name FROM collections ORDER BY name COLLATE NOCASE"
        return [row[0] for row in self._rows.execute(query)]

    def collections_by_article(self) -> dict[str, list[str]]:
        """The collections of each article that is in any, in alphabetical order."""
        found: dict[str, list[str]] = {}
        query = "SELECT article_id, name FROM collections ORDER BY name COLLATE NOCASE"
        for article_id, name in self._rows.execute(query):
            found.setdefault(article_id, []).append(name)
        return found

    def set_collections(self, article_id: str, names: Sequence[str]) -> None:
        """Let an article be in these collections and no others. Raises UserError for no name."""
        # Of two spellings the first one counts.
        wanted = {name.lower(): name for name in map(self._named, reversed(names))}.values()
        with self.transaction() as rows:
            rows.execute("DELETE FROM collections WHERE article_id = ?", (article_id,))
            values = [(article_id, name) for name in wanted]
            rows.executemany("INSERT OR IGNORE INTO collections VALUES (?, ?)", values)

    def collect(self, origins: Iterable[str], name: str) -> None:
        """Put every article that was read from one of these sources into a collection, too."""
        wanted = self._named(name)
        with self.transaction() as rows:
            rows.executemany(
                "INSERT OR IGNORE INTO collections "
                "SELECT claims.article_id, ? FROM claims JOIN articles ON id = article_id "
                "WHERE claims.origin = ?",
                [(wanted, origin) for origin in origins],
            )

    def _named(self, name: str) -> str:
        """`name` as it is kept: as the collection of that name, case aside, is written already."""
        wanted = checked_name(name)
        known = {kept.lower(): kept for kept in self.collections()}
        return known.get(wanted.lower(), wanted)


def checked_name(name: str) -> str:
    """`name` on one line, without blanks around it. Raises UserError where nothing is left."""
    line = " ".join(name.split())
    if not line or len(line) > NAME_CHARS:
        raise UserError(f"a collection's name has 1 to {NAME_CHARS} characters")
    return line
