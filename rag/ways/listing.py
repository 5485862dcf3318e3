"""Lists: every item, from as many sentences and articles as give one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lexical import stems
from rag.copies import collapse, is_copy
from rag.joined import place_of, widened, with_neighbours
from rag.numbers import find_numbers
from rag.question import Question
from rag.types import Evidence
from rag.verbs import verb_stems
from rag.ways.enumeration import Enumeration, enumerations
from rag.ways.fact import FactWay, also
from rag.ways.kind import Kind
from rag.ways.way import Found, Plan, Search

LINES = 6
NEARLY_AS_GOOD = 0.1
"""A sentence may give a further item when it is at least this share as probable as the best."""
AS_SURE = 0.5
"""... and the reader's answer in it scores at least this share of that in the best one, or"""
AS_MUCH_TOLD = 1.0
"""... it tells this share of what the best one tells of what was asked about the items."""
FOLLOWS = 400
"""Characters behind a sentence that announces items, within which they are enumerated."""
_CLASS = re.compile(
    r"^(?:please )?(?:(?:list|name|enumerate)(?: (?:all|the|every|each|of|other))*|who (?:are|were)"
    r" (?:all )?(?:the|those)|(?:in |on |for |to |from |at |with )?(?:which|what))"
    r" (?P<words>(?:[\w’'-]+ ){0,2}?[\w’'-]*[^siu\W]s|people|men|women|children)\b",
    re.I,
)
_BULLET = re.compile(r"^\s*[-*•–]\s+", re.MULTILINE)
_GOES_ON = re.compile(r",\s.+?,?\s(?:and|or)\s|;\s.+?\sand\s|\w\sand\s\w")


class ListWay:
    """Gathers the items (`rag.ways.way.Way`)."""

    kind = Kind.LIST

    def __init__(self) -> None:
        self._facts = FactWay()

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`."""
        return search(asked.text)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`: the sentences that give items, and the items."""
        plan = self._facts.plan(asked, found)
        copies = collapse(found.evidence)
        giving = _giving(asked, [item for item, _ in copies])
        evidence = with_neighbours([*giving, *plan.evidence])
        lines = [at for item in giving if (at := place_of(item, evidence)) is not None]
        return replace(
            plan,
            evidence=tuple(evidence),
            lines=tuple(dict.fromkeys(lines)),
            short=_items(asked, giving, found.evidence[0]),
            note="",
            conflicts=(),
            also=also(copies),
        )


def class_of(question: str) -> frozenset[str]:
    """The stems of what is listed: of "schools" for "which schools stayed shut"; may be empty.

    >>> class_of("Which schools stayed shut?") == frozenset({"school"})
    True
    """
    match = _CLASS.match(" ".join(question.split()))
    return frozenset(stems(match["words"].split()[-1])) if match else frozenset()


def _giving(asked: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, then those nearly as good that give something else."""
    best = evidence[0]
    chosen: list[Evidence] = [_announced_by(asked, best, evidence) or best]
    if chosen[0] is not best:
        return chosen
    floor, sure = NEARLY_AS_GOOD * best.merit, max(0.0, AS_SURE * _score(best))
    for item in evidence[1:]:
        new = not any(_gives_the_same(item, other) for other in chosen)
        on_topic = not asked.stems.isdisjoint(stems(item.text))
        given = _score(item) > sure or (_score(item) > 0 and _tells_as_much(asked, item, best))
        if len(chosen) < LINES and item.merit >= floor and given and on_topic and new:
            chosen.append(item)
    return chosen


def _tells_as_much(asked: Question, item: Evidence, best: Evidence) -> bool:
    """Whether a sentence has all that the best one has of what is asked about the items."""
    wanted = {base for s in asked.stems - class_of(asked.text) for base in verb_stems(s)}
    told = wanted.intersection(verb_stems(best.text))
    ours = wanted.intersection(verb_stems(item.text))
    return bool(told) and len(ours) >= AS_MUCH_TOLD * len(told)


def _announced_by(asked: Question, best: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence that enumerates what the best one only counts: "three generals".

    It follows in the article, and has as many items as were announced.
    """
    listed = class_of(asked.text)
    count = _announced(best.text, listed)
    if count is None or any(len(found.items) == count for found in enumerations(best.text)):
        return None
    for item in evidence:
        behind = item.start - best.end
        if item.hit.article.id != best.hit.article.id or not 0 <= behind <= FOLLOWS:
            continue
        if any(len(found.items) == count for found in enumerations(item.text)):
            return item
    return None


def _announced(sentence: str, listed: frozenset[str]) -> int | None:
    """How many of the class a sentence speaks of: 3 for "three Iranian generals"; or None."""
    for number in find_numbers(sentence):
        following = sentence[number.end :].split()[:3]
        near = {stem for word in following for stem in stems(word)}
        if listed and listed <= near and not number.unit and number.value == int(number.value):
            return int(number.value)
    return None


def _score(item: Evidence) -> float:
    return item.answer.score if item.answer is not None else 0.0


def _gives_the_same(item: Evidence, other: Evidence) -> bool:
    """Whether two sentences say the same, or the reader finds the same item in both."""
    if item.hit.article.id != other.hit.article.id and is_copy(item, other):
        return True
    return bool(_read(item)) and _read(item).casefold() == _read(other).casefold()


def _items(asked: Question, giving: Sequence[Evidence], best: Evidence) -> str:
    """The items in the articles' words: an enumeration, or one from each of several sentences.

    Empty where a sentence gives more than was read: part of a list is no short answer.
    """
    first = giving[0]
    if _BULLET.search(widened(first).text):
        return ""
    listed = class_of(asked.text)
    count = _announced(best.text, listed)
    whole = [_enumerated(item, count or _announced(item.text, listed)) for item in giving]
    if whole[0] and len(giving) == 1:
        return whole[0]
    read = [words or _read(item) for words, item in zip(whole, giving, strict=True)]
    articles = {item.hit.article.id for item in giving}
    if len(giving) < 2 or len(articles) < len(giving) or not all(read):
        return "" if len(giving) > 1 or _more_than(first, read[0]) else read[0]
    return "; ".join(dict.fromkeys(read))


def _enumerated(item: Evidence, count: int | None) -> str:
    """The enumeration that the sentence answers with, in its words; empty where it has none.

    It is the one that the reader's answer touches, stands behind a colon, or has `count` items.
    """
    for found in enumerations(item.text):
        counted = count is not None and len(found.items) == count
        behind_colon = item.text[: found.start].rstrip().endswith(":")
        if counted or behind_colon or _touched(item, found):
            return _written(item.text, found)
    return ""


def _written(sentence: str, found: Enumeration) -> str:
    words = sentence[found.start : found.end]
    return "; ".join(found.items) if ";" in words else words.strip(" .")


def _touched(item: Evidence, found: Enumeration) -> bool:
    span = item.answer
    if span is None or span.score <= 0:
        return False
    return span.start - item.start < found.end and found.start < span.end - item.start


def _more_than(first: Evidence, read: str) -> bool:
    """Whether the sentence goes on enumerating beside what was read."""
    return bool(_GOES_ON.search(first.text.replace(read, "", 1) if read else first.text))


def _read(item: Evidence) -> str:
    span = item.answer
    if span is None or span.score <= 0:
        return ""
    return item.hit.article.text[span.start : span.end].strip(" ,;:.“”\"'")
