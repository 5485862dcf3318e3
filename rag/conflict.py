"""Where sources disagree: the different values that articles give to one question.

Values that can be compared exactly are: numbers with their units, days, and names. A near copy of
a sentence is no second source, and two sentences disagree only where they tell as much of what was
asked: another flood has other figures.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.lexical import query_words, stems
from rag.copies import cluster_of, is_copy, statement
from rag.dates import find_dates, resolve
from rag.names import find_names
from rag.numbers import MONEY, Number, find_numbers, same_measure
from rag.question import Question, Wanted
from rag.short import asks_duration, may_count
from rag.statements import Conflict, Disputed, Position
from rag.types import Evidence
from rag.verbs import verb_stems
from rag.when import answer_when

NEARLY_AS_GOOD = 0.5
"""A sentence has a say when its merit is at least this share of the best one's."""
AS_MUCH_TOLD = 0.75
"""... and tells at least this share of what the best one tells of the question."""
AGREES = 0.02
"""A sentence with the same distinct figure agrees from this share of the best one's merit."""
IN_OTHER_WORDS = 0.1
"""A report of the same days that counts the same has a say from this share of the best merit."""
SURE = 2.0
"""... or from this logit of its answer: as a passage that needs no other read (`rag.rank`)."""
SAME_STORY = 14
"""Days between two reports of one event."""
DISTINCT = 3
"""Digits, zeros at the end left out, from which a figure is nobody else's."""
_AMOUNT = re.compile(
    r"\bwhat (?:is|was|will be|are|were|would be) the (?:[\w’'-]+ ){0,2}?(?P<noun>damage|costs?"
    r"|price|bill|value|budget|fee|fine|loss(?:es)?|population|turnout|attendance|toll|total)\b",
    re.I,
)
_PRICE = re.compile(
    r"\bhow much\b.*\b(?:costs?|pay|pays|paid|price|spend|spent|repay|charged?|fined?|worth)\b"
    r"|\bhow (?:dear|expensive)\b",
    re.I,
)
_DENIED_BEFORE = re.compile(
    r"\b(?:not|rather than|instead of|down from|up from)(?:\s(?:the|about|some|by|in|at))?\s$", re.I
)
AS_MONEY = 0.1
"""A sum of money is the price asked for from this share of the best sentence's merit."""
CORRECTING = frozenset(stems("correction corrected clarification corrects corrected wrongly wrong"))


@dataclass(frozen=True, slots=True)
class Told:
    """A value, and the sentences of different sources that give it, the best first."""

    value: str
    evidence: tuple[Evidence, ...]
    copies: tuple[Evidence, ...] = ()
    """Sentences that repeat one of these: they have no vote."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """How the values of one form are read from a sentence and compared."""

    disputed: Disputed
    value: Callable[[Question, Evidence], str]
    agree: Callable[[str, str], bool]
    strict: bool = False
    """Both sentences must tell the same of the question: a name may be anybody's."""
    floor: float = NEARLY_AS_GOOD


def values_told(question: Question, evidence: Sequence[Evidence]) -> tuple[Told, ...]:
    """The values that the articles give, with all who give them; the best evidence's first.

    `evidence` is in order of probability. A newer article of the same outlet goes ahead of the one
    that it corrects. () where what is asked for has no values that can be compared.
    """
    measure = _measure(question, evidence)
    if measure is None:
        return ()
    groups: list[Told] = []
    for item in _with_a_say(question, evidence, measure):
        value = measure.value(question, item)
        same = next((g for g in groups if _gives(value, g, question, measure)), None)
        if same is not None:
            groups[groups.index(same)] = _joined_by(same, item)
        elif not (groups and _has_both(item, groups[0])):
            groups.append(Told(value, (item,)))
    if groups and measure.disputed is Disputed.NUMBER:
        others = [item for group in groups[1:] for item in group.evidence]
        rest = [item for item in evidence if item not in others]
        groups[0] = _with_agreeing(question, groups[0], rest)
    return _corrections_first(_one_value_each(groups))


def _one_value_each(groups: Sequence[Told]) -> tuple[Told, ...]:
    """The groups without those of articles that give a better value already.

    Nor those of another unit: £3 million is at odds with £4 million, but not with 40 people.
    """
    kept: list[Told] = []
    heard: set[str] = set()
    for told in groups:
        articles = {item.hit.article.id for item in told.evidence}
        if not articles & heard and (not kept or _of_one_unit(told.value, kept[0].value)):
            kept.append(told)
        heard |= articles
    return tuple(kept)


