"""Short answers in the evidence's own words: a date, a number, a name."""

import re
from collections.abc import Sequence

from ingest.lexical import STOP_WORDS, query_words, stems
from rag.dates import find_dates
from rag.names import find_names
from rag.numbers import Number, find_numbers
from rag.question import Question, Wanted
from rag.types import Evidence
from rag.verbs import verb_stems

COUNTED = re.compile(r"\bhow many (?:of (?:the |its |their )?)?([\w-]+(?: [\w-]+)?)", re.IGNORECASE)
_DURATION = re.compile(r"\bhow (?:old|long)\b(?! ago\b)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_YES_NO = re.compile(
    r"\s*(?:(?:and|but|so)\s+)?(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would"
    r"|should|may|might|must)(?:n't)?\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"\s*(?:(?:and|but|so)\s+)?(?:why|how come)\b", re.IGNORECASE)
_SAY = re.compile(
    r"\s*what (?:did|does|do|has|have)\b.*\b(?:say|said|think|argue|argued)\b", re.IGNORECASE
)
"""What somebody says is told by a sentence, too."""
_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|caused by|blamed on|result of)\s+(?:the |an? )?$",
    re.IGNORECASE,
)
"""A stretch of words is a reason where the sentence says so."""
_ROUGH = re.compile(
    r"\b(?:(?:about|around|nearly|almost|over|under|some|roughly|approximately|only|just"
    r"|(?:an )?estimated|up to|at least|at most|close to|well over|more than|less than|fewer than"
    r"|no (?:more|fewer|less) than|between|from|a|an|the|all|minus)\s)+$",
    re.I,
)
_SMALLER = {"hour": "minute", "minute": "second", "day": "hour", "year": "month", "week": "day"}
_AROUND = " ,;:.“”\"'‘’()"
LONGEST_WORDS = 12
"""A longer answer of the reader is no short one."""
COUNTED_WORDS = 3
"""The counted noun is looked for among this many words after the number ("400 Iranian drones")."""
_BY = re.compile(r"\bby\s(?:the\s)?(?:[a-z-]+\s){0,3}$")
_DONE = re.compile(
    r"\b(?:who|which (?:person|man|woman|minister|player|author))\s"
    r"(?:(?:has|have|had|first|also|then)\s)*"
    r"(?!is\b|are\b|was\b|were\b|did\b|does\b|do\b|will\b)(?P<verb>[a-z]+)",
    re.I,
)
"""Who did it."""
_OPENS_PLACE = re.compile(r"(?:in|on|at|near|outside|off|across|around|behind|under)\b")
_PLACE_WORD = re.compile(r"\b(?:in|at|near|from|to|of|outside|off|across|around)\s+(?:the\s+)?$")


def short_answers(question: Question, sentence: str) -> list[tuple[int, int]]:
    """Spans of `sentence` that have the form `question` wants, the most likely first.

    What the question itself says is no answer to it. Dates that name no point in time ("months
    before the war") are none either.
    """
    spans = _of_form(question, sentence)
    asked = set(stems(question.text))
    new = [span for span in spans if not set(stems(sentence[span[0] : span[1]])) <= asked]
    return sorted(new, key=lambda span: _distance(question, sentence, span))


def short_answer(question: Question, evidence: Evidence) -> str:
    """The words of the sentence that answer by themselves; empty where none surely do.

    They are the reader's, where it found an answer of the form that is wanted. A number or name
    that only the form speaks for is held to more: a counted noun must be the one asked for ("nine
    streets" is not how many people), and a name that the question mentions is not who or where. No
    short answer is better than a wrong one: the sentence itself is shown in any case.
    """
    if _YES_NO.match(question.text):
        return ""
    sentence, formed = evidence.text, short_answers(question, evidence.text)
    read = None if _SAY.match(question.text) else _read(evidence)
    if read and _WHY.match(question.text) and not _BECAUSE.search(sentence[: read[0]]):
        return ""
    if read and _has_form(question, sentence, read, formed):
        words = sentence[slice(*_whole(read, formed))].strip(_AROUND)
        return from_number(words) if question.wanted is Wanted.NUMBER else words
    for start, end in formed:
        if _plausible(question, sentence, start, end):
            return sentence[start:end]
    return ""


