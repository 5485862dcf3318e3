"""Plain text: front matter where there is some, else the first line is the title."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ingest.document import Document
from ingest.formats.article import Parsed, ParsedArticle
from ingest.formats.decode import decode
from ingest.formats.front import article_of, split_front
from ingest.formats.head import read_head
from ingest.formats.protocol import Format, Found, Reading

LONGEST_TITLE = 200
"""Characters."""
_STOPS = (".", ":", ";", ",", "…")


def read_text(document: Document, reading: Reading) -> Found:
    """One article."""
    meta, body = split_front(document, decode(document))
    yield from article_under(document, meta, body, "").found()


def article_under(document: Document, meta: Mapping[str, Any], body: str, heading: str) -> Parsed:
    """An article from its metadata and its body, whose title is, in this order: that of the
    metadata, `heading`, the first line, the file's name."""
    named = any(str(key).lower() in ("title", "headline") for key in meta)
    first, rest = ("", body) if named or heading else split_title(body)
    title = heading or first or PurePath(document.name).stem
    article, problems = article_of(document, meta, rest, title)
    return Parsed([headed(article)], problems)


def headed(article: ParsedArticle) -> ParsedArticle:
    """`article` with what the byline at its top says, where nothing else has said it."""
    top, rest = _below_title(article)
    head, below = read_head(rest)
    found = {"authors": head.authors, "published": head.published, "modified": head.modified}
    places = {
        name: "byline" for name, value in found.items() if value and not getattr(article, name)
    }
    return replace(
        article,
        text=f"{top}{below}",
        places={**article.places, **places},
        authors=article.authors or head.authors,
        published=article.published or head.published,
        modified=article.modified or head.modified,
    )


def _below_title(article: ParsedArticle) -> tuple[str, str]:
    first, newline, rest = article.text.lstrip().partition("\n")
    if newline and first.split() == article.title.split():
        return f"{first}\n\n", rest.lstrip("\n")
    return "", article.text


def is_title(line: str) -> bool:
    """Whether a line is short enough for a title and does not end as a sentence does."""
    return bool(line) and len(line) <= LONGEST_TITLE and not line.endswith(_STOPS)


def split_title(text: str) -> tuple[str, str]:
    """The title and the rest: the first line is a title when it is short, does not end as a
    sentence does, stands alone or above a byline, and more follows."""
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    if not is_title(title) or not rest.strip():
        return "", text
    alone = not rest.partition("\n")[0].strip() or read_head(rest)[1] != rest
    return (title, rest) if alone else ("", text)


TEXT = Format("text", (".txt", ".text"), read_text)
