"""A draft while it is written: each sentence as soon as the drafter has it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from ingest.errors import TransientError
from rag.protocols import Drafter, DraftSentence, StreamingDrafter
from rag.quote import QuoteDrafter
from rag.types import Evidence
from rag.ways.kind import Kind
from rag.ways.way import Plan, QuotedLines


@runtime_checkable
class ManyTasks(Protocol):
    """A drafter that can be told what kind of answer is wanted."""

    def for_kind(self, kind: Kind) -> Drafter:
        """The drafter of answers of this kind."""
        ...


def drafter_for(drafter: Drafter, kind: Kind, plan: Plan) -> Drafter:
    """What writes the answer: whoever quotes keeps to the lines of the plan, if it has any."""
    if isinstance(drafter, QuoteDrafter) and plan.lines is not None:
        return QuotedLines(plan.lines)
    return drafter.for_kind(kind) if isinstance(drafter, ManyTasks) else drafter


class Drafting:
    """The sentences of one draft, in order; a drafter that fails ends them and leaves a note."""

    def __init__(self, drafter: Drafter, question: str, evidence: Sequence[Evidence]) -> None:
        self._drafter = drafter
        self._question = question
        self._evidence = evidence
        self.usage: Mapping[str, int] = {}
        """Tokens spent, once all sentences have been taken."""
        self.note = ""
        """One line for the user where the drafter failed."""
        self.seconds = 0.0
        """Spent in the drafter so far."""

    def __iter__(self) -> Iterator[DraftSentence]:
        sentences = self._written()
        written = False
        while True:
            began = time.perf_counter()
            try:
                sentence = next(sentences, None)
            except TransientError as error:
                said = "broke off" if written else "gave no draft"
                self.note = f"The language model {said} ({error})"
                self.note += "." if written else "; the articles are quoted."
                return
            finally:
                self.seconds += time.perf_counter() - began
            if sentence is None:
                return
            written = True
            yield sentence

    def _written(self) -> Iterator[DraftSentence]:
        if isinstance(self._drafter, StreamingDrafter):
            self.usage = yield from self._drafter.stream(self._question, self._evidence)
        else:
            draft = self._drafter.draft(self._question, self._evidence)
            self.usage = draft.usage
            yield from draft.sentences
