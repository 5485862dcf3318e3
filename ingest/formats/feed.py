"""RSS and Atom feeds, by feedparser: what they link to, and the articles they hold whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import Problem, plain, web_address
from ingest.formats.blocks import paragraphs, parsed_markup
from ingest.formats.front import article_of
from ingest.formats.protocol import Format, Found, Reading

FEWEST = 120
"""Words from which an entry is an article rather than its summary."""
MOST_ENTRIES = 5000
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*)*(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:rss|feed|rdf:RDF)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    url: str
    """Empty where it links to nothing."""
    title: str
    text: str
    """What the feed itself holds of it: the article, or a summary."""
    meta: dict[str, Any]
    """As front matter names it; days as the feed writes them."""


def entries(document: Document) -> list[Entry]:
    """The entries of a feed in its order. Raises PermanentError for what is no feed."""
    import feedparser

    feed = feedparser.parse(document.data, sanitize_html=False, resolve_relative_uris=True)
    if not feed.entries and not feed.version:
        raise PermanentError(f"{document.name}: not a feed that can be read")
    outlet = plain(feed.feed.get("title", ""))
    language = feed.feed.get("language", "")
    return [_entry(document, item, outlet, language) for item in feed.entries[:MOST_ENTRIES]]


def _entry(document: Document, item: Any, outlet: str, language: str) -> Entry:
    bodies = [part.get("value", "") for part in item.get("content", [])]
    body = max([*bodies, item.get("summary", "")], key=len)
    meta = {
        "source": outlet,
        "published": item.get("published", ""),
        # feedparser answers with `published` where there is no `updated`.
        "modified": item["updated"] if dict.__contains__(item, "updated") else "",
        "authors": [author.get("name", "") for author in item.get("authors", [])],
        "language": language,
        "url": web_address(item.get("link", "")),
    }
    text = "\n\n".join(_paragraphs(body, document.name)) if body.strip() else ""
    return Entry(meta["url"], plain(item.get("title", "")), text, meta)


def _paragraphs(markup: str, name: str) -> Iterator[str]:
    try:
        yield from (text for _, text in paragraphs(parsed_markup(markup, name)))
    except PermanentError:
        return


def read_feed(document: Document, reading: Reading) -> Found:
    """The articles that a feed's file holds whole; a problem for each that it only sums up."""
    for number, entry in enumerate(entries(document), 1):
        if len(entry.text.split()) < FEWEST:
            place = entry.url or f"entry {number}"
            yield Problem(f"{document.name}: only a summary of {place}: ingest its address")
            continue
        inner = Document(f"{document.origin}#{entry.url or number}", b"", "html", document.name)
        article, problems = article_of(inner, entry.meta, entry.text, entry.title or entry.url)
        yield article
        yield from map(Problem, problems)


FEED = Format("feed", (".rss", ".atom", ".rdf"), read_feed, lambda head: bool(_FEED.match(head)))
