"""The addresses of articles: as they are, as they were when cited, and what changed since."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ingest.types import Article
from ui.article_history import Standing, related_html
from ui.article_page import render_article, render_changes, render_missing
from ui.conversations import Conversations
from ui.coverage import other_coverage
from ui.protocols import Assistant, Library


def create_article_pages(
    assistant: Assistant, library: Library, conversations: Conversations
) -> APIRouter:
    """The routes under `/article`."""
    pages = APIRouter(include_in_schema=False)

    def kept(article_id: str, seen: str) -> Article | None:
        then = conversations.kept(seen) if seen else None
        return then if then is not None and then.id == article_id else None

    @pages.get("/article/{article_id}", response_class=HTMLResponse)
    def article(article_id: str, start: str = "", end: str = "", seen: str = "") -> HTMLResponse:
        now, then = library.article(article_id), kept(article_id, seen)
        shown = then or now
        if shown is None:
            return HTMLResponse(render_missing(), 404)
        versions = [number for number, _ in library.versions(article_id)]
        standing = Standing(now, tuple(versions), seen if then else "")
        if not start and not end:
            return HTMLResponse(render_article(shown, standing=standing))
        return HTMLResponse(render_article(shown, _offset(start), _offset(end), standing))

    @pages.get("/article/{article_id}/changes", response_class=HTMLResponse)
    def changes(article_id: str, before: int = 0, after: int = 0, seen: str = "") -> HTMLResponse:
        now, then = library.article(article_id), kept(article_id, seen)
        if now is None:
            return HTMLResponse(render_missing(), 404)
        texts = dict(library.versions(article_id))
        if then is not None:
            return HTMLResponse(render_changes(now, then.text, now.text, "As cited", "Now"))
        if before not in texts or after not in texts:
            return HTMLResponse(render_missing(), 404)
        names = f"Version {before}", f"Version {after}"
        return HTMLResponse(render_changes(now, texts[before], texts[after], *names))

    @pages.get("/article/{article_id}/related", response_class=HTMLResponse)
    def related(article_id: str) -> HTMLResponse:
        found = library.article(article_id)
        return HTMLResponse(related_html(other_coverage(assistant, found) if found else ()))

    return pages


def _offset(text: str) -> int:
    # An offset that is no number is told to the reader like one that does not fit.
    return int(text) if text.isdecimal() and len(text) < 12 else -1
