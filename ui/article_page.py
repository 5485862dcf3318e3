"""One article as a page of its own, with the cited words marked."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urlsplit

from ingest.passages import written
from ingest.types import Article
from ui.article_history import Standing, history_html, since_html
from ui.asset import asset
from ui.changes import changes_html
from ui.render import text_html, web_link

NOTICE = "The cited words could not be found at this address, so nothing is marked."
MISSING = "This article is not in the library. It may have been removed since it was cited."

_GAP = re.compile(r"\n{2,}")


def render_article(
    article: Article,
    start: int | None = None,
    end: int | None = None,
    standing: Standing | None = None,
) -> str:
    """A self-contained HTML page of `article`.

    With offsets (characters of `article.text`), the words [start:end] stand in
    `<mark id="cite">`, scrolled to and focused on load. Offsets that do not fit the text give the
    page without a mark and a short notice. `standing` adds versions, and what changed since.
    """
    wanted = start is not None or end is not None
    span = _span(article.text, start, end) if wanted else None
    notice = f'<p class="notice" role="status">{NOTICE}</p>' if wanted and not span else ""
    since = since_html(article, standing) if standing else ""
    history = history_html(article, standing) if standing else ""
    text = _paragraphs(article.text, span)
    body = f"<article>{_head(article)}{since}{notice}{text}</article>{history}"
    return _page(article.title, body, article.language or "en")


def render_changes(article: Article, before: str, after: str, was: str, now: str) -> str:
    """A page of what changed between two texts of `article`, called `was` and `now`."""
    href = f"/article/{quote(article.id, safe='')}"
    body = (
        f'<article class="changes"><header><p class="outlet">What changed</p>'
        f"<h1>{escape(article.title)}</h1><p>{was} → {now}: <del>removed</del>, <ins>added</ins>. "
        f'<a href="{href}">Back to the article</a></p></header>'
        f"{changes_html(before, after)}</article>"
    )
    return _page(f"Changes: {article.title}", body, article.language or "en")


def render_missing() -> str:
    """The page for an article that the library does not hold."""
    return _page("Article not found", f'<article><p class="notice">{MISSING}</p></article>', "en")


def _span(text: str, start: int | None, end: int | None) -> tuple[int, int] | None:
    if start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return (start, end) if text[start:end].strip() else None


def _page(title: str, body: str, language: str) -> str:
    script = asset("article.js")
    # The page runs its own script and nothing else, even when saved to disk and opened from there.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; connect-src 'self'"
    )
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title>"
        f"<style>{asset('colours.css')}{asset('article.css')}</style></head>"
        f'<body><main dir="auto">{body}</main><script>{script}</script></body></html>\n'
    )


def _head(article: Article) -> str:
    rows = [
        f'<p class="outlet">{escape(article.source)}</p>' if article.source else "",
        f"<h1>{escape(article.title)}</h1>",
        f'<p class="authors">By {escape(_listed(article.authors))}</p>' if article.authors else "",
        f'<p class="dates">{_dates(article)}</p>',
        _original(article.url),
    ]
    return f"<header>{''.join(rows)}</header>"


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _dates(article: Article) -> str:
    parts = []
    if article.published:
        iso = article.published.isoformat()
        parts.append(f'Published <time datetime="{iso}">{written(article.published)}</time>')
    else:
        parts.append("Undated")
    if article.modified and article.modified != article.published:
        iso = article.modified.isoformat()
        parts.append(f'changed <time datetime="{iso}">{written(article.modified)}</time>')
    return ", ".join(parts)


def _original(url: str) -> str:
    if not web_link(url):
        return ""
    host = escape(urlsplit(url).hostname or "the web")
    return (
        f'<p class="original"><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        f"Read the original at {host}</a></p>"
    )


def _paragraphs(text: str, span: tuple[int, int] | None) -> str:
    start, end = span or (0, 0)
    # Quoted words may run over several paragraphs; the address #cite is the first of them.
    anchor = ' id="cite" tabindex="-1"'
    pieces = []
    for first, last in _paragraph_spans(text):
        low, high = max(first, start), min(last, end)
        inner = text_html(text[first:last])
        if low < high:
            before, cited, after = text[first:low], text[low:high], text[high:last]
            mark = f"<mark{anchor}>{text_html(cited)}</mark>"
            inner = f"{text_html(before)}{mark}{text_html(after)}"
            anchor = ""
        pieces.append(f'<p dir="auto">{inner}</p>')
    return "".join(pieces)


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    first = 0
    for gap in _GAP.finditer(text):
        if gap.start() > first:
            yield first, gap.start()
        first = gap.end()
    if first < len(text):
        yield first, len(text)
