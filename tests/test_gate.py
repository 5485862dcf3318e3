from functools import cache

import numpy as np
import pytest

from benchmarks.gate import forgotten, plant
from eval.compare import compare
from eval.gate import gate, least_visible
from eval.gold import Case, Kind
from eval.provenance import Provenance
from eval.record import Record, Run
from eval.run import run_gold
from eval.text import comparison_markdown
from ingest.errors import UserError
from tests.pier import BUILT, NOTHING, Desk, Shelf, anything_goes, quoting

CASES = [
    Case(f"c{n}", f"Who built pier {n}?", Kind.FACT, ("Odile Brand",), "pier.md", (BUILT,))
    for n in range(80)
]
# Half are answered, half met with an abstention.
REPLIES = {case.question: quoting(BUILT, "Odile Brand") for case in CASES[::2]}


@cache
def measured(repeats: int = 1, rerun: int = 0) -> Run:
    origin = Provenance(repeats=repeats)
    return run_gold(CASES, Desk(dict(REPLIES)), Shelf(), provenance=origin, check=anything_goes)


def run_of(asks: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> Run:
    """Rows are questions, columns asks."""
    records = []
    for case, row in zip(CASES, asks, strict=True):
        samples = tuple(NOTHING | {"right": float(value)} for value in row)
        scores = NOTHING | {"right": float(row.mean())}
        records.append(Record(case, None, [], scores, 0.1, samples=samples))
    return Run(tuple(records))


def test_twenty_identical_reruns_pass() -> None:
    baseline = measured(repeats=5)
    assert all(gate(baseline, measured(rerun=n)).passed for n in range(20))


@pytest.mark.parametrize("seed", range(20))
def test_a_planted_loss_of_three_points_fails(seed: int) -> None:
    baseline, rerun = measured(repeats=5), measured()
    worse = plant(baseline, rerun, Desk(dict(REPLIES)), Shelf(), seed)
    assert len(forgotten(baseline, 0.03, seed)) == 3  # 3.75 points: the least above 3 of 80
    verdict = gate(baseline, worse)
    assert not verdict.passed
    assert verdict.reasons[0].startswith("right fell from 0.500 to 0.463 (-3.7 points over 80")
    assert "gate: failed" in comparison_markdown(compare(baseline, worse), verdict).lower()


def test_one_ask_against_one_cannot_tell_three_questions_from_chance_and_says_so() -> None:
    baseline, rerun = measured(), measured()
    verdict = gate(baseline, plant(baseline, rerun, Desk(dict(REPLIES)), Shelf(), 1))
    assert verdict.passed
    assert "can see a loss of 7 questions or more (8.8 points); ask the" in verdict.reasons[1]


def test_a_loss_within_the_margin_passes() -> None:
    baseline = measured(repeats=5)
    worse = plant(baseline, measured(), Desk(dict(REPLIES)), Shelf(), 1)
    assert gate(baseline, worse, margin=0.04).passed


def test_a_gain_passes() -> None:
    baseline = measured(repeats=5)
    worse = plant(baseline, measured(), Desk(dict(REPLIES)), Shelf(), 1)
    assert gate(worse, baseline).passed


def test_noise_alone_seldom_fails() -> None:
    # Half the questions are right in 70% of the asks, as with a model that samples.
    random = np.random.default_rng(3)
    rates = np.array([0.7, 1.0] * 40)[:, None]
    alarms = sum(
        not gate(
            run_of((random.random((80, 5)) < rates).astype(float)),
            run_of((random.random((80, 1)) < rates).astype(float)),
        ).passed
        for _ in range(100)
    )
    # Binomial(100, 0.05) exceeds 12 one time in a thousand.
    assert alarms <= 12


def test_least_visible_by_hand() -> None:
    assert least_visible(1, 1, 1) == 5  # 1/32 <= 0.05 < 1/16
    assert least_visible(5, 1, 5) == 3  # 5/216 <= 0.05 < 5/36
    assert least_visible(3, 3, 5) == 2  # 5/400 <= 0.05 < 5/20
    assert least_visible(10, 1, 5) == 2  # 5/121 <= 0.05 < 5/11


def test_runs_without_a_common_question_are_refused() -> None:
    with pytest.raises(UserError, match="no question in common"):
        gate(Run(()), measured())
