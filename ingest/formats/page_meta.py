"""What a web page says of itself, and where it says it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.formats.article import names, plain

Stated = tuple[str, str]
"""A value and the place that states it: ("Alder Post", "meta og:site_name")."""
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline"),
    "source": ("og:site_name", "application-name", "dc.publisher", "twitter:site"),
    "authors": ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author",
                "twitter:creator", "byl"),
    "url": ("og:url",),
    "language": ("content-language", "og:locale", "dc.language", "language"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statements:
    """Every value that a page states, by field, in the order of trust."""

    of: dict[str, list[Stated]]

    def first(self, field: str) -> Stated:
        """The most trusted one; empty texts when there is none."""
        return next(iter(self.of.get(field, ())), ("", ""))

    def place_of(self, field: str, value: str) -> str:
        """Where a value stands that something else has found in the page; "page" if nowhere."""
        wanted = _folded(value)
        for stated, place in self.of.get(field, ()):
            if wanted and (wanted == _folded(stated) or wanted in _folded(stated)):
                return place
        return "page"


def statements(tree: Any) -> Statements:
    """What the head, the JSON-LD and the marked elements of a parsed page (lxml) state."""
    of: dict[str, list[Stated]] = {field: list(_linked(tree, field)) for field in _LINKED}
    metas = [
        ((meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").lower(), meta)
        for meta in tree.xpath("//meta[@content]")
    ]
    for field, keys in _META.items():
        for key in keys:
            found = (plain(meta.get("content")) for name, meta in metas if name == key)
            of.setdefault(field, []).extend((value, f"meta {key}") for value in found if value)
    for field, path, place in _ELEMENTS:
        for node in tree.xpath(path)[:5]:
            value = plain(node if isinstance(node, str) else node.text_content())
            if value:
                of.setdefault(field, []).append((value, place))
    return Statements(of)


_ELEMENTS = (
    ("title", "//h1", "h1"),
    ("title", "//head/title", "title"),
    ("url", '//link[@rel="canonical"]/@href', "link canonical"),
    ("language", "/html/@lang", "html lang"),
    ("authors", '//*[@rel="author" or contains(@class, "byline") or @itemprop="author"]', "byline"),
)
_LINKED = ("title", "source", "authors", "language", "free")


def _linked(tree: Any, field: str) -> Iterator[Stated]:
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        try:
            data = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in linked_articles(data):
            if value := _LINKED_VALUE[field](node):
                yield value, f"JSON-LD {_LINKED_NAME[field]}"


def linked_articles(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The articles of JSON-LD, wherever they are nested."""
    if depth > 20:
        return
    if isinstance(data, list):
        for item in data:
            yield from linked_articles(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type", "")
        if any(
            _ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from linked_articles(data.get(key), depth + 1)


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name", "")
    return plain(value) if isinstance(value, str) else ""


_LINKED_NAME = {"title": "headline", "source": "publisher", "authors": "author",
                "language": "inLanguage", "free": "isAccessibleForFree"}  # fmt: skip
_LINKED_VALUE: dict[str, Any] = {
    "title": lambda node: _name(node.get("headline")),
    "source": lambda node: _name(node.get("publisher")),
    "authors": lambda node: "; ".join(names(node.get("author") or ())),
    "language": lambda node: _name(node.get("inLanguage")),
    "free": lambda node: str(node.get("isAccessibleForFree", "")).lower(),
}


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