def _of_one_unit(value: str, other: str) -> bool:
    units, others = (
        {number.unit for number in find_numbers(words, durations=True)} for words in (value, other)
    )
    return units == others or bool(units & others)


def told_apart(question: Question, evidence: Sequence[Evidence]) -> tuple[Told, ...]:
    """`values_told` where they differ; () where the articles agree."""
    values = values_told(question, evidence)
    return values if len(values) > 1 else ()


def disputed_in(question: Question, values: Sequence[Told]) -> Conflict | None:
    """The conflict that `values` are, each with its sources; None where there is one value."""
    measure = _measure(question, values[0].evidence) if values else None
    if measure is None or len(values) < 2:
        return None
    positions = tuple(
        Position(
            told.value,
            (
                *(statement(item) for item in told.evidence),
                *(statement(item, copy=True) for item in told.copies),
            ),
            corrected=any(_corrects(newer, told) for newer in values[:at]),
        )
        for at, told in enumerate(values)
    )
    return Conflict(measure.disputed, positions)


def asks_amount(question: Question) -> bool:
    """Whether it asks what "the damage" or "the cost" is, without saying how much."""
    return question.wanted is Wanted.OTHER and _AMOUNT.search(question.text) is not None


def asks_price(question: Question) -> bool:
    """Whether it asks how much something costs."""
    return _PRICE.search(question.text) is not None


def _joined_by(told: Told, item: Evidence) -> Told:
    if any(item.hit.article.id == other.hit.article.id for other in (*told.evidence, *told.copies)):
        return told
    if any(is_copy(item, other) for other in told.evidence):
        return replace(told, copies=(*told.copies, item))
    return replace(told, evidence=(*told.evidence, item))


def _with_agreeing(question: Question, told: Told, evidence: Sequence[Evidence]) -> Told:
    """`told` with the sentences that give its figure, in whatever words.

    It takes less to agree than to disagree: 1,912 is no accident, and neither is 400 where the
    reader finds it in a sentence nearly as good.
    """
    best, figures = told.evidence[0], find_numbers(told.value, durations=True)
    distinct = [n for n in figures if len(_digits(n.value)) >= DISTINCT]
    for item in evidence:
        if item.merit < AGREES * best.merit or not _names_told(question, item):
            continue
        read = _number(question, item) if item.merit >= NEARLY_AS_GOOD * best.merit else ""
        if (read and _same_number(read, told.value)) or _has_one_of(distinct, item):
            told = _joined_by(told, item)
    return told


def _has_one_of(figures: Sequence[Number], item: Evidence) -> bool:
    return any(same_measure(n, m) for n in figures for m in find_numbers(item.text))


def _has_both(item: Evidence, told: Told) -> bool:
    """Whether the sentence has the value of `told` beside its own, and does not take it back.

    "400 were fired and 2,000 ordered" is not at odds with 2,000.
    """
    if _replaces(item, told):
        return False
    values = find_numbers(told.value, durations=True)
    kept = [n for n in _others(item) if not _DENIED_BEFORE.search(item.text[: n.start])]
    return any(same_measure(n, m) for n in values for m in kept)


def _names_told(question: Question, item: Evidence) -> bool:
    """Whether all capitalised words of the question stand in or around the sentence."""
    names = {s for word in question.text.split()[1:] if word[:1].isupper() for s in stems(word)}
    return names <= set(stems(_around(item)))


def _digits(value: Decimal) -> str:
    return str(value).replace(".", "").strip("0")


def _gives(value: str, told: Told, question: Question, measure: _Measure) -> bool:
    return measure.agree(value, measure.value(question, told.evidence[0]))


# --- who has a say ------------------------------------------------------------------------------


def _with_a_say(
    question: Question, evidence: Sequence[Evidence], measure: _Measure
) -> list[Evidence]:
    valued = [item for item in evidence if measure.value(question, item)]
    if not valued:
        return []
    best = valued[0]
    if best.merit < measure.floor * evidence[0].merit:
        return []
    floor = measure.floor * best.merit
    wanted = AS_MUCH_TOLD * _told(question, best)
    return [
        item
        for item in valued
        if (
            (item.merit >= floor or _corrects_that(item, best))
            and (
                _tells_the_same(question, item, best)
                if measure.strict
                else _told(question, item) >= wanted
            )
        )
        or (
            measure.disputed is Disputed.NUMBER
            and (_of_the_same_story(question, item, best) or _takes_back(item, best))
        )
    ]


