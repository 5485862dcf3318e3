"""YAML front matter, as Markdown and text files carry it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ingest.errors import PermanentError
from ingest.formats.days import day_of
from ingest.parse import ParsedArticle, names
from ingest.sources import Document

ALIASES = {
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "site"),
    "url": ("url", "link", "canonical"),
    "published": ("published", "date", "published_at"),
    "modified": ("modified", "updated", "lastmod"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
}


def split_front(document: Document, text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the rest. Raises PermanentError for front matter that is not YAML."""
    import frontmatter
    import yaml

    try:
        post = frontmatter.loads(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        reason = getattr(error, "problem", None) or "cannot be read"
        raise PermanentError(f"{document.name}:{line}: front matter: {reason}") from None
    return dict(post.metadata), post.content


def article_of(
    document: Document, meta: Mapping[str, Any], text: str, title: str
) -> tuple[ParsedArticle, list[str]]:
    """An article from front matter and text, and what of the front matter could not be used."""
    left = dict(meta)
    found = {name: _take(left, aliases) for name, aliases in ALIASES.items()}
    problems = []
    days = {}
    for name in ("published", "modified"):
        try:
            days[name] = day_of(found[name])
        except PermanentError as error:
            problems.append(f"{document.name}: {name}: {error}")
    article = ParsedArticle(
        text=text,
        title=str(found["title"] or title),
        origin=document.origin,
        source=str(found["source"] or ""),
        url=str(found["url"] or ""),
        authors=names(found["authors"]) if found["authors"] else (),
        language=str(found["language"] or ""),
        extra={str(key): str(value) for key, value in left.items()},
    )
    dated = replace(article, published=days.get("published"), modified=days.get("modified"))
    return dated, problems


def _take(meta: dict[str, Any], aliases: tuple[str, ...]) -> Any:
    for name in aliases:
        for key in list(meta):
            if str(key).lower() == name:
                return meta.pop(key)
    return None
