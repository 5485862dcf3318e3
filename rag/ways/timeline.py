"""Timelines: what happened when, a dated and cited line each, in the order of the events."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.lexical import query_words, stems
from rag.copies import reprints, statement
from rag.dates import ResolvedDate, find_dates, resolve
from rag.dates.anchors import DatedMention, resolve_in
from rag.dates.roles import Role
from rag.dates.spans import written_days
from rag.joined import widened
from rag.negation import negators
from rag.orders import without_orders
from rag.question import Question
from rag.scope import Scope
from rag.statements import Statement
from rag.types import Evidence
from rag.ways.kind import Kind
from rag.ways.topic import Topic, articles_about, sentences, topic_of
from rag.ways.way import Found, Label, Plan, Search, Span, span_of

LINES = 12
TOLD_WITHIN = timedelta(days=31)
"""An event is looked for in articles published so long after it, too."""
SAME_EVENT = 0.25
"""Two sentences of one day that share this much of the shorter one's words tell of one event."""
WIDEST = 366
"""Days: what is dated less exactly belongs in no timeline."""
AHEAD = 31
"""... and so many days where it is announced, for at most a year ahead."""
CONFIDENT = 0.9
NO_YEARS = "The article has no date itself and tells no years, so the lines stand in its own order."
_SINCE = re.compile(r"\b(?:since|after)\s(?:the\s)?$", re.I)
_UNTIL = re.compile(r"\b(?:before|until|till|by|up to)\s(?:the\s)?$", re.I)
_COMPARED = re.compile(r"\b(?:than|as|until|like|of)\s(?:in\s)?$", re.I)
"""Lower than today: nothing happened today."""
_REPORT = re.compile(r"\b(?:report|article|story|edition|issue) (?:of|in|from|on) $", re.I)
"""Our report of Tuesday: nothing happened on Tuesday but the report."""

_UNDONE = re.compile(r"\b(?:was|were) to have\b|\bhad been (?:due|meant|planned) to\b", re.I)
"""What did not come about."""

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Event:
    """A dated sentence of an article."""

    item: Evidence
    dated: DatedMention
    first: date
    last: date
    told: int
    """How many of the topic's words the sentence has."""

    @property
    def announced(self) -> bool:
        """Whether it was still to come when its article was published."""
        published = self.item.hit.article.published
        return published is not None and self.first > published


