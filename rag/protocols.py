"""The roles on the way from question to answer: one short protocol each."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from rag.reading import Judgement, Reading
from rag.scope import Scope
from rag.types import Evidence, Hit


class Retriever(Protocol):
    """Finds passages."""

    def retrieve(
        self, question: str, k: int, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        """The `k` best passages, best first; with `as_of`, only from articles published by then,
        and with `scope` only from those within its limits, what it prefers first."""
        ...


class Reader(Protocol):
    """Reads passages for a question, and judges sentences against passages."""

    def read(
        self, question: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Reading]:
        """One reading for each passage; `headers` may hold each one's title, outlet and date."""
        ...

    def judge(
        self, sentence: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Judgement]:
        """Whether each passage supports or contradicts `sentence`."""
        ...


class Ranker(Protocol):
    """Puts hits into a better order."""

    def rank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, best first."""
        ...


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence that a drafter wrote, not yet checked."""

    text: str
    """Without its citation marks."""
    cites: tuple[int, ...]
    """Indexes into the evidence it was shown, 1 for the first; may be empty or out of range."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a drafter wrote, and what it cost."""

    sentences: tuple[DraftSentence, ...] = ()
    usage: Mapping[str, int] = field(default_factory=dict)
    """`prompt_tokens` and `completion_tokens`; empty where no LLM was used."""


class Drafter(Protocol):
    """Writes an answer from numbered evidence."""

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        """Sentences with citations; empty when it finds nothing to say."""
        ...


@runtime_checkable
class StreamingDrafter(Drafter, Protocol):
    """A drafter that hands on each sentence as soon as it is written."""

    def stream(
        self, question: str, evidence: Sequence[Evidence]
    ) -> Generator[DraftSentence, None, Mapping[str, int]]:
        """Sentences one by one; returns the usage. May fail after some have been handed on."""
        ...


class Support(Protocol):
    """Judges how well words of an article carry a sentence."""

    def support(self, sentence: str, spans: Sequence[str]) -> list[float]:
        """One probability in [0, 1] for each span: that it supports `sentence`."""
        ...
