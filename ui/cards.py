"""The sources of an answer as cards: one for each article, with every quote of it."""

from collections.abc import Sequence

from rag.types import Citation, Hit
from ui.conflicts import statement_link
from ui.render import NEAREST, article_href, byline, excerpt, text_html, web_link
from ui.turn import Turn


def sources_html(turn: Turn) -> str:
    """The articles that carry the answer, or those that came nearest where it does not say."""
    by_article: dict[str, list[Citation]] = {}
    for citation in turn.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    cards = [_source_card(turn, cited) for cited in by_article.values()]
    heading = _counted(len(cards), "source")
    independent = turn.answer.independent if turn.answer else 0
    if independent > 1:
        heading = f"{heading} · {independent} independent"
    if not cards and turn.answer and turn.answer.nearest:
        heading = NEAREST
        cards = [_near_card(turn, hit) for hit in turn.answer.nearest]
    if not cards:
        return '<section class="by-sources" aria-label="Sources"></section>'
    return (
        f'<section class="by-sources" aria-label="{heading}"><h3 class="by-eyebrow">{heading}</h3>'
        f'<ol class="by-cards">{"".join(cards)}</ol></section>'
    )


def cite_href(turn: Turn, citation: Citation) -> str:
    """The address of the cited words, in the article as it was when it was cited."""
    seen = turn.seen.get(citation.article_id, "")
    return article_href(citation.article_id, citation.start, citation.end, seen)


def named(title: str) -> str:
    """A title as HTML; an article without one is called untitled."""
    return text_html(title or "Untitled")


def _source_card(turn: Turn, cited: Sequence[Citation]) -> str:
    first = cited[0]
    quotes = "".join(_quote(turn, citation) for citation in cited) + _also(turn, cited)
    return _card(
        first.title, byline(first.source, first.published), first.url, quotes, _open(turn, first)
    )


def _quote(turn: Turn, citation: Citation) -> str:
    return (
        f'<div class="by-said"><a class="by-cite" data-n="{citation.number}" '
        f'data-article="{named(citation.title)}" href="{text_html(cite_href(turn, citation))}" '
        f'aria-label="Open quote {citation.number} in its article">{citation.number}</a>'
        f'<blockquote class="by-quote" dir="auto" data-n="{citation.number}">'
        f"“{text_html(citation.quote)}”</blockquote></div>"
    )


def _also(turn: Turn, cited: Sequence[Citation]) -> str:
    """The other articles that say the same, folded: near copies, and reports of their own."""
    others = {s.article_id: s for citation in cited for s in citation.also}
    if not others:
        return ""
    items = "".join(
        f"<li>{statement_link(turn, s, byline(s.source, s.published))}"
        f"{' · a copy' if s.copy else ''}</li>"
        for s in others.values()
    )
    return (
        f'<details class="by-also"><summary>Also in {_counted(len(others), "other article")}'
        f"</summary><ul>{items}</ul></details>"
    )


def _open(turn: Turn, citation: Citation) -> str:
    return _open_link(cite_href(turn, citation), citation.title)


def _open_link(href: str, title: str) -> str:
    return (
        f'<a class="by-open" href="{text_html(href)}" data-article="{named(title)}" '
        f'aria-label="Open article: {named(title)}">Open article</a>'
    )


def _near_card(turn: Turn, hit: Hit) -> str:
    passage, article = hit.passage, hit.article
    seen = turn.seen.get(article.id, "")
    href = article_href(article.id, passage.start, passage.end, seen)
    words = text_html(excerpt(passage.text))
    quote = f'<blockquote class="by-quote" dir="auto">“{words}”</blockquote>'
    return _card(
        article.title,
        byline(article.source, article.published),
        article.url,
        f'<div class="by-said">{quote}</div>',
        _open_link(href, article.title),
    )


def _card(title: str, meta: str, url: str, quotes: str, opener: str) -> str:
    web = text_html(web_link(url))
    outside = 'target="_blank" rel="noopener noreferrer"'
    original = f'<a class="by-original" href="{web}" {outside}>Original</a>' if web else ""
    return (
        f'<li class="by-card"><p class="by-title" dir="auto">{named(title)}</p>'
        f'<p class="by-meta">{text_html(meta)}</p>{quotes}'
        f'<p class="by-links">{opener}{original}</p></li>'
    )


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
