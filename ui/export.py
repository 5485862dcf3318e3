"""A conversation as Markdown, HTML and JSON, each answer with its full references."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from ui.export_html import CUT_OFF, conversation_html
from ui.render import answer_markdown, escape_markdown
from ui.turn import Turn

Write = Callable[[str, Sequence[Turn]], str]
"""Title and turns to the text of a file."""


def turn_markdown(turn: Turn) -> str:
    """One question and its answer, with quotes and references."""
    limits = escape_markdown(" · ".join(chip.label for chip in turn.chosen.chips()))
    filters = f"Filters: {limits}\n\n" if limits else ""
    return f"## {escape_markdown(turn.question)}\n\n{filters}{_answer_markdown(turn)}"


def conversation_markdown(title: str, turns: Sequence[Turn]) -> str:
    """All of it as CommonMark."""
    return "\n".join([f"# {escape_markdown(title)}\n", *(turn_markdown(turn) for turn in turns)])


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
    ended = turn.problem or CUT_OFF
    return "\n\n".join(escape_markdown(part) for part in (said, ended) if part) + "\n"


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
