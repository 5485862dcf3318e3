"""Whether a stated confidence means what it says, and what abstaining buys."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eval.statistics import mean

Judged = Sequence[tuple[float, bool]]
"""For each answer its confidence in [0, 1] and whether it was right."""

BINS = 10


class Bin(NamedTuple):
    """The answers whose confidence lies in one tenth of [0, 1]."""

    low: float
    high: float
    answers: int
    confidence: float
    """Mean."""
    right: float
    """Share."""


def reliability(judged: Judged, bins: int = BINS) -> list[Bin]:
    """The answers by confidence, in `bins` intervals of equal width; empty ones are left out.

    A confidence of exactly 1 belongs to the last interval.
    """
    found = []
    for n in range(bins):
        inside = [(c, right) for c, right in judged if min(int(c * bins), bins - 1) == n]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            found.append(Bin(n / bins, (n + 1) / bins, len(inside), confidence, right))
    return found


def calibration_error(judged: Judged, bins: int = BINS) -> float | None:
    """ECE = sum over bins of answers / n * |right - confidence| (Naeini et al. 2015)."""
    if not judged:
        return None
    groups = reliability(judged, bins)
    return sum(b.answers * abs(b.right - b.confidence) for b in groups) / len(judged)


def brier(confidence: float, right: bool) -> float:
    """(confidence - right)^2; its mean is the Brier score (1950), 0 best, 0.25 for always 0.5."""
    return (confidence - float(right)) ** 2


def coverage_errors(judged: Judged, asked: int) -> list[tuple[float, float]]:
    """The coverage-error curve: (share answered, share of those wrong), the surest answers first.

    `asked` counts all questions, abstentions among them, so the curve ends at the coverage that
    the system itself chose. Answers of equal confidence come in together (El-Yaniv and Wiener
    2010 call it the risk-coverage curve).
    """
    points, wrong = [], 0
    ordered = sorted(judged, key=lambda pair: -pair[0])
    for n, (confidence, right) in enumerate(ordered, 1):
        wrong += not right
        if n == len(ordered) or ordered[n][0] != confidence:
            points.append((n / asked, wrong / n))
    return points


class Abstention(NamedTuple):
    """How well abstaining was judged; each None where its denominator is 0."""

    precision: float | None
    recall: float | None
    f1: float | None


def abstention(judged: Iterable[tuple[bool, bool]]) -> Abstention:
    """Precision, recall and F1 of abstaining, over pairs (abstained, should have abstained).

    P = |abstained and should| / |abstained|, R = |abstained and should| / |should|,
    F1 = 2 |abstained and should| / (|abstained| + |should|).
    """
    pairs = list(judged)
    both = [float(should) for did, should in pairs if did]
    due = [float(did) for did, should in pairs if should]
    either = len(both) + len(due)
    return Abstention(mean(both), mean(due), 2 * sum(both) / either if either else None)