def _of_the_same_story(question: Question, item: Evidence, best: Evidence) -> bool:
    """Whether another report of the same days counts the same, in words of its own.

    "1,600 were taken to safety" is no near copy of "1,240 were evacuated", but it answers the same
    question: its names are told, the reader finds a number, and it is sure of that or the number
    counts the same noun or unit.
    """
    ours, theirs = item.hit.article.published, best.hit.article.published
    if ours is None or theirs is None or abs((ours - theirs).days) > SAME_STORY:
        return False
    if item.hit.article.source == best.hit.article.source or is_copy(item, best):
        return False
    if item.merit < IN_OTHER_WORDS * best.merit:
        return False
    assert item.answer is not None
    sure = item.answer.score >= SURE or item.merit >= NEARLY_AS_GOOD * best.merit
    return _names_told(question, item) and (sure or _counts_the_same(item, best))


def _counts_the_same(item: Evidence, best: Evidence) -> bool:
    ours, theirs = _counted(item), _counted(best)
    return ours is not None and ours == theirs


def _counted(item: Evidence) -> str | None:
    """The unit of the number that the reader finds, or the stem of the noun that it counts."""
    assert item.answer is not None
    start, end = item.answer.start - item.start, item.answer.end - item.start
    read = [n for n in find_numbers(item.text) if n.start < end and start < n.end]
    if len(read) != 1:
        return None
    if read[0].unit:
        return read[0].unit
    following = query_words(item.text[read[0].end :][:40])
    return next(iter(stems(following[0])), None) if following else None


def _corrects_that(item: Evidence, best: Evidence) -> bool:
    """Whether it is of a correction that the outlet of `best` printed later."""
    return _replaces(item, Told("", (best,))) and _calls_itself_one(item)


def _takes_back(item: Evidence, best: Evidence) -> bool:
    """Whether it corrects the best sentence and names the figure that it takes back."""
    if not _corrects_that(item, best):
        return False
    old = find_numbers(_read(best), durations=True)
    return any(same_measure(n, m) or n.value == m.value for n in old for m in _others(item))


def _others(item: Evidence) -> list[Number]:
    """The numbers of a sentence beside those of the reader's answer."""
    read = [number.text for number in find_numbers(_read(item), durations=True)]
    return [n for n in find_numbers(item.text, durations=True) if n.text not in read]


def _told(question: Question, item: Evidence) -> int:
    """How many of the question's words the sentence or its title has."""
    return len(question.stems.intersection(stems(f"{item.hit.article.title} {item.text}")))


def _tells_the_same(question: Question, item: Evidence, best: Evidence) -> bool:
    """Whether the sentence has what the best one has of the question, and its passage the rest."""
    asked = {base for stem in question.stems for base in verb_stems(stem)}
    core = asked.intersection(verb_stems(best.text))
    around = asked.intersection(verb_stems(_around(best)))
    return core <= set(verb_stems(item.text)) and around <= set(verb_stems(_around(item)))


def _around(item: Evidence) -> str:
    return f"{item.hit.article.title}\n{item.hit.passage.text}\n{item.text}"


# --- corrections --------------------------------------------------------------------------------


def _corrections_first(values: tuple[Told, ...]) -> tuple[Told, ...]:
    """The leading value gives way to one that a newer article of the same outlet gives."""
    for told in values[1:]:
        if _is_newer(told, values[0]):
            lead = _newest_first(told, values[0])
            return (lead, *(other for other in values if other is not told))
    return values


def _newest_first(told: Told, old: Told) -> Told:
    """`told` with the sentence in front that replaces one of `old`."""
    said = (*told.evidence, *told.copies)
    newer = [item for item in said if _replaces(item, old)]
    rest = [item for item in told.evidence if item not in newer]
    copies = tuple(item for item in told.copies if item not in newer)
    return Told(told.value, (*newer, *rest), copies)


def _is_newer(told: Told, old: Told) -> bool:
    return any(_replaces(item, old) for item in (*told.evidence, *told.copies))


def _replaces(item: Evidence, old: Told) -> bool:
    """Whether it is of the same outlet as a sentence of `old`, and newer."""
    ours = item.hit.article
    return any(
        bool(ours.source)
        and ours.source == theirs.source
        and cluster_of(ours) != cluster_of(theirs)
        and ours.published is not None
        and theirs.published is not None
        and ours.published > theirs.published
        for theirs in (other.hit.article for other in old.evidence)
    )


