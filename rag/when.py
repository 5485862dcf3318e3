"""When-questions: the date of the event, never the date of the report.

A date counts when it stands in a sentence that tells of the event and dates the event there, not
its telling ("she said on Friday") nor a plan given up. A relative one is resolved against the day
of publication, or against the date the text counts it from, and the answer shows how.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.lexical import query_words, stems
from ingest.passages import written
from rag.dates import find_dates, resolve
from rag.dates.anchors import DatedMention, resolve_in
from rag.dates.roles import Role, roles_asked
from rag.dates.spans import Grain, written_days
from rag.followups import verb_of
from rag.question import Question
from rag.types import Evidence
from rag.verbs import verb_stems

NEARLY_AS_GOOD = 0.15
"""A sentence may date the event when it is at least this share as probable as the best one."""
UNTOLD = 0.25
"""Stands in for how much of the question is told where a sentence tells nothing of it."""
AS_FIT = 0.5
"""A dated sentence may lead when probability times what it tells is at least this share of the
best one's."""
_EMPTY = frozenset(stems("day date month year now supposed finally"))
"""Words of a when-question that tell nothing of the event."""
AS_MUCH_TOLD = 0.8
"""Of what the sentence that tells most of the question tells of it."""
_MADE = re.compile(
    r"\b(?:made|built|born|founded|established|written|painted|composed)\s(?:on\s|in\s)?$"
)
_SINCE = re.compile(r"\bsince\s(?:an?|the|its|his|her|their)\s[^,;.]{3,60}$")
_MAKING = frozenset(
    "make made build built bear born found founded establish established write written paint"
    " painted compose composed create created design designed start started begin began begun"
    " open opened"
    " set form formed construct constructed erect erected introduce introduced invent invented"
    " originate originated date dated come came go went get exist existed emerge emerged appear"
    " appeared launch launched".split()
)
_FINER = {Grain.DAY: 1, Grain.WEEKDAY: 1, Grain.MONTH: 31, Grain.YEAR: 366}
"""Days that an answer of each grain spans at most."""


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
    if not evidence:
        return WhenAnswer((), "", "")
    told = _told(question, evidence)
    fit = {item.text: item.probability * (told[item.text] + UNTOLD) for item in evidence}
    floor = evidence[0].probability * NEARLY_AS_GOOD
    telling = sorted(
        (item for item in evidence if item.probability >= floor), key=lambda item: -fit[item.text]
    )
    first = telling[0]
    if _only_mistaken(first, question):
        telling = [*_after(first, evidence), *telling[1:]] or telling
    for item in telling:
        # A sentence that tells less of what is asked dates something else.
        less = told[item.text] < told[telling[0].text] * AS_MUCH_TOLD
        if less or fit[item.text] < fit[telling[0].text] * AS_FIT:
            continue
        if dated := _date_in(question, item):
            better = _more_exact(question, dated[0], telling)
            item, dated = better or (item, dated)
            return WhenAnswer(_led_by(item, evidence), *dated)
    return WhenAnswer(_led_by(telling[0], evidence), "", no_date(telling[0]))


