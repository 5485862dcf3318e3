"""The day of an event that a question counts time from: "since the ceasefire", "before the vote".

The day is looked for in the articles, as the answer to "When was the ceasefire?", and only
believed where one sentence has every word of the event and a date of its own for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.lexical import query_words, stems
from rag.dates import ResolvedDate, find_dates, resolve
from rag.evidence import EvidenceFinder
from rag.protocols import Ranker, Retriever
from rag.question import read_question
from rag.rank import were_read
from rag.scope import Scope
from rag.types import Evidence
from rag.when import answer_when

READ = 8
"""Passages that are read for the day of an event."""
_EVENT = re.compile(
    r"\b(?P<side>since|after|before|until)\s(?P<event>(?:the|its|his|her|their)\s[^?.,;:]{3,60}?)"
    r"\s*(?=[?.,;:]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EventNamed:
    """An event that a question counts from, and whether the time after it is meant."""

    words: str
    """As the question has them: "the ceasefire"."""
    after: bool


def event_named(question: str) -> EventNamed | None:
    """The event that `question` counts time from, where it is no date ("since the 4th of May")."""
    match = _EVENT.search(question)
    if match is None or any(not found.vague for found in find_dates(match["event"])):
        return None
    return EventNamed(match["event"].strip(), match["side"].lower() in ("since", "after"))


class EventDates:
    """Finds when an event was, in the articles themselves."""

    def __init__(
        self,
        retriever: Retriever,
        finder: EvidenceFinder,
        *,
        ranker: Ranker | None = None,
        threshold: float = 0.5,
    ) -> None:
        """No day is given where the articles answer with less confidence than `threshold`."""
        self._retriever = retriever
        self._finder = finder
        self._ranker = ranker
        self._threshold = threshold

    def scope(self, question: str, read: Scope, today: date, as_of: date | None) -> Scope:
        """`read`, preferring articles on the side of the event that `question` means.

        As it is where the question has a period of its own, names no event, or none is dated.
        """
        event = None if read.near or read.since or read.until else event_named(question)
        days = self.days(event.words, as_of) if event else None
        if event is None or days is None or days.start > today:
            return read
        near = (days.start, today) if event.after else (date.min, days.end)
        return replace(read, near=near, event=event.words)

    def days(self, event: str, as_of: date | None = None) -> ResolvedDate | None:
        """When `event` was; None where no article says so."""
        asked = read_question(f"When was {event}?")
        hits = self._retriever.retrieve(asked.text, READ, as_of)
        if self._ranker:
            hits = were_read(self._ranker.rank(asked.text, hits))
        evidence = [one for one in self._finder.find(asked, hits) if _tells_of(event, one)]
        if not evidence or self._finder.confidence(asked, evidence) < self._threshold:
            return None
        return _first_days(answer_when(asked, evidence[:1]).short)


def _tells_of(event: str, evidence: Evidence) -> bool:
    """Whether the sentence, with its article's title, has every word of the event."""
    words = {stem for word in query_words(event) for stem in stems(word)}
    return words.issubset(stems(f"{evidence.hit.article.title}\n{evidence.text}"))


def _first_days(short: str) -> ResolvedDate | None:
    found: Sequence[ResolvedDate | None] = [resolve(one, None) for one in find_dates(short)]
    return next((days for days in found if days is not None), None)
