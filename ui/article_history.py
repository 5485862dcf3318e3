"""How an article that is shown stands to the library: its versions, and other coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from ingest.types import Article
from ui.render import byline


@dataclass(frozen=True, slots=True)
class Standing:
    """How what is shown stands to what the library holds."""

    now: Article | None
    """The article as it is now; None where it has left the library."""
    versions: tuple[int, ...] = ()
    """All versions that the library has had of it."""
    seen: str = ""
    """The key of what is shown, where it is as it was when it was cited."""


def since_html(article: Article, standing: Standing) -> str:
    """That this is not what the library holds now, and what changed."""
    if not standing.seen or (standing.now and standing.now.text == article.text):
        return ""
    if standing.now is None:
        said = "This is the article as it was when it was cited. It has left the library since."
    else:
        href = f"/article/{quote(article.id, safe='')}/changes?seen={quote(standing.seen, safe='')}"
        said = (
            "This is the article as it was when it was cited. It has changed since: "
            f'<a href="{href}">see what changed</a>.'
        )
    return f'<p class="notice" role="status">{said}</p>'


def history_html(article: Article, standing: Standing) -> str:
    """The versions, each with what it changed, and room for other coverage."""
    base = f"/article/{quote(article.id, safe='')}/changes"
    pairs = zip(standing.versions, standing.versions[1:], strict=False)
    items = "".join(
        f'<li><a href="{base}?before={old}&amp;after={new}">Version {old} to {new}</a></li>'
        for old, new in pairs
    )
    versions = f'<section class="versions"><h2>Changes</h2><ul>{items}</ul></section>'
    related = f'<section class="related" data-article="{escape(quote(article.id, safe=""))}">'
    return f"{versions if items else ''}{related}</section>"


def related_html(articles: Sequence[Article]) -> str:
    """Other articles about the same story, as a list; empty where there are none."""
    items = "".join(
        f'<li><a href="/article/{quote(a.id, safe="")}" dir="auto">{escape(a.title or "Untitled")}'
        f"</a><span>{escape(byline(a.source, a.published))}</span></li>"
        for a in articles
    )
    return f"<h2>Other coverage</h2><ul>{items}</ul>" if items else ""
