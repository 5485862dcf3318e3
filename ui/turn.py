"""One question of a conversation and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from rag.scope import Scope
from rag.types import Answer, Citation, Sentence
from ui.chosen import Chosen

QUESTION_CHARS = 2_000
"""The longest question that is taken."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, and as much of its answer as is known so far."""

    number: int
    """1 for the first question of the conversation."""
    question: str
    chosen: Chosen = field(default_factory=Chosen)
    """The filters that the reader had set."""
    asked: datetime = field(default_factory=lambda: datetime.now(UTC))
    place: int = 0
    """Its place in the line of those who wait; 0 once it is being answered."""
    stage: str = ""
    """What the assistant is doing, as in `Answer.timings`; empty before it begins."""
    count: int = 0
    """How many passages or sentences that stage works on."""
    sentences: tuple[Sentence, ...] = ()
    """Those that have passed the check so far, in order."""
    citations: tuple[Citation, ...] = ()
    """Those that carry `sentences`, each number once."""
    answer: Answer | None = None
    problem: str = ""
    """One line for the user where the answer failed."""
    stopped: bool = False
    seen: dict[str, str] = field(default_factory=dict)
    """For each article that is cited or shown: the key of its text as it was then."""
    next: tuple[str, ...] = ()
    """Questions that may follow, drawn from the articles."""
    sought: bool = False
    """Whether those were looked for."""

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self.answer is not None or bool(self.problem) or self.stopped

    @property
    def scope(self) -> Scope:
        """The limits that the reader had set."""
        return self.chosen.scope

    def wait(self, place: int) -> "Turn":
        """This turn at another place in the line."""
        return replace(self, place=place)

    def enter(self, stage: str, count: int) -> "Turn":
        """This turn, at another stage."""
        return replace(self, place=0, stage=stage, count=count)

    def hear(self, sentence: Sentence, citations: Iterable[Citation]) -> "Turn":
        """This turn with one more sentence."""
        known = {citation.number: citation for citation in self.citations}
        known.update((citation.number, citation) for citation in citations)
        return replace(self, sentences=(*self.sentences, sentence), citations=tuple(known.values()))

    def finish(self, answer: Answer) -> "Turn":
        """This turn with its whole answer."""
        return replace(
            self, place=0, sentences=answer.shown, citations=answer.citations, answer=answer
        )

    def fail(self, problem: str) -> "Turn":
        """This turn, ended by a failure that `problem` states in one line."""
        return replace(self, place=0, problem=problem)

    def stop(self) -> "Turn":
        """This turn, ended by the reader; unchanged where it had ended already."""
        return self if self.finished else replace(self, place=0, stopped=True)

    def article_ids(self) -> tuple[str, ...]:
        """The articles that it cites or shows, each once."""
        ids = [c.article_id for c in self.citations]
        ids += [other.article_id for c in self.citations for other in c.also]
        if self.answer:
            ids += [hit.article.id for hit in self.answer.nearest]
            positions = [p for conflict in self.answer.conflicts for p in conflict.positions]
            ids += [s.article_id for position in positions for s in position.statements]
        return tuple(dict.fromkeys(ids))


def told(turns: Sequence[Turn]) -> tuple[tuple[str, str], ...]:
    """The finished turns as questions and answers, for the question after them."""
    return tuple((turn.question, turn.answer.said) for turn in turns if turn.answer)
