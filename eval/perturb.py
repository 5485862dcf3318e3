"""A check on the check: take the cited passage away, ask again, and see whether the answer minds.

An answer that rests on what it cites must cite something else or abstain once that is gone. One
that says the same words all the same was not written from its citation.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from eval.run import Assistant
from rag.protocols import Retriever
from rag.scope import Scope
from rag.types import Answer, Citation, Hit

EXTRA = 12
"""How many passages more are asked for, so that hiding some leaves enough."""


class Hiding:
    """A retriever that does not find what is hidden (`rag.protocols.Retriever`)."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self.hidden: list[Citation] = []

    def retrieve(
        self, question: str, k: int, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        """The `k` best passages that share no character with a hidden citation."""
        wider = k + EXTRA if self.hidden else k
        hits = self._retriever.retrieve(question, wider, as_of, scope)
        return [hit for hit in hits if not any(touches(hit, one) for one in self.hidden)][:k]


def touches(hit: Hit, citation: Citation) -> bool:
    """Whether a passage has a part of the cited words."""
    passage = hit.passage
    same = hit.article.id == citation.article_id
    return same and passage.start < citation.end and citation.start < passage.end


class Outcome(StrEnum):
    """What became of an answer without its cited passages."""

    ABSTAINED = "abstained"
    CHANGED = "changed"
    """Other words with another citation."""
    COPIED = "copied"
    """The same words, carried by the same words in another place: a copy of the article."""
    UNMOVED = "unmoved"
    """The same words although their citation is gone, or the old citation still: a failure."""

    @property
    def minds(self) -> bool:
        """Whether the answer followed its evidence."""
        return self is not Outcome.UNMOVED


@dataclass(frozen=True, slots=True)
class Perturbed:
    """One question, asked twice."""

    question: str
    outcome: Outcome
    before: Answer = field(repr=False)
    after: Answer = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields."""
        return {
            "question": self.question,
            "outcome": self.outcome.value,
            "before": self.before.text,
            "after": self.after.text,
        }


def perturb(
    questions: Sequence[str],
    assistant: Assistant,
    hiding: Hiding,
    on_question: Callable[[], None] = lambda: None,
) -> list[Perturbed]:
    """Ask each question with everything and then without what the answer cited.

    `hiding` is the retriever that `assistant` uses. Questions that are not answered the first time
    are left out. `on_question` hears when one is done.
    """
    done = []
    for question in questions:
        hiding.hidden = []
        before = assistant.ask(question)
        if before.citations:
            hiding.hidden = list(before.citations)
            after = assistant.ask(question)
            done.append(Perturbed(question, outcome_of(before, after), before, after))
        on_question()
    hiding.hidden = []
    return done


def outcome_of(before: Answer, after: Answer) -> Outcome:
    """What became of `before` once all that it cites was hidden."""
    if after.abstained or not after.citations:
        return Outcome.ABSTAINED
    gone = {(c.article_id, c.start, c.end) for c in before.citations}
    if any((c.article_id, c.start, c.end) in gone for c in after.citations):
        return Outcome.UNMOVED
    if _said(before) != _said(after):
        return Outcome.CHANGED
    quotes = {_folded(c.quote) for c in before.citations}
    copied = all(_folded(c.quote) in quotes for c in after.citations)
    return Outcome.COPIED if copied else Outcome.UNMOVED


def summary(done: Sequence[Perturbed]) -> dict[str, Any]:
    """`answered` questions, how many had which outcome, and the share that `minds`."""
    counts = Counter(item.outcome for item in done)
    minding = sum(item.outcome.minds for item in done)
    return {
        "answered": len(done),
        "minds": round(minding / len(done), 4) if done else None,
        **{outcome.value: counts[outcome] for outcome in Outcome},
    }


def _said(answer: Answer) -> tuple[str, ...]:
    return tuple(_folded(sentence.text) for sentence in answer.shown)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
