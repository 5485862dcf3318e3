"""Metadata as front matter and JSONL records name it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import ParsedArticle, language_code, names, plain, web_address
from ingest.formats.days import day_of

ALIASES = {
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "site"),
    "url": ("url", "link", "canonical"),
    "published": ("published", "date", "published_at"),
    "modified": ("modified", "updated", "lastmod"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
}
_PLACES = {
    "text": "front matter", "markdown": "front matter", "html": "package", "eml": "mail header",
    "jsonl": "record", "csv": "record", "parquet": "record", "docx": "document properties",
}  # fmt: skip
LONGEST = 100_000
"""Characters of front matter."""
MOST_NESTED = 500
"""Brackets in it; the YAML reader takes minutes for thousands of them."""
_KEY = re.compile(r"[\w.-]+")
_PLAIN_LINE = re.compile(r"([\w.-]+)[ \t]*:(?:[ \t]+([^\s\[{&*!|>'\"%@`].*))?")


def split_front(document: Document, text: str) -> tuple[dict[str, Any], str]:
    """The front matter, every value as written, and the rest.

    Text that merely begins with a rule (`---`) has no front matter: nothing of it is lost. Raises
    PermanentError for front matter that is not YAML.
    """
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    text = text.strip()
    if not handler.detect(text):
        return {}, text
    try:
        front, body = handler.split(text)
    except ValueError:  # no second rule
        return {}, text
    meta = _loaded(document, handler, front)
    if meta is None:
        return {}, text
    return meta, body.strip()


def _loaded(document: Document, handler: Any, front: str) -> dict[str, Any] | None:
    """The mapping in `front`; None when it is prose between two rules."""
    import yaml

    if len(front) > LONGEST or front.count("[") + front.count("{") > MOST_NESTED:
        raise PermanentError(f"{document.name}: front matter: too long or nested too deep")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(front)):
            raise PermanentError(f"{document.name}: front matter: YAML aliases are not read")
        # BaseLoader leaves `title: 1984` and `date: 2024-02-31` as the words they are.
        meta = handler.load(front, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        if (plain := _plain_lines(front)) is not None:
            return plain
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        reason = getattr(error, "problem", None) or "cannot be read"
        raise PermanentError(f"{document.name}:{line}: front matter: {reason}") from None
    if isinstance(meta, dict) and all(_KEY.fullmatch(str(key)) for key in meta):
        return meta
    return None


def _plain_lines(front: str) -> dict[str, Any] | None:
    """`key: value` lines whose values YAML refuses, as in `title: Ferry: the last crossing`."""
    found: dict[str, Any] = {}
    for line in front.strip().splitlines():
        match = _PLAIN_LINE.fullmatch(line.rstrip())
        if not match:
            return None
        found[match[1]] = match[2] or ""
    return found


def article_of(
    document: Document, meta: Mapping[str, Any], text: str, title: str
) -> tuple[ParsedArticle, list[str]]:
    """An article from metadata and text, and what of the metadata could not be used."""
    left = dict(meta)
    found = {name: _take(left, aliases) for name, aliases in ALIASES.items()}
    problems = []
    days = {}
    for name in ("published", "modified"):
        try:
            days[name] = day_of(_text(found[name]))
        except PermanentError as error:
            problems.append(f"{name}: {error}")
    url = _text(found["url"])
    if url and not web_address(url):
        problems.append(f"url: {url[:60]!r} is no web address")
    article = ParsedArticle(
        text=text,
        title=_text(found["title"]) or title,
        origin=document.origin,
        source=_text(found["source"]),
        url=web_address(url),
        authors=names(found["authors"]) if found["authors"] else (),
        published=days.get("published"),
        modified=days.get("modified"),
        language=language_code(_text(found["language"])),
        extra={str(key): _text(value) for key, value in left.items() if value not in (None, "")},
        places={name: _PLACES.get(document.media, document.media) for name in found if found[name]},
    )
    return article, [f"{document.name}: {problem}" for problem in problems]


def _take(meta: dict[str, Any], aliases: tuple[str, ...]) -> Any:
    for name in aliases:
        for key in list(meta):
            if str(key).lower() == name and meta[key] not in (None, ""):
                return meta.pop(key)
    return None


def _text(value: Any) -> str:
    """A value on one line; a list with commas, an object by its name or as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(map(plain, value))
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return _text(value["name"])
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if value is None or value in ("null", "~"):
        return ""
    return plain(str(value))
