"""Documents to parsed articles: decode, hand to the format's parser, clean."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from ingest.clean import clean
from ingest.errors import PermanentError
from ingest.formats.article import Parsed, ParsedArticle, names
from ingest.formats.decode import decode
from ingest.formats.html import parse_html
from ingest.formats.jsonl import parse_jsonl
from ingest.formats.markdown import parse_markdown
from ingest.formats.text import parse_text
from ingest.passages import written
from ingest.sources import Document

__all__ = ["Parsed", "ParsedArticle", "article_id", "canonical", "decode", "names", "parse"]

LONGEST_BYLINE = 14
"""Words; a longer paragraph is prose."""
BYLINE_WORDS = frozenset("by and published updated on at for in written reported the".split())
TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|mc_cid|mc_eid"
    r"|igshid|ref_src|_ga|_gl)(?:=|$)",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from."""


def parse(document: Document, fields: Mapping[str, str] | None = None) -> Parsed:
    """The articles of a document; `fields` maps our JSONL field names to the file's.

    Of articles with the same id the last one is kept. Raises PermanentError when nothing in the
    document can be used.
    """
    parsed = _parsed(document, fields or {})
    problems = list(parsed.problems)
    kept: dict[str, ParsedArticle] = {}
    for article in map(_cleaned, parsed.articles):
        identity = article_id(article)
        if not article.text:
            problems.append(f"{document.name}: no article text in {article.title[:60]!r}")
            continue
        if kept.pop(identity, None):
            problems.append(f"{document.name}: twice the same id or URL: {article.title[:60]!r}")
        kept[identity] = article
    if not kept:
        raise PermanentError("; ".join(problems[:3]) or f"{document.name}: empty")
    return Parsed(list(kept.values()), problems)


def _parsed(document: Document, fields: Mapping[str, str]) -> Parsed:
    if document.media == "jsonl":
        return parse_jsonl(document, fields)
    text = decode(document)
    if document.media == "html":
        return parse_html(document, text)
    if document.media == "markdown":
        return parse_markdown(document, text)
    return parse_text(document, text)


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


def article_id(parsed: ParsedArticle) -> str:
    """16 hex digits that stay the same for the same origin: its URL, or else its file."""
    return hashlib.sha256((canonical(parsed.url) or parsed.origin).encode()).hexdigest()[:16]


def canonical(url: str) -> str:
    """A URL without what does not name the page: fragment, tracking, last slash, case of host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    kept = "&".join(part for part in parts.query.split("&") if not TRACKING.match(part))
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, kept, ""))
