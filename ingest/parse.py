"""Documents to parsed articles: decode, hand to the format's parser, clean."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.clean import clean
from ingest.errors import PermanentError
from ingest.passages import written
from ingest.sources import Document

LONGEST_BYLINE = 14
"""Words; a longer paragraph is prose."""
BYLINE_WORDS = frozenset("by and published updated on at for in written reported the".split())
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src")


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article as its source gives it, text already clean."""

    text: str
    """Paragraphs separated by one blank line; the title is not repeated in it."""
    title: str
    origin: str
    source: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    modified: date | None = None
    language: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document held: its articles, and what of it could not be used."""

    articles: list[ParsedArticle]
    problems: list[str] = field(default_factory=list)
    """A line each, beginning with the place: "wire.jsonl:12: not JSON"."""


def parse(document: Document, fields: Mapping[str, str] | None = None) -> Parsed:
    """The articles of a document; `fields` maps our JSONL field names to the file's.

    Raises PermanentError when nothing in it can be used.
    """
    text = decode(document)
    if document.media == "jsonl":
        from ingest.formats.jsonl import parse_jsonl as parser
    elif document.media == "html":
        from ingest.formats.html import parse_html as parser
    elif document.media == "markdown":
        from ingest.formats.markdown import parse_markdown as parser
    else:
        from ingest.formats.text import parse_text as parser
    parsed = parser(document, text, fields or {})
    articles = [_cleaned(item) for item in parsed.articles]
    empty = [f"{document.name}: no article text" for item in articles if not item.text]
    kept = [item for item in articles if item.text]
    if not kept:
        raise PermanentError("; ".join([*parsed.problems, *empty][:3]) or f"{document.name}: empty")
    return Parsed(kept, [*parsed.problems, *empty])


def _cleaned(article: ParsedArticle) -> ParsedArticle:
    paragraphs = clean(article.text, article.title).split("\n\n")
    kept = [item for item in paragraphs if not is_byline(item, article)]
    return replace(article, text="\n\n".join(kept))


def is_byline(paragraph: str, article: ParsedArticle) -> bool:
    """Whether a paragraph says nothing but who wrote the article, for whom and when."""
    words = _words(paragraph)
    if not words or len(words) > LONGEST_BYLINE or not (article.authors or article.published):
        return False
    known = _words(" ".join([*article.authors, article.source, written(article.published)]))
    published = article.published
    iso = _words(published.isoformat()) if published else set()
    return words <= known | iso | BYLINE_WORDS and bool(words - BYLINE_WORDS)


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\w+", text)}


def decode(document: Document) -> str:
    """The document's text. Raises PermanentError for what is no text."""
    data = document.data
    if b"\x00" in data[:1024] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PermanentError(f"{document.name}: not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise PermanentError(f"{document.name}: its encoding cannot be told")
    return str(best)


def article_id(parsed: ParsedArticle) -> str:
    """16 hex digits that stay the same for the same origin: its URL, or else its file."""
    return hashlib.sha256((canonical(parsed.url) or parsed.origin).encode()).hexdigest()[:16]


def canonical(url: str) -> str:
    """A URL without what does not name the page: fragment, tracking, last slash, case of host."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    kept = [(k, v) for k, v in parse_qsl(parts.query, True) if not k.startswith(TRACKING)]
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, urlencode(kept), ""))


def names(value: object) -> tuple[str, ...]:
    """Authors as a tuple, from a list or from text such as "By Ida Moe and Per Lund"."""
    if isinstance(value, str):
        text = value.strip().removeprefix("By ").removeprefix("by ")
        for joint in (" and ", " & ", ";"):
            text = text.replace(joint, ",")
        value = text.split(",")
    if not isinstance(value, Sequence):
        return ()
    return tuple(name for item in value if (name := " ".join(str(item).split())))
