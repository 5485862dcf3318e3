"""The forms of value that can be compared: how each is read from a sentence, and when two agree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.lexical import stems
from rag.conflict.asks import AMOUNT, asks_amount, asks_price
from rag.dates import find_dates, resolve
from rag.names import find_names
from rag.numbers import find_numbers, is_money, same_measure
from rag.question import Question, Wanted
from rag.short import asks_duration, from_number, may_count
from rag.statements import Disputed
from rag.types import Evidence
from rag.when import answer_when

NEARLY_AS_GOOD = 0.5
"""A sentence has a say when its merit is at least this share of the best one's."""
AS_MONEY = 0.1
"""A sum of money is the price asked for from this share of the best sentence's merit."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How the values of one form are read from a sentence and compared."""

    disputed: Disputed
    value: Callable[[Question, Evidence], str]
    agree: Callable[[str, str], bool]
    strict: bool = False
    """Both sentences must tell the same of the question: a name may be anybody's."""
    floor: float = NEARLY_AS_GOOD


def measure_of(question: Question, evidence: Sequence[Evidence]) -> Measure | None:
    """The form of value that `question` asks for; None where it asks for nothing comparable.

    `evidence`, best first, tells where the words of the question do not.
    """
    if question.wanted is Wanted.NUMBER:
        return _MONEY if _is_money(question, evidence) else _NUMBER
    if question.wanted is Wanted.DATE:
        return _DATE
    if question.wanted in (Wanted.PERSON, Wanted.PLACE):
        return _NAME
    if asks_amount(question):
        return _AMOUNT_OF
    # "What does it come to?" asks for an amount where the answer is one.
    amount = find_numbers(read_answer(evidence[0])) if evidence else []
    return _NUMBER if len(amount) == 1 and amount[0].unit else None


def _is_money(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether a price is asked for and a sum of money found: five votes are none beside it."""
    if not asks_price(question) or not evidence:
        return False
    floor = AS_MONEY * max(item.merit for item in evidence)
    return any(item.merit >= floor and _sum_of_money(question, item) for item in evidence)


def read_answer(item: Evidence) -> str:
    """The reader's answer, where it is sure of it."""
    span = item.answer
    if span is None or span.score <= 0:
        return ""
    return item.hit.article.text[span.start : span.end]


def number_told(question: Question, item: Evidence) -> str:
    """The number that the reader finds, in the words of the sentence; empty where none answers."""
    words, span = read_answer(item), item.answer
    if span is None or not find_numbers(words, durations=asks_duration(question)):
        return ""
    at = (span.start - item.start, span.end - item.start)
    return from_number(words) if may_count(question, item.text, at) else ""


def _sum_of_money(question: Question, item: Evidence) -> str:
    words = number_told(question, item)
    return words if any(is_money(number.unit) for number in find_numbers(words)) else ""


def _amount_named(question: Question, item: Evidence) -> str:
    """The one amount with a unit in a sentence that has the noun asked for: "the damage"."""
    asked = AMOUNT.search(question.text)
    amounts = [number for number in find_numbers(item.text) if number.unit]
    named = asked is not None and set(stems(asked["noun"])) <= set(stems(item.text))
    return amounts[0].text if named and len(amounts) == 1 else ""


def same_number(value: str, other: str) -> bool:
    """Whether two values have a number in common, in whatever form: 1,600 and sixteen hundred."""
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
    words = read_answer(item)
    names = find_names(words)
    if len(names) != 1 or not question.stems.isdisjoint(stems(words)):
        return ""
    return names[0].text


def _same_name(value: str, other: str) -> bool:
    """Whether two names share a word: "Mulgrew" is "Piet Mulgrew"."""
    return not set(stems(value)).isdisjoint(stems(other))


_MONEY = Measure(Disputed.NUMBER, _sum_of_money, same_number, floor=AS_MONEY)
_NUMBER = Measure(Disputed.NUMBER, number_told, same_number)
# The reader seldom finds what "the damage" is: the noun itself does, in whatever sentence.
_AMOUNT_OF = Measure(Disputed.NUMBER, _amount_named, same_number, floor=0.01)
_DATE = Measure(Disputed.DATE, _day, _days_overlap, strict=True)
_NAME = Measure(Disputed.NAME, _name, _same_name, strict=True)
