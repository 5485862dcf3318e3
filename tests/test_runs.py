import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.provenance import Provenance
from eval.record import Record
from eval.runs import freeze, list_runs, load_run
from ingest.errors import UserError
from tests.pier import BUILT, PAID, REPLIES, WHEN, WHO, Desk, quoting
from tests.test_run import run


def lines_of(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_each_case_is_a_line_with_all_that_is_known(tmp_path: Path) -> None:
    done = run([WHO, PAID], folder=tmp_path / "runs" / "one")
    first, _ = lines_of(tmp_path / "runs" / "one")
    assert list(first) == [
        "settings_hash", "library_fingerprint", "code_hash", "commit", "models",
        "case", "answer", "hits", "scores", "seconds", "error", "samples",
    ]  # fmt: skip
    assert first["settings_hash"] == "s1"
    assert first["case"]["id"] == "who"
    assert first["answer"]["citations"][0]["quote"] == BUILT
    assert Record.from_dict(first) == done.records[0]


def test_a_run_is_loaded_as_it_was_made(tmp_path: Path) -> None:
    done = run([WHEN, WHO, PAID], folder=tmp_path / "one", repeats=2)
    assert load_run(tmp_path / "one") == done


def test_a_second_run_asks_nothing_and_gives_the_same(tmp_path: Path) -> None:
    first = run([WHO, WHEN, PAID], folder=tmp_path / "one")
    desk, heard = Desk(), list[str]()
    again = run([PAID, WHO, WHEN], desk, tmp_path / "one", on_case=heard)
    assert desk.asked == []
    assert heard == ["paid", "who", "when"]
    assert again.summary()["right"] == first.summary()["right"]
    assert [r.case.id for r in load_run(tmp_path / "one").records] == ["paid", "who", "when"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"settings": "s2"}, "settings hash s1, now s2"), ({"repeats": 3}, "now 3")],
)
def test_another_experiment_needs_another_name(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    run([WHO], folder=tmp_path / "one")
    before = (tmp_path / "one" / "cases.jsonl").read_bytes()
    with pytest.raises(UserError, match=f"{said}.*--name.*--fresh"):
        run([WHO], folder=tmp_path / "one", **changed)
    assert (tmp_path / "one" / "cases.jsonl").read_bytes() == before


def test_a_case_that_was_reworded_is_asked_again_and_the_last_line_counts(tmp_path: Path) -> None:
    run([replace(WHO, notes="old")], folder=tmp_path / "one")
    for expected in ([WHO.question], []):
        desk = Desk()
        run([WHO], desk, tmp_path / "one")
        assert desk.asked == expected


def test_a_crashed_case_is_asked_again(tmp_path: Path) -> None:
    run([WHO, PAID], Desk({WHO.question: OSError("busy")}), tmp_path / "one")
    desk = Desk()
    assert run([WHO, PAID], desk, tmp_path / "one").summary()["failed"] == 0
    assert desk.asked == [WHO.question]


@pytest.mark.parametrize("parallel", [1, 2])
def test_an_interrupt_passes_through_and_the_run_goes_on(tmp_path: Path, parallel: int) -> None:
    folder = tmp_path / "one"
    replies = REPLIES | {PAID.question: KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        run([WHO, WHEN, PAID], Desk(replies), folder, parallel=parallel)
    kept = [line["case"]["id"] for line in lines_of(folder)]
    assert "paid" not in kept
    with pytest.raises(UserError, match=f"holds {len(kept)} of 3 cases"):
        load_run(folder)
    desk = Desk()
    assert len(run([WHO, WHEN, PAID], desk, folder, parallel=parallel).records) == 3
    assert PAID.question in desk.asked
    assert WHO.question not in desk.asked
    assert len(load_run(folder).records) == 3


def test_a_line_torn_anywhere_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    run([WHO, WHEN], folder=folder)
    whole = (folder / "cases.jsonl").read_bytes()
    first = whole.index(b"\n") + 1

    @given(st.integers(first + 1, len(whole) - 1))
    def torn(length: int) -> None:
        (folder / "cases.jsonl").write_bytes(whole[:length])
        desk = Desk()
        run([WHO, WHEN], desk, folder)
        assert desk.asked == [WHEN.question]
        assert [line["case"]["id"] for line in lines_of(folder)] == ["who", "when"]

    torn()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match="holds no run"):
        run([WHO], folder=tmp_path / "letters")
    (tmp_path / "letters" / "run.json").write_text("[]")
    with pytest.raises(UserError, match="not a run"):
        run([WHO], folder=tmp_path / "letters")
    with pytest.raises(UserError, match="no run at"):
        load_run(tmp_path)


def test_a_line_of_something_else_is_named(tmp_path: Path) -> None:
    run([WHO], folder=tmp_path / "one")
    with (tmp_path / "one" / "cases.jsonl").open("a") as file:
        file.write('{"id": "g1"}\n')
    with pytest.raises(UserError, match=r"cases\.jsonl:2: not a record"):
        load_run(tmp_path / "one")


def test_odd_characters_and_numpy_numbers_are_written(tmp_path: Path) -> None:
    timings: dict[str, Any] = {"total": np.float32(0.5)}
    odd = replace(quoting(BUILT), short="\u2028\udc80é", timings=timings)
    run([WHO], Desk({WHO.question: odd}), tmp_path / "one")
    line = json.loads((tmp_path / "one" / "cases.jsonl").read_bytes().split(b"\n")[0])
    assert line["answer"]["short"] == "\u2028\udc80é"
    assert line["answer"]["timings"] == {"total": 0.5}
    again = Desk()
    run([WHO], again, tmp_path / "one")
    assert again.asked == []


def test_a_frozen_run_keeps_scores_and_answers_without_passages(tmp_path: Path) -> None:
    done = run([WHO, PAID], Desk({}), tmp_path / "one", repeats=2)
    freeze(done, tmp_path / "base", ("right",))
    frozen = load_run(tmp_path / "base")
    assert frozen.provenance == done.provenance
    assert [r.scores for r in frozen.records] == [r.scores for r in done.records]
    assert [r.asks("right") for r in frozen.records] == [r.asks("right") for r in done.records]
    assert all(r.hits == [] for r in frozen.records)
    with pytest.raises(UserError, match="exists: remove it first"):
        freeze(done, tmp_path / "base", ("right",))


def test_runs_are_listed_newest_first(tmp_path: Path) -> None:
    run([WHO], folder=tmp_path / "one")
    about = json.loads((tmp_path / "one" / "run.json").read_text())
    for name, day in (("old", "2024-01-01"), ("new", "2025-01-01")):
        (tmp_path / name).mkdir()
        about["provenance"] |= {"name": name, "date": day}
        (tmp_path / name / "run.json").write_text(json.dumps(about))
    assert [p.name for p in list_runs(tmp_path)][:2] == ["new", "old"]
    assert list_runs(tmp_path / "none") == []


def test_unknown_provenance_of_a_later_version_is_left_out() -> None:
    assert Provenance.from_dict({"name": "n", "colour": "red"}) == Provenance(name="n")
