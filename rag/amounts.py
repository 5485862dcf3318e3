"""Whether the numbers of a sentence, with their units, stand in the words it cites."""

import re
from collections.abc import Iterator

from rag.names import FUNCTION_WORDS
from rag.numbers import Number, find_numbers, same_amount, same_measure
from rag.problem import Problem
from rag.stems import stem

_MORE = re.compile(
    r"\b(?:(?:more|greater) than|over|above|at least|exceed\w*|no (?:few|l)\w+ than)\s$", re.I
)
_LESS = re.compile(
    r"\b(?:(?:less|fewer) than|under|below|up to|at most|almost|nearly|no more than)\s$", re.I
)
_MORE_AFTER = re.compile(r"\s(?:or more|and more|or above|or over)\b")
_LESS_AFTER = re.compile(r"\s(?:or less|or fewer|or below|or under)\b")
_ALONE = re.compile(
    r"\s*(?:[.,;:)!?–—]|$|(?:and|or|to|from|in|at|on|by|for|a|an|per|the|last|this)\b)"
)
_COUNTED = re.compile(r"[\s-]((?:[\w'’-]+\s?){1,3})")
_GROUPS = {2: "both|pair|couple|twins?|duo", 3: "trio|triplets"}


def numbers(sentence: str, span: str) -> Iterator[Problem]:
    """Numbers of `sentence` that `span` does not have, or has with another unit or bound."""
    claimed = find_numbers(sentence)
    if not claimed:
        return
    found = find_numbers(span, durations=True)
    for number in claimed:
        same = [
            n
            for n in found
            if same_measure(number, n) or _unit_understood(number, n, sentence, span, found)
        ]
        if same:
            yield from _bounds(number, sentence, same, span)
            yield from _counted_otherwise(number, sentence, same, found, span)
        elif not _worded_otherwise(number, sentence, span):
            yield _missing(number, found)


def _missing(number: Number, found: list[Number]) -> Problem:
    others = [n.text for n in found if same_amount(number, n)]
    if others and number.unit != "ordinal":
        message = f"the cited words say “{others[0]}”, not “{number.text}”"
        return Problem("unit", number.text, message)
    return Problem("number", number.text, f"“{number.text}” does not stand in the cited words")


def _unit_understood(
    number: Number, other: Number, sentence: str, span: str, found: list[Number]
) -> bool:
    """Whether two numbers differ only in that one of them leaves its unit unsaid."""
    if number.value != other.value or (number.unit and other.unit):
        return False
    if "ordinal" in (number.unit, other.unit):
        return False
    if not number.unit:
        return _ALONE.match(sentence, number.end) is not None
    stated = any(n.unit == number.unit for n in found)
    return stated and _ALONE.match(span, other.end) is not None


def _bounds(number: Number, sentence: str, same: list[Number], span: str) -> Iterator[Problem]:
    """Whether a bound is turned round: "more than 400" told as "fewer than 400"."""
    claimed = _bound(sentence, number)
    if claimed and all(_bound(span, n) == -claimed for n in same):
        message = f"the cited words bound “{same[0].text}” from the other side"
        yield Problem("number", number.text, message)


def _bound(text: str, number: Number) -> int:
    before = text[max(0, number.start - 24) : number.start]
    more = _MORE.search(before) or _MORE_AFTER.match(text, number.end)
    less = _LESS.search(before) or _LESS_AFTER.match(text, number.end)
    return bool(more) - bool(less)


def _counted_otherwise(
    number: Number, sentence: str, same: list[Number], found: list[Number], span: str
) -> Iterator[Problem]:
    """The cited words count something else with this number, and this with another number."""
    if number.unit:
        return
    nouns = _nouns(sentence, number)
    if not nouns or not all(_nouns(span, n) and not nouns & _nouns(span, n) for n in same):
        return
    places = {n.start for n in same}
    rival = next((n for n in found if n.start not in places and nouns & _nouns(span, n)), None)
    if rival is not None and rival.unit == "":
        message = f"the cited words give “{rival.text}” for what the sentence gives “{number.text}”"
        yield Problem("number", number.text, message)


def _nouns(text: str, number: Number) -> frozenset[str]:
    """Stems of the content words right after a number: what it counts."""
    after = _COUNTED.match(text, number.end)
    if after is None:
        return frozenset()
    words = []
    for word in re.findall(r"[^\W\d_]+", after[1].lower()):
        if word in FUNCTION_WORDS and word not in ("such", "of", "the", "more", "other"):
            break
        words.append(word)
    return frozenset(stem(word) for word in words if word not in FUNCTION_WORDS)


def _worded_otherwise(number: Number, sentence: str, span: str) -> bool:
    """Whether the span has the number in words or in a name: "both", "a soldier", "Shahed-136"."""
    figure = number.text
    group = _GROUPS.get(int(number.value)) if number.unit == "" else None
    if group and re.search(rf"(?i:\b(?:{group})\b)", span):
        return True
    if number.unit == "" and number.value == 1:
        nouns = _nouns(sentence, number)
        singles = re.findall(r"(?i:\b(?:an?|single|lone|another)\s((?:[\w-]+\s?){1,3}))", span)
        return any(nouns & {stem(word) for word in words.lower().split()} for words in singles)
    if number.value == 1 and number.unit:
        measure = re.escape(figure.split()[-1])
        return re.search(rf"(?i:\b(?:an?|single)\s{measure}\b)", span) is not None
    if not figure.isdigit():
        return False
    if 1000 <= number.value <= 2100 and re.search(rf"(?<![\d,.]){figure}(?![\d,])", span):
        return True  # a year here may have been read as an amount there
    before = re.search(r"(\w+)[\s-]$", sentence[max(0, number.start - 40) : number.start])
    return bool(before and re.search(rf"\b{before[1]}[\s-]?{figure}\b", span, re.I))
