import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from eval.workbench import Workbench
from ingest.errors import UserError
from rag.settings import Settings
from rag.types import Answer
from tests.pier import Desk, Shelf
from tests.test_gold import gold_file

CASES = [
    {"id": "who", "question": "Who built the pier?", "kind": "fact", "answers": ["Odile Brand"],
     "article": "pier.md", "quotes": ["Odile Brand built the pier in 1998."]},
    {"id": "paid", "question": "Who paid?", "kind": "unanswerable"},
]  # fmt: skip


class Held(Desk):
    """Answers its second question only when let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = Event()
        self.reached = Event()

    def ask(self, question: str, **limits: Any) -> Answer:
        if self.asked:
            self.reached.set()
            assert self.let.wait(20)
        return super().ask(question, **limits)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return gold_file(tmp_path, CASES)


@pytest.fixture
def desk() -> Held:
    return Held()


@pytest.fixture
def bench(tmp_path: Path, gold: Path, desk: Held) -> Workbench:
    def build(changes: str) -> tuple[Settings, Held]:
        if changes and "=" not in changes:
            raise UserError(f"--set {changes}: write section.key=value")
        threshold = {"answer": {"threshold": 0.9}} if changes else {}
        return Settings(library=tmp_path / "library", **threshold), desk

    return Workbench(Shelf(), tmp_path / "runs", lambda: [gold], build)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def state(bench: Workbench) -> str:
    return str((bench.progress() or {"state": "none"})["state"])


def finished(bench: Workbench, desk: Held, gold: Path, **how: Any) -> str:
    desk.let.set()
    bench.start(str(gold), **how)
    until(lambda: state(bench) == "finished")
    return str((bench.progress() or {})["name"])


def test_a_run_tells_how_far_it_is_and_is_listed(bench: Workbench, desk: Held, gold: Path) -> None:
    assert (bench.progress(), bench.runs()) == (None, [])
    assert bench.gold_sets() == [{"path": str(gold), "name": gold.name, "cases": 2}]
    bench.start(str(gold), "first")
    assert desk.reached.wait(20)
    progress = bench.progress() or {}
    assert (progress["done"], progress["total"], progress["right"]) == (1, 2, 1)
    with pytest.raises(UserError, match="first is still running: stop it first"):
        bench.start(str(gold), "second")
    desk.let.set()
    until(lambda: state(bench) == "finished")
    (row,) = bench.runs()
    assert (row["id"], row["finished"], row["cases"], row["right"]) == ("first", True, 2, 0.5)


def test_a_stopped_run_is_gone_on_with(bench: Workbench, desk: Held, gold: Path) -> None:
    bench.start(str(gold), "first")
    assert desk.reached.wait(20)
    bench.stop()
    assert state(bench) == "stopping"
    desk.let.set()
    until(lambda: state(bench) == "stopped")
    asked = len(desk.asked)
    finished(bench, desk, gold, name="first")
    assert len(desk.asked) == asked
    assert bench.runs()[0]["finished"]


def test_an_unfinished_run_is_listed_as_such(bench: Workbench, desk: Held, gold: Path) -> None:
    bench.start(str(gold), "first")
    assert desk.reached.wait(20)
    (row,) = bench.runs()
    assert (row["finished"], "1 of 2 cases" in row["problem"]) == (False, True)
    desk.let.set()
    until(lambda: state(bench) == "finished")


def test_two_runs_are_compared_and_reported(bench: Workbench, desk: Held, gold: Path) -> None:
    old = finished(bench, desk, gold)
    new = finished(bench, desk, gold, changes="answer.threshold=0.9")
    assert old != new
    told = bench.comparison(old, new)
    assert "<b>0</b> questions won, <b>0</b> lost" in told
    assert "answer.threshold: 0.5 → 0.9" in told
    assert "Odile Brand built the pier" in bench.report(new, old)


def test_what_does_not_fit_is_refused(bench: Workbench, desk: Held, gold: Path) -> None:
    finished(bench, desk, gold, name="first")
    for how, problem in (
        ({"gold": "/etc/passwd"}, "no gold set /etc/passwd"),
        ({"gold": str(gold), "name": "../up"}, "a name, not a path"),
        ({"gold": str(gold), "name": "first", "changes": "a=1"}, "holds another run"),
        ({"gold": str(gold), "changes": "nonsense"}, "write section.key=value"),
    ):
        with pytest.raises(UserError, match=problem):
            bench.start(**how)
    with pytest.raises(UserError, match=r"no run \.\./first"):
        bench.report("../first")


def test_a_run_that_breaks_says_so(bench: Workbench, gold: Path, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file, where the folder of runs should be")
    bench.start(str(gold), "first")
    until(lambda: state(bench) == "failed")
    assert "the server's log says more" in (bench.progress() or {})["problem"]
