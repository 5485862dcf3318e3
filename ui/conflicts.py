"""Where the articles disagree: each value beside the others, with who gives it."""

from rag.statements import Conflict, Position, Statement
from ui.render import article_href, byline, text_html
from ui.turn import Turn
from ui.voices import DISAGREE


def conflicts_html(turn: Turn) -> str:
    """Every conflict of the answer, its values side by side, the one to go by first."""
    conflicts = turn.answer.conflicts if turn.answer else ()
    inner = "".join(_conflict(turn, conflict) for conflict in conflicts)
    if not inner:
        return '<section class="by-conflicts" aria-label="Conflicts"></section>'
    return (
        f'<section class="by-conflicts" aria-label="{DISAGREE}">'
        f'<h3 class="by-eyebrow">{DISAGREE}</h3>{inner}</section>'
    )


def statement_link(turn: Turn, statement: Statement, words: str) -> str:
    """A link that opens the article of `statement` at its words."""
    seen = turn.seen.get(statement.article_id, "")
    href = article_href(statement.article_id, statement.start, statement.end, seen)
    title = text_html(statement.title or "Untitled")
    return (
        f'<a href="{text_html(href)}" data-article="{title}" title="{title}">{text_html(words)}</a>'
    )


def _conflict(turn: Turn, conflict: Conflict) -> str:
    columns = "".join(_position(turn, position) for position in conflict.positions)
    return f'<ul class="by-positions">{columns}</ul>'


def _position(turn: Turn, position: Position) -> str:
    count = position.independent
    sources = "1 source" if count == 1 else f"{count} independent sources"
    corrected = '<span class="by-corrected">since corrected</span>' if position.corrected else ""
    said = "".join(_statement(turn, statement) for statement in position.statements)
    return (
        f'<li class="by-position"><p class="by-value" dir="auto">{text_html(position.value)}</p>'
        f'<p class="by-meta">{sources}{corrected}</p><ul>{said}</ul></li>'
    )


def _statement(turn: Turn, statement: Statement) -> str:
    copy = " · a copy" if statement.copy else ""
    where = byline(statement.source, statement.published)
    return (
        f"<li>{statement_link(turn, statement, where)}{copy}"
        f'<blockquote dir="auto">“{text_html(statement.quote)}”</blockquote></li>'
    )
