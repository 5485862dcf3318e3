"""Documents to parsed articles: decode, hand to the format's parser, clean."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from ingest.clean import clean
from ingest.document import Document
from ingest.errors import BylineError, PermanentError
from ingest.formats.article import Parsed, ParsedArticle, Problem, names
from ingest.formats.decode import decode
from ingest.formats.front import article_of
from ingest.formats.language import language_of
from ingest.formats.protocol import Found, Limits, Reading
from ingest.formats.registry import BY_NAME
from ingest.passages import written

__all__ = [
    "Parsed", "ParsedArticle", "Parser", "Problem", "article_id", "articles", "canonical", "decode",
    "names", "parse",
]  # fmt: skip

Parser = Callable[[Document], Found]
"""What turns a document into articles; see `articles`."""
MOST_PROBLEMS = 100
"""Problems of one document that are named one by one."""
LONGEST_TEXT = 5_000_000
"""Characters; the longest novels have three million."""
LONG = 100_000
"""Characters from which a text is looked at for whether it is one..."""
LETTERS = 0.5
"""...by the share of letters among what is no white space: prose in any script has 0.8 and more,
and a broken page of three million signs would cost minutes to index."""
LONGEST_TITLE = 500
"""Characters; what is longer is a text that was taken for one."""
LONGEST_BYLINE = 14
"""Words; a longer paragraph is prose."""
BYLINE_WORDS = frozenset("by and published updated on at for in written reported the".split())
TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|mc_cid|mc_eid"
    r"|igshid|ref_src|_ga|_gl)(?:=|$)",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from."""


def articles(
    document: Document,
    fields: Mapping[str, str] | None = None,
    limits: Callable[[], Limits] = Limits,
) -> Found:
    """The clean articles of a document and its problems, one by one, in the document's order.

    `fields` maps our names of a record's fields to the file's. Of articles with the same id the
    first is kept, so that a file of any size needs no second look. Raises PermanentError when the
    document cannot be read (further), or holds nothing at all.
    """
    seen: set[str] = set()
    problems = 0
    reading = Reading(_read, limits(), fields or {})
    with reading.closing:
        for found in _read(document, reading):
            usable = _checked(document, found, seen)
            if isinstance(usable, ParsedArticle):
                yield usable
            else:
                problems += 1
                if problems <= MOST_PROBLEMS:
                    yield usable
    if problems > MOST_PROBLEMS:
        yield Problem(f"{document.name}: {problems - MOST_PROBLEMS} more problems")
    if not seen and not problems:
        raise PermanentError(f"{document.name}: no article in it")


def parse(
    document: Document, fields: Mapping[str, str] | None = None, parser: Parser | None = None
) -> Parsed:
    """Everything in a document at once. Raises PermanentError when nothing of it can be used."""
    parsed = Parsed([])
    for found in parser(document) if parser else articles(document, fields):
        if isinstance(found, Problem):
            parsed.problems.append(found.reason)
        else:
            parsed.articles.append(found)
    if not parsed.articles:
        raise PermanentError("; ".join(parsed.problems[:3]))
    return parsed


def _read(document: Document, reading: Reading) -> Found:
    """What a document holds. Whatever a library raises on a broken file is a reason to report."""
    try:
        yield from BY_NAME[document.media].read(document, reading)
    except BylineError:
        raise
    except (MemoryError, RecursionError):
        raise PermanentError(f"{document.name}: too large or nested too deep") from None
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:150]
        raise PermanentError(f"{document.name}: cannot be read ({told})") from error


def _checked(
    document: Document, found: ParsedArticle | Problem, seen: set[str]
) -> ParsedArticle | Problem:
    """What can be used of what a format gave: a clean article that has not been seen."""
    if isinstance(found, Problem):
        return found
    article = _cleaned(found)
    identity = article_id(article)
    if not article.text:
        return Problem(f"{document.name}: no article text in {article.title[:60]!r}")
    if len(article.text) > LONGEST_TEXT:
        return Problem(f"{document.name}: longer than any article: {article.title[:60]!r}")
    if len(article.text) >= LONG and not _is_prose(article.text[:LONG]):
        return Problem(f"{document.name}: signs, not a text: {article.title[:60]!r}")
    if identity in seen:
        return Problem(f"{document.name}: the same id or URL again: {article.title[:60]!r}")
    seen.add(identity)
    return _completed(article, document)


def _is_prose(text: str) -> bool:
    signs = "".join(text.split())
    return sum(map(str.isalpha, signs)) >= LETTERS * len(signs)


def _completed(article: ParsedArticle, document: Document) -> ParsedArticle:
    """The article with what its feed says where it does not say so itself, its language told by
    its text, and the place of every field filed under `extra`."""
    places = dict(article.places)
    if hints := {name: value for name, value in document.hints.items() if value}:
        origin = str(hints.pop("from", "feed"))
        stated, _ = article_of(document, hints, "", "")
        for name in ("published", "modified", "authors", "source", "language"):
            missing = not getattr(article, name) or (
                name == "source" and places.get(name) == "address"
            )
            if missing and (value := getattr(stated, name)):
                article = replace(article, **{name: value})
                places[name] = origin
    if not article.language and (language := language_of(article.text)):
        article = replace(article, language=language)
        places["language"] = "text"
    filed = {
        f"{name}_from": place for name, place in places.items() if place and getattr(article, name)
    }
    return replace(article, extra={**article.extra, **filed}, places={})


def _cleaned(article: ParsedArticle) -> ParsedArticle:
    paragraphs = clean(article.text, article.title).split("\n\n")
    kept = [item for item in paragraphs if not is_byline(item, article)]
    title = article.title
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rsplit(None, 1)[0] + " …"
    return replace(article, title=title, text="\n\n".join(kept))


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