def _told(question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
    """How much of what the question asks each sentence tells.

    Whom an article is about stands in many of its sentences, or in "she" and "its": a name counts
    nothing here, a word of the title half, and a word that several sentences share its part.
    """
    names = {s for word in question.text.split()[1:] if word[:1].isupper() for s in stems(word)}
    asked = _verbs(question) - names - _EMPTY or question.stems
    present = {item.text: asked.intersection(verb_stems(item.text)) for item in evidence}
    shared = Counter(stem for found in present.values() for stem in found)
    titles = {item.text: set(stems(item.hit.article.title)) for item in evidence}
    return {
        text: sum((0.5 if stem in titles[text] else 1.0) / shared[stem] for stem in found)
        for text, found in present.items()
    }


def _more_exact(
    question: Question, short: str, telling: Sequence[Evidence]
) -> tuple[Evidence, tuple[str, str]] | None:
    """Another report that gives the day where this one says "next week"; None where none does."""
    days = _days(short)
    if days is None or days[0] == days[1]:
        return None
    for item in telling:
        dated = _date_in(question, item)
        exact = _days(dated[0]) if dated else None
        one_day = exact is not None and exact[0] == exact[1]
        if dated and exact and one_day and days[0] <= exact[0] <= days[1]:
            return item, dated
    return None


def _days(written: str) -> tuple[date, date] | None:
    """The first and the last day that a short answer names."""
    found = [days for mention in find_dates(written) if (days := resolve(mention, None))]
    if not found:
        return None
    first, last = min(d.start for d in found), max(d.end for d in found)
    numbers = re.match(r"(\d{1,2}) to \d", written)  # "12 to 18 June 2023"
    return (first.replace(day=int(numbers[1])) if numbers and len(found) == 1 else first), last


def _only_mistaken(evidence: Evidence, question: Question) -> bool:
    """Whether it is the sentence that names a mistake, or a plan that was given up."""
    wrong = {Role.CORRECTED, Role.REPLACED} - set(roles_asked(question.text))
    roles = [dated.role for dated in _dates_in(evidence)]
    return bool(roles) and wrong.issuperset(roles)


def _after(first: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentence after one that names a mistake or an old plan: it has the right date."""
    return [
        item
        for item in evidence
        if item.hit.article.id == first.hit.article.id and 0 < item.start - first.end < 4
    ]


def _led_by(first: Evidence, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return (first, *(item for item in evidence if item is not first))


def no_date(evidence: Evidence) -> str:
    """The sentence that says that an event is reported without a date."""
    article = evidence.hit.article
    dates = _dates_in(evidence)
    if article.published is None:
        open_ones = [d.mention.text for d in dates if d.days is None and not d.mention.vague]
        why = f" “{open_ones[0]}” names no day without one." if open_ones else ""
        return f"The article reports this but gives no date for it, and has no date itself.{why}"
    telling = next((d.mention.text for d in dates if d.role is Role.TELLING), "")
    why = f" (“{telling}” is when it was told)" if telling else ""
    day = written(article.published)
    return f"Reported on {day}; the article gives no date for the event itself{why}."


def _date_in(question: Question, evidence: Evidence) -> tuple[str, str] | None:
    """The date and what is to be said of it; None where the sentence gives the event none."""
    dates = _dates_in(evidence)
    asked = roles_asked(question.text)
    content = set(stems(question.text))
    usable = [
        dated
        for dated in dates
        if dated.role in asked
        and not set(stems(dated.mention.text)) <= content
        and not _of_its_making(question, evidence.text[: dated.mention.start])
        and not _of_something_since(question, evidence.text[: dated.mention.start])
    ]
    if Role.REPLACED in asked and (old := [d for d in usable if d.role is Role.REPLACED]):
        usable = old
    ranked = sorted(usable, key=lambda d: -_fit(question, evidence.text, d, dates))
    if question.grain is Grain.DAY:  # a month is no answer where a day is to be had
        ranked.sort(key=lambda d: d.days is None or d.days.start != d.days.end)
    answers = (_answer(question.grain, dated, evidence) for dated in ranked)
    return next(filter(None, answers), None)


def _of_its_making(question: Question, before: str) -> bool:
    """Whether a date says when something was made, and no making is asked for: "made in 1791"."""
    verb = verb_of(question.text)
    return bool(verb) and verb not in _MAKING and _MADE.search(before) is not None


def _of_something_since(question: Question, before: str) -> bool:
    """Whether a date is that of what something else has gone on since: "shut since a fire on".

    Not where the clause has a word of the question.
    """
    clause = re.split(r"[,;:]\s", before)[-1]
    since = _SINCE.search(clause)
    return since is not None and question.stems.isdisjoint(stems(clause))


def _dates_in(evidence: Evidence) -> list[DatedMention]:
    article = evidence.hit.article
    return resolve_in(article.text, evidence.start, evidence.end, article.published)


def _answer(grain: Grain, dated: DatedMention, evidence: Evidence) -> tuple[str, str] | None:
    mention, days = dated.mention, dated.days
    if days is None:
        if mention.vague:
            return None
        if evidence.hit.article.published is None and mention.relative:
            return _without_year(dated)
        # "Two million years ago" is an answer that no calendar holds.
        return mention.text, _either_order(dated)
    short = written_days(days, grain)
    if mention.value is not None and mention.value.part and grain is Grain.ANY:
        short = f"{mention.value.part} {short}"
    derived = mention.relative or "“" in days.how[len(mention.text) + 2 :]
    notes = [f"The date is resolved from {days.how}."] if derived else []
    if (days.end - days.start).days >= _FINER.get(grain, 10**6):
        notes.append("The article is no more exact.")
    return short, " ".join(notes)


def _without_year(dated: DatedMention) -> tuple[str, str] | None:
    """4 April in an article without a date: the day, and that its year is not told."""
    value = dated.mention.value
    if value is None or value.month is None or dated.mention.shift:
        return None
    day = re.sub(r"^(?:in|on)\s", "", dated.mention.text, flags=re.IGNORECASE)
    return day, "The article does not tell the year, and has no date itself."


def _either_order(dated: DatedMention) -> str:
    if dated.mention.value is None and "/" in dated.mention.text:
        return "The article does not show whether the day or the month comes first."
    return ""


def _fit(
    question: Question, sentence: str, dated: DatedMention, dates: Sequence[DatedMention]
) -> float:
    """How well the words that a date goes with are those of the question, the nearest first.

    Each word of the question counts 1 / (1 + i), where i content words stand between it and the
    date: "closed on 3 September and reopened on 30 September" dates both, of one subject.
    """
    words, nearest_first = _words_with(sentence, dated, dates)
    content = [s for word in query_words(words) for s in verb_stems(word)]
    content = content if nearest_first else content[::-1]
    asked = _verbs(question)
    return sum(1 / (1 + i) for i, stem in enumerate(content) if stem in asked)


def _verbs(question: Question) -> set[str]:
    """The question's content stems, irregular verbs by their base."""
    return {base for stem in question.stems for base in verb_stems(stem)}


def _words_with(
    sentence: str, dated: DatedMention, dates: Sequence[DatedMention]
) -> tuple[str, bool]:
    """The words between a date and the one before it; those after it where it opens a clause.

    And whether the nearest word comes first.
    """
    start = max((d.mention.end for d in dates if d.mention.end <= dated.mention.start), default=0)
    end = min(
        (d.mention.start for d in dates if d.mention.start >= dated.mention.end),
        default=len(sentence),
    )
    before, after = sentence[start : dated.mention.start], sentence[dated.mention.end : end]
    opens = len(before.strip()) <= 3 or re.search(
        r"[;,:—–]\s*(?:and|but|then)?\s*(?:on|in|by)?\s*$", before
    )
    return (after, True) if opens and after.strip(" .,;") else (before, False)
