"""Quotes that lean on the words around them are shown with those words.

"It will cost £6.4 million" says nothing without the sentence before it, and "The other prizes:"
nothing without the lines after. A span of evidence is widened over its neighbours in the article;
it stays one run of the article's words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.sentences import split_sentences
from rag.names import find_names
from rag.types import Evidence

LONGEST = 450
"""Characters of a widened quote; what would make it longer is left out."""
FAR_BACK = 2
"""Sentences."""
LOOKED_AT = 16
"""Sentences of the evidence, the first ones: nobody is shown more."""
_LEANS = re.compile(
    r"[“\"‘']?(?:(?:but|and|so|still|then|instead|however|even so|yet|nor)\b,?\s+)?"
    r"(?:it|he|she|they|his|her|its|their|this|that|these|those|such|both|neither|another"
    r"|the (?:two|latter|former|first|second|other|others|same|mistake|move|measure|decision|figure"
    r"|company|plan|fault|damage|cost|bill)"
    r"|(?:one|none|some|most|all|half|each|two|three|many|any) of"
    r" (?:it|them|these|those|the|his|her)"
    r"|here|there (?:he|she|it|they))\b",
    re.I,
)
_COUNTED = re.compile(
    r"(?:\w+ (?:hours?|days?|weeks?|months?|years?) (?:earlier|later|before|after(?:wards)?)"
    r"|(?:the|that) (?:following|next|previous|same) (?:day|night|morning|week|month|year))\b",
    re.I,
)
_CONNECTIVE = re.compile(r"(?:but|so|still|then|instead|however|even so|yet|nor)\b", re.I)
_EXPLETIVE = re.compile(
    r"[“\"]?(?:it|this|that) (?:is|was|has been|will be|would be|seems|appears|took|may be)"
    r" (?:[\w’'-]+ ){0,3}?(?:that|to|who|whether|known|likely|unclear|years? since)\b",
    re.I,
)
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s|[^.!?:…”\"’')\s][”\"’')]*\s*$")
"""A line of a list: it has a bullet, or ends without a full stop."""
_PRONOUN = re.compile(r"\b(?:it|he|she|they|him|her|them)\b", re.I)
SHORT = 9
"""Words: a pronoun anywhere in so short a sentence without a name points out of it."""
NAMED_WITHIN = 6
"""Words behind "however" among which a name is what the sentence is about."""
_OPEN, _CLOSE = "“", "”"


def with_neighbours(evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` in its order, each span widened where it leans on its neighbours.

    A sentence that a better one has come to include is left out.
    """
    joined: list[Evidence] = []
    first = [widened(item) for item in evidence[:LOOKED_AT]]
    for item, plain in zip((*first, *evidence[LOOKED_AT:]), evidence, strict=True):
        # What leans on a better sentence stands behind it anyway.
        if item.start < plain.start and any(_inside(other, item) for other in joined):
            item = plain
        if place_of(item, joined) is not None:
            continue
        within = [at for at, other in enumerate(joined) if _inside(other, item)]
        joined = [other for at, other in enumerate(joined) if at not in within]
        # The wider one stands where the best of what it includes stood.
        joined.insert(within[0] if within else len(joined), item)
    return joined


def place_of(item: Evidence, evidence: Sequence[Evidence]) -> int | None:
    """The index in `evidence` of what includes the words of `item`; None where nothing does."""
    return next((at for at, other in enumerate(evidence) if _inside(item, other)), None)


def widened(item: Evidence, *, dated: bool = False) -> Evidence:
    """`item` with the sentences it leans on, up to two before it, and with what it announces.

    Where its date is told beside it (`dated`), "three days earlier" leans on nothing.
    """
    text = item.hit.article.text
    start, end = item.start, item.end
    for _ in range(FAR_BACK):
        if not leans(text, start, end) or (dated and _COUNTED.match(text[start:end])):
            break
        before = _sentence_before(text, start)
        if before is None or item.end - before > LONGEST:
            break
        start = before
    if text[item.start : end].rstrip().endswith(":"):
        end = _announced(text, start, end)
    if (start, end) == (item.start, item.end):
        return item
    return replace(item, text=text[start:end], start=start, end=end)


def leans(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` needs the sentence before it: a pronoun or a quotation goes on."""
    sentence = text[start:end]
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.count(_OPEN) > before.count(_CLOSE) or before.count('"') % 2:
        return True
    if _EXPLETIVE.match(sentence) or sentence.endswith(":"):
        return False
    if any(p.match(sentence) for p in (_LEANS, _COUNTED)):
        return True
    if _CONNECTIVE.match(sentence):
        # "However, the Iranian minister denied it" names whom it is about.
        return not find_names(" ".join(sentence.split()[:NAMED_WITHIN]))
    short = len(sentence.split()) <= SHORT
    return short and _PRONOUN.search(sentence) is not None and not find_names(sentence)


def _sentence_before(text: str, start: int) -> int | None:
    """Where the sentence before `start` begins; None at the start of the text.

    The first sentence of a paragraph leans on the last one of the paragraph before.
    """
    paragraph = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
    spans = split_sentences(text[paragraph:start])
    return paragraph + spans[-1][0] if spans else None


def _announced(text: str, start: int, end: int) -> int:
    """The end of what a colon announces: the lines of a list, or else the next line."""
    last = end
    for match in re.finditer(r"[^\n]+", text[end : end + LONGEST * 2]):
        stop = end + match.end()
        listed = _ITEM.search(match.group()) is not None
        if (last != end and not listed) or stop - start > LONGEST * 2:
            break
        last = stop
        if not listed:
            break
    return last


def _inside(item: Evidence, other: Evidence) -> bool:
    same = item.hit.article.id == other.hit.article.id
    return same and other.start <= item.start and item.end <= other.end
