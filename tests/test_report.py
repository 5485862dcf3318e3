import io
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval.gold import Case, Kind
from eval.provenance import Provenance
from eval.record import Record, Run
from eval.report import OVERALL, to_dict
from eval.text import to_markdown, to_terminal
from tests.pier import NOTHING

COMMON = {"confidence": 0.7, "usage": {}, "timings": {"total": 0.2}}
ABSTAINED = {"short": "", "text": "The articles do not say.", "abstained": True} | COMMON
ANSWERED = {
    "short": "1998",
    "text": "It was built in 1998 | by <Brand>. [1]",
    "abstained": False,
} | COMMON


def record(
    name: str, kind: Kind, right: float, answer: dict[str, Any] | None = None, error: str = ""
) -> Record:
    case = Case(name, f"Question {name}?", kind, answers=("1999",) if kind is Kind.FACT else ())
    return Record(case, answer, [], NOTHING | {"right": right}, 0.25, error)


RUN = Run(
    (
        record("good", Kind.FACT, 1.0, ANSWERED),
        record("wrong", Kind.FACT, 0.0, ANSWERED),
        record("silent", Kind.FACT, 0.0, ABSTAINED),
        record("bold", Kind.UNANSWERABLE, 0.0, ANSWERED),
        record("broken", Kind.FACT, 0.0, None, "OSError: busy (x.py:1)"),
    ),
    Provenance(
        "base",
        settings_hash="s1",
        articles=24,
        command="byline eval run",
        models={"embedding": "mini"},
        settings={"answer": {"threshold": 0.5}},
    ),
)
REPORT = to_dict(RUN)


def printed(width: int = 200) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(to_terminal(REPORT))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_json_holds_everything_and_survives() -> None:
    again = json.loads(json.dumps(REPORT))
    assert list(again) == [
        "provenance", "summary", "counts", "intervals", "kind_intervals", "stages", "curves",
        "failures",
    ]  # fmt: skip
    assert again["summary"]["right"] == 0.2
    assert again["counts"]["right"] == 5
    assert again["summary"]["by_kind"]["unanswerable"]["cases"] == 1


def test_provenance_is_part_of_it() -> None:
    assert REPORT["provenance"]["settings_hash"] == "s1"
    assert "| models | embedding: mini |" in to_markdown(REPORT)


def test_failures_say_what_was_expected_and_what_was_answered() -> None:
    told = {f["id"]: (f["expected"], f["answered"], f["error"]) for f in REPORT["failures"]}
    assert told == {
        "wrong": ("1999", "1998: It was built in 1998 | by <Brand>. [1]", ""),
        "silent": ("1999", "abstained: The articles do not say.", ""),
        "bold": ("no answer", "1998: It was built in 1998 | by <Brand>. [1]", ""),
        "broken": ("1999", "crashed: OSError: busy (x.py:1)", "OSError: busy (x.py:1)"),
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.DATE, "the event, without a date"),
        (Kind.SUMMARY, "an answer citing the gold quotes"),
        (Kind.FALSE_PREMISE, "no answer, or the words that contradict it"),
    ],
)
def test_failures_without_a_gold_answer_say_what_would_be_right(kind: Kind, expected: str) -> None:
    case = Case("c", "When?", kind, article="pier.md", quotes=("It leaks.",))
    failed = Run((replace(RUN.records[1], case=case),))
    assert to_dict(failed)["failures"][0]["expected"] == expected


def test_markdown_has_every_metric_and_keeps_its_cells() -> None:
    page = to_markdown(REPORT)
    for name in OVERALL:
        assert f"| {name} |" in page
    assert "| right | 0.200 | 0.000 to 0.600 | 5 |" in page
    assert "| short_em | – |  | 0 |" in page
    assert "| latency_p50_ms | 250.0 |" in page
    assert "| total | 200.0 | 200.0 |" in page
    assert "| unanswerable | 1 | 0 | 0.000 | – |" in page
    assert "### Wrong answers (4)" in page
    assert "1998 \\| by &lt;Brand>. [1] |" in page
    tables = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.endswith(" |") for line in tables)


def test_markdown_without_a_failure_says_so() -> None:
    page = to_markdown(to_dict(Run(RUN.records[:1])))
    assert page.endswith("### Wrong answers (0)\n\nNone.\n")


def test_the_terminal_shows_metrics_and_failures_with_their_citation_marks() -> None:
    text = printed()
    assert "short_em" in text
    assert "0.000 to 0.600" in text
    assert "by <Brand>. [1]" in text
    assert "embedding: mini" in text


def test_the_terminal_report_fits_a_narrow_window() -> None:
    assert max(len(line) for line in printed(60).splitlines()) <= 60


def test_an_empty_run_has_a_report() -> None:
    report = to_dict(Run(()))
    assert report["failures"] == []
    assert "| cases | 0 |" in to_markdown(report)


def test_the_report_shows_every_name_of_the_summary() -> None:
    assert set(OVERALL) == set(RUN.summary()) - {"by_kind"}


def test_the_documentation_defines_every_metric_field_and_kind() -> None:
    page = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    names = [*OVERALL, *(field.name for field in fields(Case)), *Kind]
    assert [name for name in names if f"`{name}`" not in page] == []
