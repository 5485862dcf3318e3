"""Articles as rows of the catalogue, and back."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from ingest.types import Article

ARTICLE_COLUMNS = (
    "id, text, title, source, url, authors, published, modified, fetched, language, version, "
    "duplicate_of, extra"
)


def to_row(article: Article) -> tuple[Any, ...]:
    """The values of `ARTICLE_COLUMNS`."""
    return (
        article.id, article.text, article.title, article.source, article.url,
        json.dumps(article.authors), iso(article.published), iso(article.modified),
        iso(article.fetched), article.language, article.version, article.duplicate_of,
        json.dumps(dict(article.extra)),
    )  # fmt: skip


def from_row(row: Sequence[Any]) -> Article:
    """The article in the values of `ARTICLE_COLUMNS`."""
    fields = dict(zip(ARTICLE_COLUMNS.split(", "), row, strict=True))
    fields["authors"] = tuple(json.loads(fields["authors"]))
    fields["extra"] = json.loads(fields["extra"])
    for day in ("published", "modified"):
        fields[day] = date.fromisoformat(fields[day]) if fields[day] else None
    fields["fetched"] = moment(fields["fetched"])
    return Article(**fields)


def iso(value: date | datetime | None) -> str | None:
    """A day or a moment as it is stored."""
    return value.isoformat() if value else None


def moment(value: str | None) -> datetime | None:
    """A stored moment, in UTC."""
    return datetime.fromisoformat(value).astimezone(UTC) if value else None


def marks(values: Sequence[Any]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))


def like(reference: str) -> str:
    """`reference` with nothing in it that LIKE reads as a pattern."""
    return reference.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
