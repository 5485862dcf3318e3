from dataclasses import replace

import pytest

from eval.gate import gate
from eval.pool import pooled
from eval.provenance import Provenance
from eval.record import Run
from ingest.errors import UserError
from tests.pier import PAID, QUIET, REPLIES, WHEN, WHO, Desk
from tests.test_run import run


def on(arithmetic: str, desk: Desk | None = None, repeats: int = 2) -> Run:
    done = run([WHO, WHEN, PAID], desk, repeats=repeats)
    machine: dict[str, str | int] = {"arithmetic": arithmetic, "cores": 2}
    return replace(done, provenance=replace(done.provenance, machine=machine, name=arithmetic))


FORGETS = REPLIES | {WHO.question: QUIET}


def test_the_asks_of_both_machines_are_kept() -> None:
    both = pooled([on("bf16"), on("f32", Desk(dict(FORGETS)))])
    who = both.records[0]
    assert who.asks("right") == [1.0, 1.0, 0.0, 0.0]
    assert who.scores["right"] == 0.5
    assert both.provenance.machine == {"arithmetic": "bf16 and f32", "cores": 2}
    assert both.provenance.repeats == 4


def test_a_run_of_one_ask_counts_as_one() -> None:
    both = pooled([on("bf16", repeats=1), on("f32", repeats=1)])
    assert both.records[0].asks("right") == [1.0, 1.0]


def test_what_another_machine_answers_otherwise_is_no_loss_at_the_gate() -> None:
    cases = [replace(WHO, id=f"c{n}", question=f"Who built pier {n}?") for n in range(20)]
    knows = {case.question: REPLIES[WHO.question] for case in cases}
    forgets = knows | {case.question: QUIET for case in cases[:4]}
    here = run(cases, Desk(dict(knows)), repeats=5)
    there = run(cases, Desk(dict(forgets)), repeats=5)
    candidate = run(cases, Desk(dict(forgets)))
    assert not gate(here, candidate).passed
    assert gate(pooled([here, there]), candidate).passed
    worse = run(cases, Desk(forgets | {case.question: QUIET for case in cases[:8]}))
    assert not gate(pooled([here, there]), worse).passed


def test_runs_of_other_code_or_questions_are_refused() -> None:
    here = on("bf16")
    other = replace(here, provenance=Provenance(name="new", code_hash="x"))
    with pytest.raises(UserError, match="new differs from bf16 in its code hash"):
        pooled([here, other])
    with pytest.raises(UserError, match="in its questions"):
        pooled([here, run([WHO], repeats=2)])
