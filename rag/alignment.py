"""A sentence laid beside the words it cites: what they share, and what stands instead of what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rag.stems import stem

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\W_]+|%")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where they part: `sentence[start:end]` stands for `span[span_start:span_end]`."""

    start: int
    end: int
    span_start: int
    span_end: int
    flanked: bool
    """Whether shared words stand on both sides, or the text ends there."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The longest common run of words, then those around it, and so on (Ratcliff and Obershelp)."""

    share: float
    """Share of the sentence's words that stand in the span in the same order; in [0, 1]."""
    gaps: tuple[Gap, ...]


@lru_cache(maxsize=256)  # each check of one sentence asks for the same alignment
def align(sentence: str, span: str) -> Alignment:
    """Lay `sentence` beside `span`, by stems of words."""
    ours, theirs = _tokens(sentence), _tokens(span)
    matcher = SequenceMatcher(None, [t[2] for t in ours], [t[2] for t in theirs], autojunk=False)
    codes = matcher.get_opcodes()
    shared = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    return Alignment(shared / len(ours) if ours else 0.0, tuple(_gaps(codes, ours, theirs)))


def _gaps(
    codes: Sequence[tuple[str, int, int, int, int]],
    ours: Sequence[tuple[int, int, str]],
    theirs: Sequence[tuple[int, int, str]],
) -> Iterator[Gap]:
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            continue
        # What a longer span has before or after the sentence's own words was left out, not swapped.
        flanked = 0 < place < len(codes) - 1 or j2 - j1 <= 2 * (i2 - i1) + 2
        start, end = _place(ours, i1, i2)
        span_start, span_end = _place(theirs, j1, j2)
        yield Gap(start, end, span_start, span_end, flanked)


def _place(tokens: Sequence[tuple[int, int, str]], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return tokens[first][0], tokens[last - 1][1]
    at = tokens[first][0] if first < len(tokens) else (tokens[-1][1] if tokens else 0)
    return at, at


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((m.start(), m.end(), _folded(m.group())) for m in _TOKEN.finditer(text))


def _folded(token: str) -> str:
    word = _POSSESSIVE.sub("", token.replace("’", "'").lower()) or token
    return stem(word) if word.isalpha() else word
