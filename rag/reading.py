"""What the reader says of one passage: how relevant it is, where an answer stands, how doubtful."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
LONGEST_ANSWER = 30
"""Tokens."""
NO_SPAN = -1e4


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text as an answer."""

    start: int
    end: int
    score: float
    """Logit of the span above that of "no answer"; NO_SPAN where there is none."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a passage's tokens that the reader saw at once."""

    starts: Floats
    """(n,) logits that an answer starts at each token, above that of "no answer"."""
    ends: Floats
    offsets: NDArray[np.int64]
    """(n, 2) characters of the passage."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage, read for one question."""

    relevance: float
    """Logit; it ranks, and probabilities near 1 would tie in bf16."""
    no_answer: float
    """Probability in [0, 1] that the passage does not answer."""
    stretches: tuple[Stretch, ...]
    """One, or several that overlap where the passage is longer than the reader's window."""

    def best_span(self, start: int = 0, end: int | None = None) -> Span:
        """The best answer inside characters `start` to `end` of the passage."""
        found = [_best(stretch, start, end) for stretch in self.stretches]
        return max(found, key=lambda span: span.score, default=Span(start, start, NO_SPAN))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities that a passage supports a sentence, contradicts it, or leaves it open."""

    supported: float
    contradicted: float
    neither: float


def _best(stretch: Stretch, start: int, end: int | None) -> Span:
    inside = stretch.offsets[:, 0] >= start
    if end is not None:
        inside &= stretch.offsets[:, 1] <= end
    places = np.flatnonzero(inside)
    if not len(places):
        return Span(start, start, NO_SPAN)
    first, last = int(places[0]), int(places[-1]) + 1
    sums = stretch.starts[first:last, None] + stretch.ends[None, first:last]
    ordered = np.triu(np.ones(sums.shape, bool))
    short = ~np.triu(np.ones(sums.shape, bool), LONGEST_ANSWER)
    sums = np.where(ordered & short, sums, NO_SPAN)
    left, right = np.unravel_index(int(sums.argmax()), sums.shape)
    return Span(
        int(stretch.offsets[first + left, 0]),
        int(stretch.offsets[first + right, 1]),
        float(sums[left, right]),
    )


def whole_words(passage: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened to whole words: runs of letters and digits are never cut, nor is 1,240."""
    while start > 0 and _runs_on(passage, start):
        start -= 1
    while 0 < end < len(passage) and _runs_on(passage, end):
        end += 1
    return start, end


def _runs_on(passage: str, at: int) -> bool:
    """Whether the word that holds the character before `at` goes on at `at`."""
    left, right = passage[at - 1], passage[at : at + 1]
    if left.isalnum() and right.isalnum():
        return True
    if left in ",." and right.isdigit():
        return at > 1 and passage[at - 2].isdigit()
    return left.isdigit() and right in (",", ".") and passage[at + 1 : at + 2].isdigit()
