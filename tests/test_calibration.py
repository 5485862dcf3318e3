import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from eval.calibration import (
    abstention,
    brier,
    calibration_error,
    coverage_errors,
    reliability,
)

JUDGED = [(0.95, True), (0.91, False), (0.55, True), (0.52, True), (1.0, True)]


def test_reliability_by_hand() -> None:
    low, high = reliability(JUDGED)
    assert (low.low, low.high, low.answers, low.right) == (0.5, 0.6, 2, 1.0)
    assert low.confidence == pytest.approx(0.535)
    assert (high.low, high.answers) == (0.9, 3)
    assert high.right == pytest.approx(2 / 3)


def test_calibration_error_by_hand() -> None:
    # 2/5 * |1 - 0.535| + 3/5 * |2/3 - 2.86/3|
    expected = 0.4 * 0.465 + 0.6 * (2.86 / 3 - 2 / 3)
    assert calibration_error(JUDGED) == pytest.approx(expected)
    assert calibration_error([]) is None


def test_a_confidence_that_is_the_rate_has_no_error() -> None:
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_bins_hold_every_answer_once(judged: list[tuple[float, bool]]) -> None:
    groups = reliability(judged)
    assert sum(group.answers for group in groups) == len(judged)
    error = calibration_error(judged)
    assert error is not None
    assert 0 <= error <= 1


def test_brier_is_that_of_scikit_learn() -> None:
    confidence, right = zip(*JUDGED, strict=True)
    mean = np.mean([brier(c, r) for c, r in JUDGED])
    assert mean == pytest.approx(brier_score_loss(right, confidence))


def test_coverage_errors_by_hand() -> None:
    # Of 10 asked, 5 were answered; the second surest is right, the third wrong.
    points = coverage_errors(JUDGED, 10)
    assert [coverage for coverage, _ in points] == [0.1, 0.2, 0.3, 0.4, 0.5]
    assert [error for _, error in points] == pytest.approx([0, 0, 1 / 3, 1 / 4, 1 / 5])


def test_equal_confidences_come_in_together() -> None:
    assert coverage_errors([(0.5, True), (0.5, False)], 2) == [(1.0, 0.5)]
    assert coverage_errors([], 3) == []


def test_abstention_by_hand() -> None:
    # Abstained 4 times, 3 rightly; should have 5 times: P = 3/4, R = 3/5, F1 = 6/9.
    judged = [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 4
    assert abstention(judged) == pytest.approx((0.75, 0.6, 2 / 3))


def test_abstention_without_a_denominator() -> None:
    assert abstention([]) == (None, None, None)
    assert abstention([(False, True)]) == (None, 0.0, 0.0)
    assert abstention([(True, False)]) == (0.0, None, 0.0)
