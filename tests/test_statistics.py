import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from eval.statistics import (
    RESAMPLES,
    bootstrap_interval,
    bootstrap_of,
    holm,
    mean,
    percentile,
    sign_flip_p,
    within_question_p,
)


def test_mean_and_percentile() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    # Five values: the 95th percentile lies 0.8 of the way from the fourth to the fifth.
    assert percentile([10, 20, 30, 40, 50], 95) == pytest.approx(48)
    assert percentile([10, 20, 30, 40], 50) == 25
    assert mean([]) is percentile([], 50) is None


def test_bootstrap_interval_is_that_of_scipy() -> None:
    values = [1.0] * 30 + [0.0] * 10
    low, high = bootstrap_interval(values, resamples=5000) or (0.0, 0.0)
    theirs = stats.bootstrap(
        (values,), lambda x, axis: x.mean(axis), method="percentile", n_resamples=5000, rng=1
    ).confidence_interval
    # Both are random: means of 40 values move in steps of 1/40.
    assert low == pytest.approx(theirs.low, abs=0.026)
    assert high == pytest.approx(theirs.high, abs=0.026)
    assert (low, high) == bootstrap_interval(values, resamples=5000)


def test_bootstrap_interval_of_little() -> None:
    assert bootstrap_interval([1.0]) is None
    assert bootstrap_interval([0.5, 0.5, 0.5]) == (0.5, 0.5)


def test_a_statistic_that_is_mostly_undefined_has_no_interval() -> None:
    assert bootstrap_of(lambda rows: np.full(len(rows), np.nan), 10) is None


def test_a_bootstrap_in_parts_is_that_of_the_whole() -> None:
    # 400,000 rows go in parts of two resamples.
    values = np.arange(400_000) % 2
    low, high = bootstrap_of(lambda rows: values[rows].mean(axis=1), 400_000, resamples=5) or (0, 0)
    assert 0.49 < low < high < 0.51


def test_sign_flip_by_hand() -> None:
    # Three losses and no win: of 8 ways to set the signs, 2 are as extreme.
    assert sign_flip_p([-1, -1, -1, 0, 0]) == pytest.approx(2 / 8)
    assert sign_flip_p([-1] * 6) == pytest.approx(2 / 64)
    assert sign_flip_p([]) == sign_flip_p([0, 0]) == sign_flip_p([-1]) == 1.0


def test_sign_flip_is_the_exact_binomial_test_of_wins_and_losses() -> None:
    wins, losses = 3, 9
    theirs = stats.binomtest(wins, wins + losses).pvalue
    assert sign_flip_p([1.0] * wins + [-1.0] * losses) == pytest.approx(theirs)


def test_within_question_by_hand() -> None:
    # Always right in four asks, now wrong: each question was dealt so by chance 1 time in 5.
    base, lost = [[1, 1, 1, 1]] * 2 + [[0, 1, 0, 1]] * 0, [[0], [0]]
    assert within_question_p(base, lost) == pytest.approx(1 / 25, abs=0.01)
    assert within_question_p([[1]] * 3, [[0]] * 3) == pytest.approx(1 / 8, abs=0.02)
    assert within_question_p([[1, 1]] * 2, [[0, 0]] * 2) == pytest.approx(1 / 36, abs=0.01)


def test_within_question_of_identical_runs_finds_nothing() -> None:
    assert within_question_p([[1], [0], [0.5]], [[1], [0], [0.5]]) == 1.0
    assert within_question_p([], []) == 1.0


def test_a_gain_is_no_loss() -> None:
    assert within_question_p([[0, 0, 0]] * 5, [[1, 1, 1]] * 5) == 1.0


def test_many_losses_have_the_least_p() -> None:
    assert within_question_p([[1] * 9] * 9, [[0]] * 9) == 1 / (RESAMPLES + 1)


def test_within_question_holds_its_level_under_noise() -> None:
    # Questions that are right in a share of asks, the same in both runs: few false alarms.
    random = np.random.default_rng(5)
    alarms = 0
    for _ in range(150):
        rates = random.choice([0.0, 0.2, 0.5, 0.9, 1.0], 30)
        base = (random.random((30, 4)) < rates[:, None]).astype(float)
        new = (random.random((30, 1)) < rates[:, None]).astype(float)
        alarms += within_question_p(base.tolist(), new.tolist()) <= 0.05
    # Binomial(150, 0.05) exceeds 16 one time in a thousand.
    assert alarms <= 16


def test_holm_by_hand() -> None:
    # Sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1, never falling.
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
@settings(max_examples=50)
def test_holm_lies_between_the_raw_p_and_bonferroni(p_values: list[float]) -> None:
    for raw, adjusted in zip(p_values, holm(p_values), strict=True):
        assert raw <= adjusted <= min(1.0, raw * len(p_values)) + 1e-12
