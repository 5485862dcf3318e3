"""What a run found, with its provenance: a table for the terminal, Markdown, or JSON."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.run import Record, Run

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

OVERALL = (
    "cases", "failed", "right", "hit_at_1", "hit_at_5", "hit_at_10", "mrr", "short_em", "short_f1",
    "answer_contains", "date_correct", "report_date_given", "citation_support", "support_mean",
    "citation_verbatim", "citation_hits_gold", "abstention_precision", "abstention_recall",
    "abstention_f1", "answered_when_answerable", "latency_p50_ms", "latency_p95_ms",
)  # fmt: skip
"""The rows of the table of metrics, in this order."""

BY_KIND = ("cases", "failed", "right", "hit_at_5", "short_f1", "citation_hits_gold")
"""The columns of the table by kind."""

FAILURE = ("id", "kind", "question", "expected", "answered")
"""The columns of the table of failures."""

Row = list[str]


@dataclass(frozen=True)
class Provenance:
    """Everything needed to make a run's numbers again."""

    settings_hash: str
    library_fingerprint: str
    code_hash: str
    """Of the packages ingest, rag and eval; tells uncommitted changes apart."""
    articles: int
    commit: str
    """The commit of the code; empty where it is not a git working copy."""
    command: str
    models: Mapping[str, str] = field(default_factory=dict)
    """Name of the model by its job."""
    machine: Mapping[str, str | int] = field(default_factory=dict)
    date: str = ""
    """When the report was made, ISO 8601, UTC."""

    @classmethod
    def of(
        cls, run: Run, *, command: str, models: Mapping[str, str], now: datetime | None = None
    ) -> "Provenance":
        """The provenance of `run` on this machine, at `now` (this moment by default)."""
        return cls(
            settings_hash=run.settings_hash,
            library_fingerprint=run.library_fingerprint,
            code_hash=run.code_hash,
            articles=run.articles,
            commit=commit_of(Path(__file__).parent.parent),
            command=command,
            models=dict(models),
            machine=machine(),
            date=(now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
        )


def commit_of(root: Path) -> str:
    """The commit checked out in the git working copy whose top folder is `root`, else empty."""
    git = shutil.which("git")
    if git is None:
        return ""
    asked = [git, "-C", str(root), "rev-parse", "--show-toplevel", "HEAD"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    lines = found.stdout.splitlines()
    # An installed copy may lie inside another project's repository, whose commit is not ours.
    ours = found.returncode == 0 and len(lines) == 2 and Path(lines[0]) == root.resolve()
    return lines[1] if ours else ""


def machine() -> dict[str, str | int]:
    """The processor's model, the cores that this process may use, the system, and Python."""
    return {
        "cpu": _cpu() or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""  # not Linux: the caller asks the platform module
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "")


def to_dict(run: Run, provenance: Provenance) -> dict[str, Any]:
    """The whole report, JSON-ready: provenance, summary, counts, intervals, failures."""
    return {
        "provenance": asdict(provenance),
        "summary": run.summary(),
        "counts": run.counts(),
        "intervals": run.intervals(),
        "failures": [_failure(record) for record in run.records if not record.scores["right"]],
    }


def _failure(record: Record) -> dict[str, Any]:
    return {
        "id": record.case.id,
        "kind": record.case.kind.value,
        "question": record.case.question,
        "expected": _expected(record),
        "answered": _answered(record),
        "rank": record.rank,
        "error": record.error,
    }


def _expected(record: Record) -> str:
    case = record.case
    if case.answers:
        return case.answers[0]
    if case.should_answer:
        return "the event, without a date" if case.undated else "an answer citing the gold quotes"
    contradiction = bool(case.quotes) and not case.should_answer
    return "no answer, or the words that contradict it" if contradiction else "no answer"


def _answered(record: Record) -> str:
    if record.answer is None:
        return f"crashed: {record.error}"
    short, text = record.answer["short"], record.answer["text"]
    said = f"{short}: {text}" if short else text
    return f"abstained: {said}" if record.abstained else said


def to_markdown(report: Mapping[str, Any]) -> str:
    """The report of `to_dict` as Markdown, for a page or a pull request."""
    sections = [
        "## Evaluation",
        _grid(["", ""], _provenance_rows(report)),
        "### Metrics",
        _grid(["metric", "value", "95% interval", "cases"], _metric_rows(report)),
        "### By kind",
        _grid(["kind", *BY_KIND], _kind_rows(report)),
        f"### Wrong answers ({len(report['failures'])})",
        _grid(FAILURE, _failure_rows(report)) if report["failures"] else "None.",
    ]
    return "\n\n".join(sections) + "\n"


def to_terminal(report: Mapping[str, Any]) -> "Group":
    """The report of `to_dict` as rich tables: `Console().print(to_terminal(report))`."""
    from rich.console import Group

    return Group(
        _table("Evaluation", ["", ""], _provenance_rows(report)),
        _table("Metrics", ["metric", "value", "95% interval", "cases"], _metric_rows(report)),
        _table("By kind", ["kind", *BY_KIND], _kind_rows(report)),
        _failure_table(report["failures"]),
    )


def _provenance_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in report["provenance"].items():
        inner = value.items() if isinstance(value, Mapping) else []
        text = ", ".join(f"{key}: {item}" for key, item in inner) if inner else str(value or "–")
        yield [name.replace("_", " "), text]


def _metric_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for name in OVERALL:
        interval = report["intervals"].get(name)
        spread = f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else ""
        count = str(report["counts"].get(name, ""))
        yield [name, _number(report["summary"][name]), spread, count]


def _kind_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for kind, summary in report["summary"]["by_kind"].items():
        yield [kind, *(_number(summary[name]) for name in BY_KIND)]


def _failure_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for failure in report["failures"]:
        yield [failure[name] for name in FAILURE]


def _number(value: float | int | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def _grid(head: Sequence[str], rows: Iterator[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _failure_table(failures: Sequence[Mapping[str, Any]]) -> "Table":
    """Question, expected and answered below each other: side by side they need a wide window."""
    rows = (
        [
            f"{failure['id']}\n{failure['kind']}",
            f"{failure['question']}\nexpected: {failure['expected']}\n"
            f"answered: {failure['answered']}",
        ]
        for failure in failures
    )
    table = _table(f"Wrong answers ({len(failures)})", ["case", "what happened"], rows)
    table.show_lines = True
    return table


def _table(title: str, head: Sequence[str], rows: Iterator[Row]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, title=title, title_justify="left", show_header=any(head))
    for row in rows:
        # Text, not str: square brackets in an answer are citation marks, not rich's markup.
        table.add_row(*(Text(text) for text in row))
    return table
