"""Lists: every item, from as many sentences and articles as give one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lexical import stems
from rag.copies import collapse, is_copy
from rag.joined import place_of, widened, with_neighbours
from rag.question import Question
from rag.types import Evidence
from rag.ways.fact import FactWay, also
from rag.ways.kind import Kind
from rag.ways.way import Found, Plan, Search

LINES = 6
NEARLY_AS_GOOD = 0.1
"""A sentence may give a further item when it is at least this share as probable as the best."""
AS_SURE = 0.5
"""... and the reader's answer in it scores at least this share of that in the best one."""
_ENUMERATION = re.compile(r",\s.+?,?\s(?:and|or)\s|;\s.+?\sand\s|\w\sand\s\w")
_AFTER_COLON = re.compile(r":\s+(?P<items>[^:]+)$")
_BULLET = re.compile(r"^\s*[-*•–]\s+", re.MULTILINE)


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
            short=_items(giving),
            note="",
            conflicts=(),
            also=also(copies),
        )


def _giving(asked: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, then those nearly as good that give something else."""
    floor = NEARLY_AS_GOOD * evidence[0].merit
    sure = max(0.0, AS_SURE * _score(evidence[0]))
    chosen: list[Evidence] = [evidence[0]]
    for item in evidence[1:]:
        new = not any(_gives_the_same(item, other) for other in chosen)
        on_topic = not asked.stems.isdisjoint(stems(item.text))
        good = item.merit >= floor and _score(item) > sure
        if len(chosen) < LINES and good and on_topic and new:
            chosen.append(item)
    return chosen


def _score(item: Evidence) -> float:
    return item.answer.score if item.answer is not None else 0.0


def _gives_the_same(item: Evidence, other: Evidence) -> bool:
    """Whether two sentences say the same, or the reader finds the same item in both."""
    if item.hit.article.id != other.hit.article.id and is_copy(item, other):
        return True
    return bool(_read(item)) and _read(item).casefold() == _read(other).casefold()


def _items(giving: Sequence[Evidence]) -> str:
    """The items in the articles' words: an enumeration, or one from each of several sentences.

    Empty where a sentence gives more than was read: part of a list is no short answer.
    """
    first = giving[0]
    if _BULLET.search(widened(first).text):
        return ""
    if match := _AFTER_COLON.search(first.text):
        return match["items"].strip(" .") if _ENUMERATION.search(match["items"]) else ""
    read = [_read(item) for item in giving]
    if read[0] and _ENUMERATION.search(read[0]):
        return read[0]
    articles = {item.hit.article.id for item in giving}
    if len(giving) < 2 or len(articles) < len(giving) or not all(read):
        return "" if len(giving) > 1 or _more_than(first, read[0]) else read[0]
    return "; ".join(dict.fromkeys(read))


def _more_than(item: Evidence, read: str) -> bool:
    """Whether the sentence goes on enumerating beside what was read."""
    return bool(_ENUMERATION.search(item.text.replace(read, "", 1) if read else item.text))


def _read(item: Evidence) -> str:
    span = item.answer
    if span is None or span.score <= 0:
        return ""
    return item.hit.article.text[span.start : span.end].strip(" ,;:.“”\"'")
