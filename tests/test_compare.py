from dataclasses import replace

import pytest

from eval.compare import compare, pair
from eval.gold import Case, Kind
from eval.provenance import Provenance
from eval.record import Record, Run
from eval.text import comparison_markdown
from tests.pier import NOTHING

ANSWER = {"short": "x", "text": "X. [1]", "abstained": False, "confidence": 0.7}


def record(number: int, right: float, kind: Kind = Kind.FACT, seconds: float = 0.1) -> Record:
    case = Case(f"c{number}", f"Question {number}?", kind, ("x",), "pier.md")
    return Record(case, ANSWER, [], NOTHING | {"right": right, "brier": 1 - right}, seconds)


def run_of(*rights: float, name: str = "run", seconds: float = 0.1) -> Run:
    kinds = (Kind.FACT, Kind.DATE)
    records = [record(n, right, kinds[n % 2], seconds) for n, right in enumerate(rights)]
    return Run(tuple(records), Provenance(name))


A = run_of(1, 1, 1, 1, 1, 1, 1, 0, name="old")
B = run_of(0, 0, 0, 0, 0, 0, 1, 1, name="new", seconds=0.3)


def test_differences_by_hand() -> None:
    found = {d.metric: d for d in compare(A, B).metrics}
    assert list(found) == ["right", "brier", "seconds"]
    right = found["right"]
    assert (right.cases, right.a, right.b, right.wins, right.losses) == (8, 7 / 8, 2 / 8, 1, 6)
    assert right.delta == pytest.approx(-5 / 8)
    # Of 2^7 ways to set the signs, those with at most one or at least six of a kind: 16.
    assert right.p == pytest.approx(16 / 128)
    assert right.interval is not None
    assert right.interval[0] < -5 / 8 < right.interval[1] <= 0.125


def test_of_some_metrics_less_is_better() -> None:
    found = {d.metric: d for d in compare(A, B).metrics}
    assert (found["brier"].wins, found["brier"].losses) == (1, 6)
    assert (found["seconds"].wins, found["seconds"].losses) == (0, 8)
    # All eight slower: 2 of 256, times 3 metrics.
    assert found["seconds"].p_adjusted == pytest.approx(3 * 2 / 256)
    assert found["seconds"].significant
    assert not found["right"].significant


def test_by_kind() -> None:
    kinds = {d.metric: d for d in compare(A, B).kinds}
    assert list(kinds) == ["date", "fact"]
    assert (kinds["date"].cases, kinds["date"].wins, kinds["date"].losses) == (4, 1, 3)


def test_a_run_against_itself_differs_in_nothing() -> None:
    found = compare(A, A)
    assert all(d.delta == 0 and d.p_adjusted == 1 and not d.losses for d in found.metrics)
    assert (found.changes, found.changed, found.warnings) == ((), (), ())


def test_questions_lost_are_named_before_those_won() -> None:
    changes = compare(A, B).changes
    assert [c.won for c in changes] == [False] * 6 + [True]
    assert (changes[0].id, changes[0].question, changes[0].a) == ("c0", "Question 0?", "x: X. [1]")
    assert compare(A, B).questions[0]["right"] == -1


def test_what_is_not_in_both_is_left_out_and_named() -> None:
    reworded = replace(A.records[0], case=replace(A.records[0].case, question="Another?"))
    pairs, warnings = pair(A, Run((reworded, *B.records[1:7])))
    assert len(pairs) == 6
    assert warnings == [
        "1 questions are in one run only and were left out",
        "the gold of c0 was changed: left out",
    ]


def test_what_was_changed_is_named() -> None:
    old = Provenance("old", settings={"answer": {"threshold": 0.5}, "library": "a"}, code_hash="c1")
    new = Provenance(
        "new",
        settings={"answer": {"threshold": 0.6}, "library": "b"},
        code_hash="c2",
        commit="0123456789ab",
        library_fingerprint="f2",
        parallel=4,
    )
    found = compare(replace(A, provenance=old), replace(B, provenance=new))
    assert found.changed == (
        "answer.threshold: 0.5 → 0.6",
        "code: c1 (no commit) → c2 (0123456789)",
    )
    assert [line.split(":")[0].split(" ")[0] for line in found.warnings] == ["the", "times"]


def test_a_crash_has_no_time_and_counts_as_wrong() -> None:
    broken = replace(A.records[0], answer=None, error="OSError", scores=NOTHING | {"right": 0.0})
    found = {d.metric: d for d in compare(A, Run((broken, *A.records[1:]))).metrics}
    assert (found["right"].losses, found["right"].cases) == (1, 8)
    assert found["seconds"].cases == 7


def test_markdown_names_metrics_kinds_and_changes() -> None:
    page = comparison_markdown(compare(A, B))
    assert page.startswith("## new against old")
    assert "| right | 8 | 0.875 → 0.250 | -0.625 |" in page
    assert "| lost | c0 | Question 0? |" in page
    assert "None." in comparison_markdown(compare(A, A))
