"""How surely a sentence is about one side of a comparison and not about the other."""

from collections.abc import Sequence

from ingest.lexical import stems
from rag.types import Evidence
from rag.ways.sides import Side

ELSEWHERE = 0.3
"""What a sentence about this side counts in an article about the other."""


def fits(evidence: Sequence[Evidence], side: Side, other: Side) -> list[float]:
    """For each of `evidence` how surely it is about `side`, in [0, 1]."""
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


def _fit_by_name(item: Evidence, side: Side, other: Side) -> float:
    """Where only a number tells the sides apart, the whole name does: "Heron-1", not any 1."""
    ours = side.name.casefold() in item.text.casefold()
    theirs = other.name.casefold() in item.text.casefold()
    if ours:
        return 0.5 if theirs else 1.0
    title = item.hit.article.title.casefold()
    return 0.5 if side.name.casefold() in title and not theirs else 0.0
