"""How surely a sentence is about one side of a comparison and not about the other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.lexical import stems
from ingest.sentences import split_sentences
from rag.attribution import find_attributions
from rag.descriptions import described, places_of
from rag.names import find_names, name_stands_in
from rag.types import Evidence
from rag.ways.sides import Side

_OWNED = re.compile(r"(?:its|their|the country['’]s)\b", re.I)
DID = 0.4
"""What a sentence about what a side did counts beside one that gives its words."""
OTHERS = 0.5
"""What it counts where the other side is what is spoken of first."""
ELSEWHERE = 0.3
"""What a sentence about this side counts in an article about the other."""


def fits(evidence: Sequence[Evidence], side: Side, other: Side) -> list[float]:
    """For each of `evidence` how surely it is about `side`, in [0, 1]."""
    if side.speaks:
        return [_voice(item, side, other) for item in evidence]
    numbered = all(stem.isdigit() for stem in (*side.stems, *other.stems))
    fit = _fit_by_name if numbered else _fit
    return [fit(item, side, other) for item in evidence]


def _fit(item: Evidence, side: Side, other: Side) -> float:
    words = set(stems(item.text))
    passage = set(stems(f"{item.hit.article.title} {item.hit.passage.text}"))
    title = set(stems(item.hit.article.title))
    ours = len(side.stems & words) / len(side.stems)
    theirs = len(other.stems & words) / len(other.stems)
    if other.stems <= title and not side.stems & title:
        return ELSEWHERE * ours
    if ours or theirs:
        return max(0.0, ours - 0.95 * theirs)
    if side.stems <= title and not other.stems & title:
        return 0.9
    around = len(side.stems & passage) / len(side.stems)
    around_other = len(other.stems & passage) / len(other.stems)
    return max(0.0, 0.9 * around - 0.6 * around_other)


def _voice(item: Evidence, side: Side, other: Side) -> float:
    """Where what a side says is asked for: its own words, else what the article says it did.

    A side speaks through its own name in any form (Kyiv for Ukraine), and through those whom the
    article describes with it ("Iran's foreign minister").
    """
    if side.about and side.about.isdisjoint(stems(item.text)):
        return 0.0
    told = find_attributions(item.text)
    speakers = [one.speaker for one in told]
    if any(_is_side(side, speaker, item) for speaker in speakers):
        return OTHERS if _begins_with(other, item.text) else 1.0
    if any(_is_side(other, speaker, item) for speaker in speakers):
        return 0.0
    if speakers and not _begins_with(side, item.text):
        return 0.0
    return DID if _begins_with(side, item.text) else 0.0


def _is_side(side: Side, speaker: str, item: Evidence) -> bool:
    text = item.hit.article.text
    if _names(side, speaker):
        return True
    if _OWNED.match(speaker):
        return _names_first(side, text, item.start)
    if speaker.lower() in ("he", "she", "they"):
        return _spoke_before(side, item)
    return any(_belongs(name.text, side, text) for name in find_names(speaker))


def _spoke_before(side: Side, item: Evidence) -> bool:
    """Whether "he" of a sentence is who spoke in the one before, and is of the side."""
    start, end = _before(item.hit.article.text, item.start)
    earlier = replace(item, text=item.hit.article.text[start:end], start=start, end=end)
    told = find_attributions(earlier.text)
    return bool(told) and not told[-1].is_pronoun and _is_side(side, told[-1].speaker, earlier)


def _names_first(side: Side, text: str, start: int) -> bool:
    """Whether the sentence before is told of the side: whose "its minister" is."""
    low, high = _before(text, start)
    return _begins_with(side, text[low:high])


def _before(text: str, start: int) -> tuple[int, int]:
    spans = split_sentences(text[:start])
    return spans[-1] if spans else (0, 0)


@lru_cache(maxsize=256)  # the same speakers are asked after for each sentence
def _belongs(name: str, side: Side, text: str) -> bool:
    """Whether the article describes `name` as one of the side: its minister, its spokesman."""
    for start, end in split_sentences(text):
        sentence = text[start:end]
        if places_of(name, sentence):
            found = described(name, sentence)
            if found is None:
                continue
            if _names(side, found.text):
                return True
            if _OWNED.match(found.text) and _names_first(side, text, start):
                return True
    return False


def _names(side: Side, words: str) -> bool:
    return name_stands_in(side.name, words) or (
        bool(side.stems) and side.stems <= set(stems(words))
    )


def _begins_with(side: Side, sentence: str) -> bool:
    """Whether the first name or noun of the sentence is the side: it is told what it did."""
    first = next(iter(find_names(sentence)), None)
    opens = " ".join(sentence.split()[:3])
    return (first is not None and first.start < 25 and _names(side, first.text)) or (
        side.stems <= set(stems(opens))
    )


def _fit_by_name(item: Evidence, side: Side, other: Side) -> float:
    """Where only a number tells the sides apart, the whole name does: "Heron-1", not any 1."""
    ours = side.name.casefold() in item.text.casefold()
    theirs = other.name.casefold() in item.text.casefold()
    if ours:
        return 0.5 if theirs else 1.0
    title = item.hit.article.title.casefold()
    return 0.5 if side.name.casefold() in title and not theirs else 0.0