class TimelineWay:
    """Puts dated sentences in order (`rag.ways.way.Way`)."""

    kind = Kind.TIMELINE

    def __init__(self, rarity: Callable[[str], float], today: Callable[[], date]) -> None:
        """`rarity` weighs a stem: the rarer in the library, the more."""
        self._rarity = rarity
        self._today = today

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`: every dated sentence of the articles about the topic."""
        period = period_of(asked.text, self._today())
        topic = topic_of(asked.text)
        near = (period[0], min(period[1], date.max - TOLD_WITHIN) + TOLD_WITHIN) if period else None
        found = search(topic.words or asked.text, near=near)
        period = period or _event_period(found)
        articles = articles_about(topic, found.hits, self._rarity)
        told = [
            sentence for article, hit in articles for sentence in sentences(article, hit, CONFIDENT)
        ]
        evidence = [event.item for event in _events(told, topic, period)]
        if not evidence and period is None:
            evidence = [item for item, _ in _yearless(told, topic)]
        # A sentence that no date stands in is not looked at, and so neither is its doubt.
        confidence = CONFIDENT if evidence else 0.0
        return replace(found, evidence=tuple(without_orders(evidence)), confidence=confidence)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`: the lines, each under its date."""
        period = period_of(asked.text, self._today()) or _event_period(found)
        topic = topic_of(asked.text)
        events = _events(found.evidence, topic, period)
        if not events:
            return _without_years(_yearless(found.evidence, topic))
        groups = _one_each(sorted(events, key=lambda event: (event.first, event.last)))
        kept = sorted(groups, key=lambda group: _weight(group[0]), reverse=True)[:LINES]
        lines = [group for group in groups if group in kept]
        evidence, labels, also = _lines(lines)
        left = len(groups) - len(lines)
        note = f"{left} further dated events are left out." if left else ""
        return Plan(
            evidence=tuple(evidence),
            lines=tuple(range(len(evidence))),
            note=note,
            labels=labels,
            also=also,
        )


def period_of(question: str, today: date) -> Period | None:
    """The time that `question` names, from the first of its dates to the last; None without."""
    found = []
    for mention in find_dates(question):
        days = resolve(mention, today)
        if days is not None and days.start <= today:
            found.append((mention, days))
    if not found:
        return None
    first, last = min(d.start for _, d in found), max(d.end for _, d in found)
    if len(found) == 1:
        before = question[: found[0][0].start]
        if _SINCE.search(before):
            last = today
        elif _UNTIL.search(before):
            first, last = date.min, first - timedelta(days=1)
    return first, last


def _event_period(found: Found) -> Period | None:
    """The time since (or before) the event that the question names, as the articles date it."""
    scope = found.about.get("scope")
    return scope.near if isinstance(scope, Scope) and scope.event else None


def _events(evidence: Sequence[Evidence], topic: Topic, period: Period | None) -> list[_Event]:
    """The sentences that date something that happened, within the period, each once.

    Also what the newest article announces: of older plans it is told what became.
    """
    events = []
    days = (item.hit.article.published for item in evidence)
    newest = max((day for day in days if day), default=date.min)
    for item in evidence:
        article = item.hit.article
        told = len(topic.stems.intersection(stems(item.text)))
        headed = topic.stems.intersection(stems(article.title))
        # In an article on something else only what names the topic belongs to it.
        if topic.stems and not headed and not told:
            continue
        dated = _dated(item, period, ahead=article.published == newest)
        if dated is not None and dated.days is not None:
            events.append(_Event(item, dated, dated.days.start, dated.days.end, told))
    return events


def _yearless(evidence: Sequence[Evidence], topic: Topic) -> list[tuple[Evidence, DatedMention]]:
    """The sentences with a day or month whose year no article tells, with that date."""
    found = []
    for item in evidence:
        article = item.hit.article
        told = topic.stems.intersection(stems(f"{article.title} {item.text}"))
        if article.published is not None or (topic.stems and not told):
            continue
        for dated in resolve_in(article.text, item.start, item.end, None):
            value = dated.mention.value
            plain = value is not None and value.month is not None and not dated.mention.shift
            if plain and dated.days is None and dated.role in (Role.EVENT, Role.TELLING):
                found.append((item, dated))
                break
    return found[:LINES]


def _without_years(told: Sequence[tuple[Evidence, DatedMention]]) -> Plan:
    """Lines under days without a year, in the order in which the article has them."""
    evidence = [widened(item, dated=True) for item, _ in told]
    labels = {
        span_of(item): Label(re.sub(r"^(?:in|on)\s", "", dated.mention.text, flags=re.I))
        for item, (_, dated) in zip(evidence, told, strict=True)
    }
    return Plan(tuple(evidence), tuple(range(len(evidence))), note=NO_YEARS, labels=labels)


def _dated(item: Evidence, period: Period | None, *, ahead: bool) -> DatedMention | None:
    """The most exact date of something that happened by the day of the report.

    Where it looks `ahead`, also of something announced; what is said not to come is not.
    """
    article = item.hit.article
    told_on = article.published or date.max
    usable = [
        dated
        for dated in resolve_in(article.text, item.start, item.end, article.published)
        if dated.days is not None
        and dated.role is Role.EVENT
        and not _UNDONE.search(item.text)
        and not _REPORT.search(item.text[: dated.mention.start])
        and not (
            dated.mention.shift is not None and _COMPARED.search(item.text[: dated.mention.start])
        )
        and (dated.days.start <= told_on or (ahead and _is_announced(item, dated.days, told_on)))
        and (dated.days.end - dated.days.start).days <= WIDEST
        and (period is None or _within(dated.days.start, dated.days.end, period))
    ]
    return min(usable, key=_width, default=None)


def _is_announced(item: Evidence, days: ResolvedDate, told_on: date) -> bool:
    soon = (days.start - told_on).days <= WIDEST and (days.end - days.start).days <= AHEAD
    return soon and not negators(item.text)


def _width(dated: DatedMention) -> int:
    return (dated.days.end - dated.days.start).days if dated.days else WIDEST


def _within(first: date, last: date, period: Period) -> bool:
    return period[0] <= first and last <= period[1]


def _one_each(events: Sequence[_Event]) -> list[list[_Event]]:
    """Events in order, each with the other sentences that tell of it; the fullest leads."""
    groups: list[list[_Event]] = []
    for event in events:
        same = next((g for g in groups if any(_same(event, other) for other in g)), None)
        if same is None:
            groups.append([event])
        else:
            same.append(event)
    return [sorted(group, key=lambda event: (_width(event.dated), -event.told)) for group in groups]


def _same(event: _Event, other: _Event) -> bool:
    if (event.first, event.last) != (other.first, other.last):
        return False
    if event.item.hit.article.id == other.item.hit.article.id:
        return False
    one, two = _content(event.item.text), _content(other.item.text)
    return len(one & two) >= SAME_EVENT * min(len(one), len(two))


def _content(text: str) -> set[str]:
    return {stem for word in query_words(text) for stem in stems(word)}


def _weight(event: _Event) -> tuple[int, int, int]:
    """What is to stay where there are too many: what tells of the topic, early in its article."""
    return event.told, -event.item.start, -_width(event.dated)


def _lines(
    groups: Sequence[Sequence[_Event]],
) -> tuple[list[Evidence], dict[Span, Label], dict[Span, tuple[Statement, ...]]]:
    evidence: list[Evidence] = []
    labels: dict[Span, Label] = {}
    also: dict[Span, tuple[Statement, ...]] = {}
    for first, *others in groups:
        item = widened(first.item, dated=True)
        if span_of(item) in labels:
            continue
        evidence.append(item)
        days = first.dated.days
        assert days is not None
        derived = bool(
            first.dated.mention.relative or "“" in days.how[len(first.dated.mention.text) + 2 :]
        )
        notes = ["announced"] * first.announced + [days.how] * derived
        labels[span_of(item)] = Label(written_days(days), ", ".join(notes))
        told = tuple(
            statement(other.item, copy=reprints(other.item.text, first.item.text))
            for other in others
        )
        if told:
            also[span_of(item)] = told
    return evidence, labels, also
