"""When-questions: the date of the event, never the date of the report.

A date counts when it stands in a sentence that tells of the event. A relative one ("on Saturday")
is resolved against the day the article was published, and the answer shows how.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.passages import written
from rag.dates import ResolvedDate, find_dates, resolve
from rag.question import Question
from rag.short import short_answers
from rag.types import Evidence

NEARLY_AS_GOOD = 0.5
"""A dated sentence may lead when it is at least this share as probable as the best one."""


@dataclass(frozen=True, slots=True)
class WhenAnswer:
    """What the evidence says of the date of an event."""

    evidence: tuple[Evidence, ...]
    """The same evidence, the sentence that carries the date first."""
    short: str
    """The date, empty when the articles give none."""
    note: str
    """How a relative date was resolved, or that there is no date."""


def answer_when(question: Question, evidence: Sequence[Evidence]) -> WhenAnswer:
    """Find the date of the event that `question` asks for among `evidence`, best first."""
    floor = evidence[0].probability * NEARLY_AS_GOOD if evidence else 0.0
    for item in evidence:
        if item.probability < floor:
            break
        if dated := _date_in(question, item):
            rest = tuple(other for other in evidence if other is not item)
            return WhenAnswer((item, *rest), *dated)
    return WhenAnswer(tuple(evidence), "", no_date(evidence[0]) if evidence else "")


def no_date(evidence: Evidence) -> str:
    """The sentence that says that an event is reported without a date."""
    published = evidence.hit.article.published
    if published is None:
        return "The article reports this but gives no date for it."
    return f"The article, published on {written(published)}, gives no date for the event itself."


def _date_in(question: Question, evidence: Evidence) -> tuple[str, str] | None:
    mentions = {(m.start, m.end): m for m in find_dates(evidence.text)}
    for span in short_answers(question, evidence.text):
        mention = mentions[span]
        resolved = resolve(mention, evidence.hit.article.published)
        if resolved is None:
            # "Two million years ago" is an answer that no calendar holds; "on Tuesday" in an
            # article without a date is none.
            if mention.relative and evidence.hit.article.published is None:
                continue
            return mention.text, ""
        if resolved.start == resolved.end:
            return written(resolved.start), _resolution(resolved) if mention.relative else ""
        return mention.text, _resolution(resolved) if mention.relative else ""
    return None


def _resolution(resolved: ResolvedDate) -> str:
    return f"The date is resolved from {resolved.how}."
