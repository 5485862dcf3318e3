"""What readers think of answers, in the words that the evaluation takes (`eval.feedback`)."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from rag.types import Answer
from ui.conversations import Opinion
from ui.turn import Turn
from ui.turn_html import REASONS

SILENT = "Should say it does not know"
"""The one of the reasons offered that says what would have been right."""
ANSWER_WORDS = 8
"""A reason of so many words at most may be the answer that a reader misses; a longer one tells."""


def feedback_of(judged: Iterable[tuple[Turn, Opinion]]) -> Iterator[dict[str, Any]]:
    """The fields of `eval.feedback.Feedback` for each answer that was judged."""
    for turn, opinion in judged:
        if turn.answer is not None:
            yield _said(turn, turn.answer, opinion)


def _said(turn: Turn, answer: Answer, opinion: Opinion) -> dict[str, Any]:
    cited = [(c.article_id, c.start, c.end) for c in answer.citations]
    passages = [hit.passage for hit in answer.nearest]
    cited += [(passage.article_id, passage.start, passage.end) for passage in passages]
    limits = turn.scope.to_dict()
    names = ("sources", "since", "until", "language", "collections")
    return {
        # A follow-up as it was understood: it stands by itself.
        "question": answer.resolved or answer.question,
        "right": opinion.good,
        "short": answer.short,
        "text": answer.text,
        "abstained": answer.abstained,
        "cited": cited,
        "as_of": answer.as_of.isoformat() if answer.as_of else "",
        "filters": {name: limits[name] for name in names if limits.get(name)},
        "correction": _correction(opinion),
        "silent": not opinion.good and opinion.reason == SILENT,
        "comment": opinion.reason,
        "given": opinion.given.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def _correction(opinion: Opinion) -> str:
    words = opinion.reason.strip()
    offered = opinion.good or words in REASONS
    return "" if offered or len(words.split()) > ANSWER_WORDS else words
