"""A gate: whether a run is worse than its baseline, beyond what asking again would do.

The question is not how Byline would do on other questions (`eval.compare` answers that), but
whether it does worse on these. So the only chance is that of asking again, and repeated asks of
the baseline measure it: a question that was right in ten asks of ten and is now wrong is evidence,
where one ask against one is a coin that fell once.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import comb
from typing import Any

from eval.compare import pair
from eval.record import Record, Run
from eval.statistics import holm, mean, within_question_p
from ingest.errors import UserError

GATED = ("right", "ndcg_at_10", "short_f1", "citation_recall", "citation_hits_gold")
"""The metrics that the gate watches; of each, more is better."""

MARGIN, ALPHA = 0.01, 0.05


@dataclass(frozen=True)
class Watched:
    """One metric at the gate."""

    metric: str
    cases: int
    baseline: float
    candidate: float
    p: float
    """One-sided, of the permutation of asks within questions."""
    p_adjusted: float
    """By Holm's method over the metrics of the gate."""
    fell: bool
    """Whether it lost more than the margin, and not by chance."""

    @property
    def delta(self) -> float:
        """Candidate minus baseline."""
        return self.candidate - self.baseline


@dataclass(frozen=True)
class Verdict:
    """What the gate says."""

    watched: tuple[Watched, ...]
    margin: float
    alpha: float
    cases: int
    sees: int
    """The least number of questions, right in every ask of one run and wrong in every ask of the
    other, that the gate can tell from chance; more than `cases` where it never can."""
    warnings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing fell."""
        return not any(metric.fell for metric in self.watched)

    @property
    def reasons(self) -> list[str]:
        """Why it failed, or what passing means, a line each."""
        fell = [
            f"{w.metric} fell from {w.baseline:.3f} to {w.candidate:.3f} ({100 * w.delta:+.1f} "
            f"points over {w.cases} questions; margin {100 * self.margin:.1f}, adjusted "
            f"p = {w.p_adjusted:.4f})"
            for w in self.watched
            if w.fell
        ]
        points = 100 * self.sees / self.cases if self.cases else 0.0
        power = f"this gate can see a loss of {self.sees} questions or more ({points:.1f} points)"
        if self.sees * 100 > self.cases * 5:
            power += "; ask the baseline more often (--repeats) to see less"
        if self.passed:
            return [f"no metric lost more than {100 * self.margin:.1f} points beyond chance", power]
        return fell

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self), "passed": self.passed, "reasons": self.reasons}


def gate(baseline: Run, candidate: Run, margin: float = MARGIN, alpha: float = ALPHA) -> Verdict:
    """Whether `candidate` is worse than `baseline` on the questions that both answered.

    A metric falls when its mean lost more than `margin` and the loss is significant at `alpha`
    (permutation of asks within questions, one-sided, Holm's correction over `GATED`).

    Raises UserError where the runs have no question in common.
    """
    pairs, warnings = pair(baseline, candidate)
    if not pairs:
        raise UserError("the runs have no question in common: nothing to compare")
    rows = [(name, found) for name in GATED if (found := _asks(pairs, name))]
    p_values = [within_question_p(*zip(*found, strict=True)) for _, found in rows]
    watched = tuple(
        _watched(name, found, p, adjusted, margin, alpha)
        for (name, found), p, adjusted in zip(rows, p_values, holm(p_values), strict=True)
    )
    asks = [min(len(record.asks("right")) for record in side) for side in zip(*pairs, strict=True)]
    sees = least_visible(asks[0], asks[1], len(rows), alpha)
    return Verdict(watched, margin, alpha, len(pairs), sees, tuple(warnings))


def least_visible(base: int, candidate: int, metrics: int, alpha: float = ALPHA) -> int:
    """How many questions must turn from always right to always wrong to be told from chance.

    With `base` and `candidate` asks a question, each is dealt so by chance once in
    binom(base + candidate, candidate); Holm's first step multiplies by the number of `metrics`.
    """
    lost = 1
    while metrics * comb(base + candidate, candidate) ** -lost > alpha:
        lost += 1
    return lost


def _asks(
    pairs: Sequence[tuple[Record, Record]], name: str
) -> list[tuple[list[float], list[float]]]:
    found = [(old.asks(name), new.asks(name)) for old, new in pairs]
    return [(old, new) for old, new in found if old and new]


def _watched(
    name: str,
    found: Sequence[tuple[list[float], list[float]]],
    p: float,
    adjusted: float,
    margin: float,
    alpha: float,
) -> Watched:
    old = mean([mean(asks) or 0.0 for asks, _ in found]) or 0.0
    new = mean([mean(asks) or 0.0 for _, asks in found]) or 0.0
    fell = old - new > margin and adjusted <= alpha
    return Watched(name, len(found), old, new, p, adjusted, fell)
