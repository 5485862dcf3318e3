"""Means, percentiles, intervals and tests over the questions of a gold set."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEED = 0
"""The same records give the same intervals and the same p-values."""
RESAMPLES = 10_000
"""Of a permutation test: the least p-value is 1 / (RESAMPLES + 1)."""


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return float(np.mean(values)) if values else None


def percentile(values: Sequence[float], q: float) -> float | None:
    """The `q`-th percentile (0 to 100), linear between neighbours; None of nothing."""
    return float(np.percentile(values, q)) if values else None


def bootstrap_interval(
    values: Sequence[float], *, level: float = 0.95, resamples: int = 2000
) -> tuple[float, float] | None:
    """The percentile bootstrap interval of the mean (Efron 1979); None for fewer than 2 values.

    Draws `resamples` samples of the same size with replacement and takes the (1 - level) / 2 and
    (1 + level) / 2 quantiles of their means.
    """
    sample = np.asarray(values, dtype=float)
    return bootstrap_of(lambda rows: sample[rows].mean(axis=1), len(values), level, resamples)


def bootstrap_of(
    statistic: Callable[[Any], Any], size: int, level: float = 0.95, resamples: int = 2000
) -> tuple[float, float] | None:
    """The percentile bootstrap interval of any `statistic` of the row numbers 0 to `size` - 1.

    `statistic` takes an array of resamples by `size` row numbers and gives one value each. None
    for fewer than 2 rows, and where most resamples leave the statistic undefined (NaN).
    """
    if size < 2:
        return None
    random = np.random.default_rng(SEED)
    # A part at a time: all at once would take 160 MB for 10,000 cases.
    part = max(1, min(resamples, 1_000_000 // size))
    parts = [
        statistic(random.integers(0, size, (min(part, resamples - done), size)))
        for done in range(0, resamples, part)
    ]
    found = np.concatenate(parts)
    found = found[~np.isnan(found)]
    if len(found) < resamples / 2:
        return None
    low, high = np.percentile(found, [50 * (1 - level), 50 * (1 + level)])
    return float(low), float(high)


def sign_flip_p(differences: Sequence[float]) -> float:
    """Two-sided p-value of the paired permutation test that the mean difference is 0.

    Under the null hypothesis each difference is as likely to have the other sign (Fisher 1935);
    computed by `scipy.stats.permutation_test`, exactly for up to 13 differences other than 0.
    """
    from scipy import stats  # here, as loading it takes 0.3 s that only comparisons need

    # Ties stay 0 whichever way they are flipped, so they only cost time.
    moved = np.array([d for d in differences if d != 0], dtype=float)
    if len(moved) == 0:
        return 1.0
    if len(moved) == 1:
        return 1.0  # two arrangements, both as extreme
    result = stats.permutation_test(
        (moved, np.zeros_like(moved)),
        lambda x, y, axis: np.sum(x - y, axis=axis),
        permutation_type="samples",
        n_resamples=RESAMPLES,
        vectorized=True,
        rng=np.random.default_rng(SEED),
    )
    return float(min(1.0, result.pvalue))


def within_question_p(
    base: Sequence[Sequence[float]], candidate: Sequence[Sequence[float]]
) -> float:
    """One-sided p-value that `candidate` scores lower than `base` on these very questions.

    Row q of each holds the scores of one question in repeated asks. Under the null hypothesis the
    asks of a question are exchangeable, whoever made them, and independent between questions; so
    within each question the scores are dealt out anew `RESAMPLES` times (a stratified permutation
    test; Good 2005, section 3.7). The statistic is the mean over questions of candidate's mean
    minus base's mean. With K and J asks a question, m questions that are always right in `base`
    and always wrong in `candidate` give p = binom(K + J, J) ** -m.
    """
    random = np.random.default_rng(SEED)
    total, observed = np.zeros(RESAMPLES), 0.0
    for old, new in zip(base, candidate, strict=True):
        pool = np.array([*new, *old], dtype=float)
        if np.all(pool == pool[0]):
            continue  # deals out to the same whichever way
        dealt = random.permuted(np.tile(pool, (RESAMPLES, 1)), axis=1)
        total += _gap(dealt, len(new))
        observed += float(_gap(pool[None, :], len(new))[0])
    # The tolerance keeps sums that differ in rounding only from counting as smaller.
    as_low = int(np.sum(total <= observed + 1e-9))
    return (as_low + 1) / (RESAMPLES + 1)


def _gap(rows: Floats, new: int) -> Floats:
    gap: Floats = rows[:, :new].mean(axis=1) - rows[:, new:].mean(axis=1)
    return gap


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's (1979) step-down adjustment, in the order given: significant where <= alpha.

    The i-th smallest of m p-values becomes the largest of (m - j + 1) p_j over j <= i, at most 1.
    It bounds the chance of any false alarm among the m tests, whatever their dependence.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for place, i in enumerate(order):
        highest = max(highest, (len(p_values) - place) * p_values[i])
        adjusted[i] = min(1.0, highest)
    return adjusted
