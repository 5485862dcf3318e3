from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.quality_kept import KeptRows
from benchmarks.quality_table import BEGIN, END, Row, table, write_table
from eval.record import Run
from rag.types import Answer
from tests.pier import PAID, WHEN, WHO, Desk
from tests.test_run import run


def of(desk: Desk | None = None) -> Run:
    done = run([WHO, WHEN, PAID], desk)
    machine: dict[str, str | int] = {"cores": 2, "cpu": "EPYC | Zen"}
    known = replace(
        done.provenance, command="python -m benchmarks.quality", commit="a" * 40, machine=machine
    )
    return replace(done, provenance=known)


def cells(text: str, line: int) -> list[str]:
    return [cell.strip() for cell in text.splitlines()[line].split(" | ")]


def test_a_row_has_its_figures_and_where_they_come_from() -> None:
    text = table([Row("gold", "Byline", of(), "2 without words")])
    head, row = cells(text, 0), cells(text, 2)
    assert len(head) == len(row)
    assert row[:4] == ["| gold", "Byline", "3", "0.333 (0.00–1.00)"]
    origin = text.splitlines()[-1]
    assert "`python -m benchmarks.quality`" in origin
    assert "aaaaaaaaaa" in origin
    assert "2 cores, EPYC \\| Zen" in origin
    assert "2 without words" in origin


def test_a_system_that_only_searches_has_no_figures_of_answers() -> None:
    silent = {case.question: Answer("q") for case in (WHO, WHEN, PAID)}
    head, row = (cells(table([Row("gold", "plain", of(Desk(silent)))]), n) for n in (0, 2))
    found = dict(zip(head, row, strict=True))
    assert (found["right"], found["F1"], found["passage hit@5"]) == ("–", "–", "1.000")


def test_a_set_that_is_absent_is_named() -> None:
    row = cells(table([Row("squad", "", None, "data absent")]), 2)
    assert row[:3] == ["| squad", "data absent", "0"]


def test_rows_are_kept_until_their_system_is_measured_anew(tmp_path: Path) -> None:
    def measured(name: str, asked: str, system: str) -> None:
        done = run([WHO, WHEN], None, tmp_path / name)
        KeptRows(tmp_path, ("gold", "squad")).put(Row(asked, system, done, "none"), name)

    measured("one", "squad", "Byline")
    measured("two", "gold", "plain")
    measured("three", "gold", "Byline")
    measured("four", "squad", "Byline")
    kept = KeptRows(tmp_path, ("gold", "squad"))
    rows = kept.rows()
    assert [(row.asked, row.system) for row in rows] == [
        ("gold", "plain"), ("gold", "Byline"), ("squad", "Byline"),
    ]  # fmt: skip
    assert [row.left_out for row in rows] == ["none"] * 3
    assert all(row.run and len(row.run.records) == 2 for row in rows)
    # A run that was cut off, or removed, is no row.
    (tmp_path / "two" / "cases.jsonl").write_text("")
    assert len(kept.rows()) == 2


def test_the_table_is_put_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    for _ in range(2):
        write_table(page, [Row("squad", "", None, "data absent")])
        text = page.read_text()
        assert text.startswith(f"before\n{BEGIN}\n\n| ")
        assert text.endswith(f"{END}\nafter\n")
    assert "\nold\n" not in text
    page.write_text("no marks")
    with pytest.raises(SystemExit, match="to write between"):
        write_table(page, [])
