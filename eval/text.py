"""The report of `eval.report.to_dict` as Markdown and for the terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eval.report import BY_KIND, FAILURE, OVERALL, number

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

Row = Sequence[str]
METRIC = ("metric", "value", "95% interval", "cases")


def to_markdown(report: Mapping[str, Any]) -> str:
    """For a page or a pull request."""
    sections = [
        "## Evaluation",
        grid(["", ""], _provenance_rows(report)),
        "### Metrics",
        grid(METRIC, _metric_rows(report)),
        "### By kind",
        grid(["kind", *BY_KIND], _kind_rows(report)),
        "### Time by stage",
        grid(["stage", "p50 ms", "p95 ms"], _stage_rows(report)),
        f"### Wrong answers ({len(report['failures'])})",
        grid(FAILURE, _failure_rows(report)) if report["failures"] else "None.",
    ]
    return "\n\n".join(sections) + "\n"


def to_terminal(report: Mapping[str, Any]) -> "Group":
    """Rich tables: `Console().print(to_terminal(report))`."""
    from rich.console import Group

    return Group(
        table("Evaluation", ["", ""], _provenance_rows(report)),
        table("Metrics", METRIC, _metric_rows(report)),
        table("By kind", ["kind", *BY_KIND], _kind_rows(report)),
        table("Time by stage", ["stage", "p50 ms", "p95 ms"], _stage_rows(report)),
        _failure_table(report["failures"]),
    )


def _provenance_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in report["provenance"].items():
        if name == "settings":
            continue  # the hash stands for them; run.json has them all
        inner = value.items() if isinstance(value, Mapping) else []
        text = ", ".join(f"{key}: {item}" for key, item in inner) if inner else str(value or "–")
        yield [name.replace("_", " "), text]


def _metric_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for name in OVERALL:
        interval = report["intervals"].get(name)
        spread = f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else ""
        count = str(report["counts"].get(name, ""))
        yield [name, number(report["summary"][name]), spread, count]


def _kind_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for kind, summary in report["summary"]["by_kind"].items():
        yield [kind, *(number(summary[name]) for name in BY_KIND)]


def _stage_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for stage, times in report["stages"].items():
        yield [stage, *(f"{times[name]:.1f}" for name in ("p50_ms", "p95_ms"))]


def _failure_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    for failure in report["failures"]:
        yield [failure[name] for name in FAILURE]


def grid(head: Sequence[str], rows: Iterable[Row]) -> str:
    """A Markdown table; what would end a cell is escaped."""
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
    wrong = table(f"Wrong answers ({len(failures)})", ["case", "what happened"], rows)
    wrong.show_lines = True
    return wrong


def table(title: str, head: Sequence[str], rows: Iterable[Row]) -> "Table":
    """A rich table of plain text."""
    from rich.table import Table
    from rich.text import Text

    made = Table(*head, title=title, title_justify="left", show_header=any(head))
    for row in rows:
        # Text, not str: square brackets in an answer are citation marks, not rich's markup.
        made.add_row(*(Text(text) for text in row))
    return made