def _corrects(told: Told, old: Told) -> bool:
    """Whether a newer article of the same outlet says that it corrects the older one."""
    return any(_replaces(item, old) and _calls_itself_one(item) for item in told.evidence)


def _calls_itself_one(item: Evidence) -> bool:
    return not CORRECTING.isdisjoint(stems(f"{item.hit.article.title} {item.text}"))


# --- numbers, days, names -----------------------------------------------------------------------


def _measure(question: Question, evidence: Sequence[Evidence]) -> _Measure | None:
    if question.wanted is Wanted.NUMBER:
        return _MONEY if _is_money(question, evidence) else _NUMBER
    if question.wanted is Wanted.DATE:
        return _DATE
    if question.wanted in (Wanted.PERSON, Wanted.PLACE):
        return _NAME
    if asks_amount(question):
        return _AMOUNT_OF
    # "What does it come to?" asks for an amount where the answer is one.
    amount = find_numbers(_read(evidence[0])) if evidence else []
    return _NUMBER if len(amount) == 1 and amount[0].unit else None


def _is_money(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether a price is asked for and a sum of money found: five votes are none beside it."""
    if not asks_price(question) or not evidence:
        return False
    floor = AS_MONEY * max(item.merit for item in evidence)
    return any(item.merit >= floor and _sum_of_money(question, item) for item in evidence)


def _read(item: Evidence) -> str:
    """The reader's answer, where it is sure of it."""
    span = item.answer
    if span is None or span.score <= 0:
        return ""
    return item.hit.article.text[span.start : span.end]


def _number(question: Question, item: Evidence) -> str:
    words, span = _read(item), item.answer
    if span is None or not find_numbers(words, durations=asks_duration(question)):
        return ""
    at = (span.start - item.start, span.end - item.start)
    return words if may_count(question, item.text, at) else ""


def _sum_of_money(question: Question, item: Evidence) -> str:
    words = _number(question, item)
    return words if any(number.unit in MONEY for number in find_numbers(words)) else ""


def _amount_named(question: Question, item: Evidence) -> str:
    """The one amount with a unit in a sentence that has the noun asked for: "the damage"."""
    asked = _AMOUNT.search(question.text)
    amounts = [number for number in find_numbers(item.text) if number.unit]
    named = asked is not None and set(stems(asked["noun"])) <= set(stems(item.text))
    return amounts[0].text if named and len(amounts) == 1 else ""


def _same_number(value: str, other: str) -> bool:
    ours, theirs = find_numbers(value, durations=True), find_numbers(other, durations=True)
    return any(same_measure(a, b) for a in ours for b in theirs)


def _day(question: Question, item: Evidence) -> str:
    short = answer_when(question, [item]).short
    return short if _days(short) else ""


def _days_overlap(value: str, other: str) -> bool:
    """Whether two dates can be the same: one may be less exact than the other."""
    one, two = _days(value), _days(other)
    return one is None or two is None or (one[0] <= two[1] and two[0] <= one[1])


def _days(written: str) -> tuple[int, int] | None:
    found = [days for mention in find_dates(written) if (days := resolve(mention, None))]
    if not found:
        return None
    return min(d.start.toordinal() for d in found), max(d.end.toordinal() for d in found)


def _name(question: Question, item: Evidence) -> str:
    words = _read(item)
    names = find_names(words)
    if len(names) != 1 or not question.stems.isdisjoint(stems(words)):
        return ""
    return names[0].text


def _same_name(value: str, other: str) -> bool:
    """Whether two names share a word: "Mulgrew" is "Piet Mulgrew"."""
    return not set(stems(value)).isdisjoint(stems(other))


_MONEY = _Measure(Disputed.NUMBER, _sum_of_money, _same_number, floor=AS_MONEY)
_NUMBER = _Measure(Disputed.NUMBER, _number, _same_number)
# The reader seldom finds what "the damage" is: the noun itself does, in whatever sentence.
_AMOUNT_OF = _Measure(Disputed.NUMBER, _amount_named, _same_number, floor=0.01)
_DATE = _Measure(Disputed.DATE, _day, _days_overlap, strict=True)
_NAME = _Measure(Disputed.NAME, _name, _same_name, strict=True)
