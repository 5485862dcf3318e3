"""A conversation as Markdown, HTML and JSON, each answer with its full references."""

import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from ui.asset import asset
from ui.render import answer_markdown, byline, escape_markdown, text_html, web_link
from ui.turn import Turn

Write = Callable[[str, Sequence[Turn]], str]
"""Title and turns to the text of a file."""


def turn_markdown(turn: Turn) -> str:
    """One question and its answer, with quotes and references."""
    return f"## {escape_markdown(turn.question)}\n\n{_answer_markdown(turn)}"


def conversation_markdown(title: str, turns: Sequence[Turn]) -> str:
    """All of it as CommonMark."""
    return "\n".join([f"# {escape_markdown(title)}\n", *(turn_markdown(turn) for turn in turns)])


def conversation_html(title: str, turns: Sequence[Turn]) -> str:
    """All of it as one page that needs no server."""
    body = "".join(_turn_html(turn) for turn in turns)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{asset('colours.css')}{asset('article.css')}</style>"
        f'</head><body><main><article><header><h1 dir="auto">{escape(title)}</h1></header>{body}'
        "</article></main></body></html>\n"
    )


def conversation_json(title: str, turns: Sequence[Turn]) -> str:
    """All of it as one JSON document; `answer` is what `byline ask --json` prints."""
    rows = [_row(turn) for turn in turns]
    return json.dumps({"title": title, "turns": rows}, ensure_ascii=False, indent=2) + "\n"


EXPORTS: dict[str, tuple[str, Write]] = {
    "md": ("text/markdown; charset=utf-8", conversation_markdown),
    "html": ("text/html; charset=utf-8", conversation_html),
    "json": ("application/json", conversation_json),
}
"""By suffix: the media type, and what writes it."""


def _answer_markdown(turn: Turn) -> str:
    if turn.answer:
        return answer_markdown(turn.answer)
    said = " ".join(sentence.text for sentence in turn.sentences)
    ended = turn.problem or "This answer was stopped before its end."
    return "\n\n".join(escape_markdown(part) for part in (said, ended) if part) + "\n"


def _turn_html(turn: Turn) -> str:
    answer = turn.answer
    said = " ".join(
        text_html(s.text) + "".join(f"<sup>[{n}]</sup>" for n in s.citations)
        for s in turn.sentences
    )
    parts = [answer.short if answer else "", answer.reason if answer else "", turn.problem]
    short, reason, problem = (text_html(part) for part in parts)
    rows = [
        f'<h2 dir="auto">{text_html(turn.question)}</h2>',
        f"<p><strong>{short}</strong></p>" if short else "",
        f'<p dir="auto">{said}</p>' if said else "",
        *(f"<p>{words}</p>" for words in (reason, problem) if words),
        f'<ol class="references">{"".join(_reference(turn))}</ol>' if turn.citations else "",
    ]
    return f"<section>{''.join(rows)}</section>"


def _reference(turn: Turn) -> list[str]:
    items = []
    for citation in turn.citations:
        url = escape(web_link(citation.url))
        title = text_html(citation.title or "Untitled")
        linked = f'<a href="{url}">{title}</a>' if url else title
        meta = text_html(byline(citation.source, citation.published))
        items.append(
            f'<li value="{citation.number}">{linked}<br>{meta}'
            f'<blockquote dir="auto">“{text_html(citation.quote)}”</blockquote></li>'
        )
    return items


def _row(turn: Turn) -> dict[str, Any]:
    return {
        "number": turn.number,
        "question": turn.question,
        "asked": turn.asked.isoformat(),
        "filters": turn.chosen.to_dict(),
        "answer": turn.answer.to_dict() if turn.answer else None,
        "problem": turn.problem,
        "stopped": turn.stopped,
    }
