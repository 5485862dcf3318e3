"""The subcommands of `byline eval` that read runs and files, in this process."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.gold import load_gold
from eval.runs import load_run
from tests.llm_server import serving
from tests.pier import PAID, QUIET, WHEN, WHO, Desk
from tests.test_run import run
from ui.cli import app


def byline(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    run([WHO, WHEN, PAID], folder=tmp_path / "old")
    run([WHO, WHEN, PAID], Desk({WHO.question: QUIET}), tmp_path / "new")
    return tmp_path


def test_report_in_every_form(runs: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    done = byline(
        "report", "new", "--baseline", "old", "--runs", runs, "--html", page, "--markdown", text
    )
    assert done.exit_code == 0, done.output
    assert "questions won and <b>1</b> lost against" in page.read_text()
    assert "| right | 0.333 |" in text.read_text()
    told = json.loads(byline("report", "old", "--runs", runs, "--json").stdout)
    assert told["summary"]["cases"] == 3
    assert "hit_at_5" in byline("report", "old", "--runs", runs).stdout


def test_runs_are_listed(runs: Path) -> None:
    assert len(byline("runs", "--runs", runs).stdout.splitlines()) == 2
    assert len(json.loads(byline("runs", "--runs", runs, "--json").stdout)) == 2
    assert "no runs in" in byline("runs", "--runs", runs / "none").stdout


def test_freeze_then_gate_against_the_folder(runs: Path, tmp_path: Path) -> None:
    assert byline("freeze", "old", tmp_path / "base", "--runs", runs).exit_code == 0
    assert len(load_run(tmp_path / "base").records) == 3
    done = byline("compare", tmp_path / "base", "old", "--gate", "--runs", runs)
    assert (done.exit_code, "Gate: passed" in done.stdout) == (0, True)


def test_export(runs: Path, tmp_path: Path) -> None:
    assert byline("export", "old", "--out", tmp_path / "t", "--runs", runs).exit_code == 0
    assert (tmp_path / "t").read_text().startswith("who Q0 a1 1 ")


def test_import_and_validate(tmp_path: Path) -> None:
    table, gold = tmp_path / "q.csv", tmp_path / "gold.jsonl"
    table.write_text("question,answers,article\nWho?,Ada,pier.md\nWho?,Eve,pier.md\n")
    assert byline("import", "csv", table, "--gold", gold).exit_code == 0
    assert len(load_gold(gold)) == 2
    done = byline("validate", "--gold", gold, "--alone")
    assert done.exit_code == 1
    assert f"{gold}:2: line-3: asks the same question as line-2" in done.stdout
    told = json.loads(byline("validate", "--gold", gold, "--alone", "--json").stdout)
    assert [problem["line"] for problem in told] == [2]


def test_judge_with_a_served_model(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"id": "who", "right": true}\n{"id": "when", "right": false}\n')
    with serving("RIGHT", "WRONG", "WRONG") as script:
        monkeypatch.setenv("BYLINE_LLM__KIND", "openai")
        monkeypatch.setenv("BYLINE_LLM__BASE_URL", script.url)
        monkeypatch.setenv("BYLINE_LLM__MODEL", "served-model")
        done = byline(
            "judge", "old", "--runs", runs, "--labels", labels, "--out", tmp_path / "j", "--json"
        )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["model"], told["kappa_with_person"]) == ("served-model", 1.0)
    assert [json.loads(line)["verdicts"] for line in (tmp_path / "j").read_text().splitlines()] == [
        [True], [False], [False],
    ]  # fmt: skip
