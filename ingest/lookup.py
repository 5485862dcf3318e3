"""What the catalogue knows: articles, their passages, versions and copies."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ingest.rows import ARTICLE_COLUMNS, from_row, like, marks
from ingest.shelves import Shelves
from ingest.types import Article, Passage
from ingest.versions import Version, with_changes

MOST_MARKS = 10_000
"""Values in one statement; SQLite takes no more than 32,766."""


class Lookup(Shelves):
    """Everything that can be asked of a catalogue."""

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
        collections: Sequence[str] = (),
    ) -> set[str]:
        """Ids of the articles of these outlets and collections (case aside), published in these
        days.

        Undated articles are left out as soon as a day is given. Answered from an index alone.
        """
        where, values = ["1"], list[str]()
        if sources:
            outlets = spelled(sources, self.outlets())
            where.append(f"source IN ({marks(outlets)})")
            values += outlets
        for day, sign in ((since, ">="), (until, "<=")):
            if day is not None:
                where.append(f"published {sign} ?")
                values.append(day.isoformat())
        if language:
            where.append("lower(language) = ?")
            values.append(language.lower())
        if collections:
            names = spelled(collections, self.collections())
            named = f"name IN ({marks(names)})"
            where.append(f"id IN (SELECT article_id FROM collections WHERE {named})")
            values += names
        query = f"SELECT id FROM articles WHERE {' AND '.join(where)}"
        return {row[0] for row in self._rows.execute(query, values)}

    def articles(self) -> Iterator[Article]:
        """Every article, newest first, undated ones last, then by title."""
        order = "ORDER BY published IS NULL, published DESC, title"
        for row in self._rows.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles {order}"):
            yield from_row(row)

    def article(self, article_id: str) -> Article | None:
        """The article with this id."""
        row = self._rows.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return from_row(row) if row else None

    def texts(self) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
        """Of every article its id, its text, and where its passages start and end."""
        for identity, text in self._rows.execute("SELECT id, text FROM articles"):
            spans = self._rows.execute(
                "SELECT start, end FROM passages WHERE article_id = ?", (identity,)
            )
            yield identity, text, spans.fetchall()

    def find(self, reference: str) -> Article | None:
        """The article with this id or URL, or read from a file of this name or path."""
        row = self._rows.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ? OR url = ? OR origin = ? "
            "OR origin LIKE ? ESCAPE '\\' ORDER BY id = ? DESC, url = ? DESC LIMIT 1",
            (reference, reference, reference, f"%/{like(reference)}", reference, reference),
        ).fetchone()
        return from_row(row) if row else None

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
        query = f"SELECT id FROM passages WHERE article_id IN ({marks(wanted)})"
        return {row[0] for row in self._rows.execute(query, wanted)}

    def articles_of(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """The article id of each of these passages; unknown ids are left out."""
        found: dict[str, str] = {}
        for at in range(0, len(passage_ids), MOST_MARKS):
            some = passage_ids[at : at + MOST_MARKS]
            query = f"SELECT id, article_id FROM passages WHERE id IN ({marks(some)})"
            found.update(self._rows.execute(query, list(some)).fetchall())
        return found

    def passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Article]]:
        """The passages with these ids, each with its article; unknown ids are left out."""
        query = (
            "SELECT id, article_id, ordinal, start, end FROM passages "
            f"WHERE id IN ({marks(passage_ids)})"
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

    def cluster(self, article_id: str) -> list[Article]:
        """The article and its copies, the one that the others repeat first.

        Just the article where it has none; nothing for an id that is not known.
        """
        article = self.article(article_id)
        if article is None:
            return []
        first = article.duplicate_of or article.id
        found = self._rows.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?1 OR duplicate_of = ?1 "
            "ORDER BY duplicate_of IS NOT NULL, published IS NULL, published, seen",
            (first,),
        )
        return [from_row(row) for row in found]

    def clusters(self) -> list[list[str]]:
        """Ids of all articles that have copies, a list for each cluster, the first one first."""
        found: dict[str, list[str]] = {}
        for first, copy in self._rows.execute(
            "SELECT duplicate_of, id FROM articles WHERE duplicate_of IS NOT NULL "
            "ORDER BY duplicate_of, published IS NULL, published, seen"
        ):
            found.setdefault(first, [first]).append(copy)
        return list(found.values())

    def versions(self, article_id: str) -> list[tuple[int, str]]:
        """All texts that an article has had: `(version, text)`, oldest first."""
        query = "SELECT version, text FROM versions WHERE article_id = ? ORDER BY version"
        return self._rows.execute(query, (article_id,)).fetchall()

    def history(self, article_id: str) -> list[Version]:
        """All versions of an article, oldest first, each with what it changed."""
        query = (
            "SELECT version, title, text, fetched, modified FROM versions "
            "WHERE article_id = ? ORDER BY version"
        )
        found = [Version.of(row) for row in self._rows.execute(query, (article_id,))]
        return with_changes(found)

    def with_text(self, words: str) -> list[tuple[str, str, str]]:
        """`(id, url, origin)` of the articles with this digest of words, the first seen first."""
        query = "SELECT id, url, origin FROM articles WHERE words = ? ORDER BY seen"
        return self._rows.execute(query, (words,)).fetchall()


def spelled(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """Those of the `known` names that are among `names`, case aside (SQLite folds ASCII alone)."""
    wanted = {name.lower() for name in names}
    return [name for name in known if name.lower() in wanted]
