"""What flows from a question to an answer: hits, evidence, citations, sentences, the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ingest.types import Article, Passage
from rag.reading import Reading, Span
from rag.scope import Scope
from rag.statements import Conflict, Statement


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found, with its article and what found it."""

    passage: Passage
    article: Article
    score: float
    """Higher is better; comparable within one question only."""
    signals: Mapping[str, float] = field(default_factory=dict)
    """What each finder said: `dense` (cosine), `lexical` (BM25), `reader` (probability)."""
    reading: Reading | None = None
    """What the reader found in the passage; None while nothing has read it."""

    def to_dict(self, rank: int) -> dict[str, Any]:
        """One row of `byline search --json`."""
        return {
            "rank": rank,
            "score": self.score,
            "article_id": self.article.id,
            "url": self.article.url,
            "title": self.article.title,
            "source": self.article.source,
            "published": _iso(self.article.published),
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.passage.text,
            "signals": dict(self.signals),
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of an article, judged as an answer to the question.

    `article.text[start:end] == text`.
    """

    hit: Hit
    text: str
    start: int
    end: int
    probability: float
    """How likely this sentence answers the question, in [0, 1]."""
    answer: Span | None = None
    """Where in the article, inside this sentence, the reader finds the answer itself."""
    as_first: float | None = None
    """`probability`, had its passage been ranked first; None where that is not known."""

    @property
    def merit(self) -> float:
        """What sources are compared by: `probability` without the luck of its passage's rank.

        Of several articles that tell the same only one can be first.
        """
        return self.probability if self.as_first is None else self.as_first


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of an article that carry a sentence: `article.text[start:end] == quote`."""

    number: int
    """The [n] printed in the answer; one number for one quoted span."""
    article_id: str
    start: int
    end: int
    quote: str
    support: float
    """Probability in [0, 1] that the quote supports the sentence it stands under."""
    title: str = ""
    source: str = ""
    url: str = ""
    published: date | None = None
    also: tuple[Statement, ...] = ()
    """Other articles that say the same: near copies, and reports of their own."""
    changed: date | None = None
    """The day on which the article's text was changed after it was first read; None where it was
    not."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields in the order above."""
        return {
            "number": self.number,
            "article_id": self.article_id,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "support": self.support,
            "title": self.title,
            "source": self.source,
            "url": self.url,
            "published": _iso(self.published),
            "also": [statement.to_dict() for statement in self.also],
            "changed": _iso(self.changed),
        }


class Verdict(StrEnum):
    """What the check said of a sentence."""

    SUPPORTED = "supported"
    """Written by a drafter and carried by its citations."""
    QUOTED = "quoted"
    """The article's own words, whole."""
    DROPPED = "dropped"
    """Failed the check: kept in the record, never displayed as part of the answer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the citations that carry it."""

    text: str
    """Without citation marks; those are printed from `citations`."""
    citations: tuple[int, ...]
    """Numbers of `Answer.citations`; never empty unless the verdict is `dropped`."""
    verdict: Verdict
    why: str = ""
    """For `dropped`: which check failed. Empty otherwise."""
    label: str = ""
    """What the sentence stands for: the date of a timeline's line, the side of a comparison."""
    label_note: str = ""
    """How that date was resolved; empty where it stands in the sentence."""

    @property
    def labelled(self) -> str:
        """The text behind its label: "18 September 2023 (“on Monday”, ...): Work began"."""
        note = f" ({self.label_note})" if self.label_note else ""
        return f"{self.label}{note}: {self.text}" if self.label else self.text

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields in the order above."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "verdict": self.verdict.value,
            "why": self.why,
            "label": self.label,
            "label_note": self.label_note,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What Byline says to a question, and everything needed to check it."""

    question: str
    """As it was asked."""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    short: str = ""
    """The short answer where there is one (a name, a number, a date), else empty."""
    abstained: bool = False
    reason: str = ""
    """Why it abstained, or what the articles leave open (such as the date of an event)."""
    confidence: float = 0.0
    """Probability in [0, 1] that the evidence answers the question."""
    nearest: tuple[Hit, ...] = ()
    """When it abstained: the nearest passages that were not enough."""
    as_of: date | None = None
    resolved: str = ""
    """The question as it was understood in its conversation; empty where that is as asked."""
    scope: Scope | None = None
    """Which articles were searched or preferred, where that was not all alike."""
    scope_note: str = ""
    """The same in words, and what of it was dropped because it left nothing."""
    kind: str = ""
    """How it was answered (`rag.kinds.Kind`): a fact, a comparison, a timeline, ..."""
    conflicts: tuple[Conflict, ...] = ()
    """Where the articles disagree on what was asked."""
    independent: int = 0
    """How many sources of their own stand behind what is cited, copies not counted."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds by stage: condense, spell, scope, retrieve, rank, evidence, draft, verify, total."""
    usage: Mapping[str, int] = field(default_factory=dict)
    """Tokens of the LLM draft: prompt_tokens, completion_tokens; empty without one."""

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """The sentences to display: all that passed the check."""
        return tuple(s for s in self.sentences if s.verdict is not Verdict.DROPPED)

    @property
    def text(self) -> str:
        """The answer as plain text with [n] marks, or the reason when there is nothing else.

        Sentences with a label stand on a line each, behind it.
        """
        parts = [s.labelled + "".join(f" [{n}]" for n in s.citations) for s in self.shown]
        if self.reason:
            parts.append(self.reason)
        return ("\n" if any(s.label for s in self.shown) else " ").join(parts)

    @property
    def said(self) -> str:
        """What a later question of the conversation can refer to: the short answer, or the text."""
        return "" if self.abstained else self.short or " ".join(s.text for s in self.shown)

    def to_dict(self) -> dict[str, Any]:
        """The stable JSON form that `byline ask --json` prints (see docs/json.md)."""
        return {
            "question": self.question,
            "short": self.short,
            "text": self.text,
            "abstained": self.abstained,
            "reason": self.reason,
            "confidence": self.confidence,
            "sentences": [s.to_dict() for s in self.sentences],
            "citations": [c.to_dict() for c in self.citations],
            "nearest": [h.to_dict(rank) for rank, h in enumerate(self.nearest, 1)],
            "as_of": _iso(self.as_of),
            "resolved": self.resolved,
            "scope": self.scope.to_dict() if self.scope else None,
            "scope_note": self.scope_note,
            "kind": self.kind,
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
            "independent": self.independent,
            "timings": dict(self.timings),
            "usage": dict(self.usage),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
