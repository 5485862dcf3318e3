"""The role of a way to answer, and what flows through it: what was found, and the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from rag.protocols import Draft, DraftSentence
from rag.question import Question
from rag.quote import QuoteDrafter, in_one_paragraph
from rag.statements import Conflict, Statement
from rag.types import Citation, Evidence, Hit
from rag.verify import Checked
from rag.ways.kind import Kind

Span = tuple[str, int, int]
"""An article's id and the characters of it that are quoted."""


def span_of(item: Evidence | Citation) -> Span:
    """Where the words of `item` stand."""
    article_id = item.article_id if isinstance(item, Citation) else item.hit.article.id
    return article_id, item.start, item.end


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came back with."""

    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """The most probable first."""
    confidence: float = 0.0
    """Probability in [0, 1] that the evidence answers."""
    parts: tuple[tuple[Evidence, ...], ...] = ()
    """The evidence for each question that was asked in the place of one; () where it was one."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Where was looked: the fields `scope` and `scope_note` of the answer."""
    silence: str = ""
    """Why nothing is said, where the way knows better than `rag.abstain`."""


class Search(Protocol):
    """Retrieves, ranks and reads passages for one question, within the scope that was asked for."""

    def __call__(self, question: str, *, near: tuple[date, date] | None = None) -> Found:
        """With `near`, articles published between these days are preferred."""
        ...


@dataclass(frozen=True, slots=True)
class Label:
    """What an evidence sentence stands for in the answer."""

    text: str
    """The date of a timeline's line, the side of a comparison."""
    note: str = ""
    """How that date was resolved."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said, before anybody drafts it."""

    evidence: tuple[Evidence, ...]
    """What a drafter is shown, in this order."""
    lines: tuple[int, ...] | None = None
    """Indexes into `evidence` of what is quoted where nobody drafts; None: the best of it."""
    short: str = ""
    note: str = ""
    """What is to be said beside the answer: a date resolved, a conflict, a false premise."""
    conflicts: tuple[Conflict, ...] = ()
    labels: Mapping[Span, Label] = field(default_factory=dict)
    also: Mapping[Span, tuple[Statement, ...]] = field(default_factory=dict)
    """Which other articles say what a sentence of the evidence says."""

    def quotes(self, question: str) -> Draft:
        """The answer in the articles' own words."""
        if self.lines is None:
            return QuoteDrafter().draft(question, self.evidence)
        return QuotedLines(self.lines).draft(question, self.evidence)

    def filled_in(self, checked: Checked) -> Checked:
        """A checked sentence with its label, its citations with who else says it."""
        citations = tuple(
            replace(citation, also=self.also.get(span_of(citation), ()))
            for citation in checked.citations
        )
        found = (self.labels.get(span_of(citation)) for citation in citations)
        label = next((label for label in found if label), Label(""))
        sentence = replace(checked.sentence, label=label.text, label_note=label.note)
        return Checked(sentence, citations)


class Way(Protocol):
    """How one kind of question is answered."""

    kind: Kind

    def find(self, asked: Question, search: Search) -> Found:
        """Look for what answers `asked`; no evidence, or little confidence, ends in silence."""
        ...

    def plan(self, asked: Question, found: Found) -> Plan:
        """What is to be said, from what was found (which is not empty)."""
        ...


class QuotedLines:
    """The drafter that quotes the lines of a plan (`rag.protocols.Drafter`)."""

    def __init__(self, lines: Sequence[int]) -> None:
        self._lines = lines

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        """One sentence for each line."""
        return Draft(
            tuple(DraftSentence(in_one_paragraph(evidence[i].text), (i + 1,)) for i in self._lines)
        )