def _whole(read: tuple[int, int], formed: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What was read, with the rest of a value that it is part of: "5 hours and 40 minutes"."""
    around = [span for span in formed if span[0] <= read[0] and read[1] <= span[1]]
    return around[0] if around else read


def from_number(words: str) -> str:
    """Words that hold a number, from it or from what makes it rough: "dawn 1,240" is 1,240."""
    numbers = find_numbers(words, durations=True)
    if not numbers:
        return words
    rough = _ROUGH.search(words[: numbers[0].start])
    return words[rough.start() if rough else numbers[0].start :]


def _read(evidence: Evidence) -> tuple[int, int] | None:
    """The reader's answer in characters of the sentence, where it is surer of it than of none."""
    span = evidence.answer
    if span is None or span.score <= 0 or span.end <= span.start:
        return None
    start, end = span.start - evidence.start, span.end - evidence.start
    return (start, end) if len(evidence.text[start:end].split()) <= LONGEST_WORDS else None


def _has_form(
    question: Question, sentence: str, read: tuple[int, int], formed: Sequence[tuple[int, int]]
) -> bool:
    if question.wanted is Wanted.OTHER:
        return True
    touched = [(start, end) for start, end in formed if start < read[1] and read[0] < end]
    if question.wanted is Wanted.PERSON and not any(
        _does_it(question, sentence, start, end)
        and question.stems.isdisjoint(stems(sentence[start:end]))
        for start, end in touched
    ):
        return False
    if question.wanted is Wanted.PLACE and not _is_placed(sentence, read[0]):
        return False
    return bool(touched) and may_count(question, sentence, read)


def may_count(question: Question, sentence: str, span: tuple[int, int]) -> bool:
    """Whether a number can be how many of a noun: "12 nautical miles" are no people."""
    asked = COUNTED.search(question.text)
    if question.wanted is not Wanted.NUMBER or asked is None:
        return True
    units = {n.unit for n in find_numbers(f"12 {asked[1]}")}
    numbers = [
        n for n in find_numbers(sentence, durations=True) if n.start < span[1] and span[0] < n.end
    ]
    return not numbers or any(n.unit in (*units, "", "%") for n in numbers)


def _plausible(question: Question, sentence: str, start: int, end: int) -> bool:
    if question.wanted in (Wanted.PERSON, Wanted.PLACE):
        if question.stems.intersection(stems(sentence[start:end])):
            return False
        if question.wanted is Wanted.PLACE:
            return _is_placed(sentence, start)
        return _does_it(question, sentence, start, end)
    asked = COUNTED.search(question.text)
    if question.wanted is not Wanted.NUMBER or asked is None:
        return True
    following = _WORD.findall(sentence[end:])[:COUNTED_WORDS]
    if not may_count(question, sentence, (start, end)):
        return False
    # "About 2,000 in all" names no noun, so it may count anything.
    if not following or not query_words(following[0]) or following[0].lower() in STOP_WORDS:
        return True
    noun = set(stems(asked[1]))
    return bool(noun.intersection(stem for word in following for stem in stems(word)))


def _does_it(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether a name does what is asked, where the sentence has that verb: "Ida Moe opened it".

    It stands before the verb, the last name to do so, or behind "by". The loser is told of, too.
    """
    asked = _DONE.search(question.text)
    done = set(verb_stems(asked["verb"])) if asked else set()
    places = [m.start() for m in _WORD.finditer(sentence) if done & set(verb_stems(m.group()))]
    if not places or _BY.search(sentence[:start]):
        return True
    following = next((place for place in places if place >= end), None)
    between = sentence[end:following] if following is not None else ""
    # "Ida Moe beat Lea Brandt and won": the last name did not.
    beaten = between.rstrip().endswith(" and")
    return following is not None and not beaten and not find_names(between)


def _is_placed(sentence: str, start: int) -> bool:
    """Whether what begins at `start` is where something is: "in Orle", "at the mill"."""
    at = sentence[start : start + 12].lower()
    return bool(_PLACE_WORD.search(sentence[:start].lower()) or _OPENS_PLACE.match(at))


def _of_form(question: Question, sentence: str) -> Sequence[tuple[int, int]]:
    wanted = question.wanted
    if wanted is Wanted.DATE:
        return [(d.start, d.end) for d in find_dates(sentence) if not d.vague]
    if wanted is Wanted.NUMBER:
        numbers = find_numbers(sentence, durations=asks_duration(question))
        return _compounds(sentence, numbers)
    if wanted is Wanted.PERSON:
        return [(n.start, n.end) for n in find_names(sentence)]
    if wanted is Wanted.PLACE:
        names = [(n.start, n.end) for n in find_names(sentence)]
        placed = [span for span in names if _PLACE_WORD.search(sentence[: span[0]].lower())]
        return placed or names
    return []


def _compounds(sentence: str, numbers: Sequence[Number]) -> list[tuple[int, int]]:
    """The spans of the numbers, "5 hours and 40 minutes" as one."""
    spans: list[tuple[int, int]] = []
    last = None
    for number in numbers:
        parts = last is not None and _SMALLER.get(last.unit) == number.unit
        if spans and parts and sentence[spans[-1][1] : number.start] in (" and ", ", ", " "):
            spans[-1] = (spans[-1][0], number.end)
        else:
            spans.append((number.start, number.end))
        last = number
    return spans


def asks_duration(question: Question) -> bool:
    """Whether "8,900 years ago" answers it: how old, how long."""
    return _DURATION.search(question.text) is not None


def _distance(question: Question, sentence: str, span: tuple[int, int]) -> float:
    """Mean distance in characters to the question's words in the sentence."""
    places = [
        match.start()
        for match in re.finditer(r"\w+", sentence)
        if question.stems.intersection(stems(match.group()))
        and not span[0] <= match.start() < span[1]
    ]
    if not places:
        return float(span[0])
    middle = (span[0] + span[1]) / 2
    return sum(abs(place - middle) for place in places) / len(places)
