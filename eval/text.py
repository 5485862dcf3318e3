"""Reports and comparisons as Markdown and for the terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eval.report import BY_KIND, FAILURE, OVERALL, number

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from eval.compare import Change, Comparison, Difference
    from eval.gate import Verdict

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


DIFFERENCE = ("", "cases", "A → B", "B − A", "95%", "p", "won:lost")


def comparison_markdown(found: "Comparison", verdict: "Verdict | None" = None) -> str:
    """A comparison, and what the gate said of it, for a pull request."""
    sections = [
        f"## {found.b} against {found.a}",
        *_bullets([*found.changed, *(f"**Mind:** {line}" for line in found.warnings)]),
        *_gate_sections(verdict),
        grid(DIFFERENCE, map(difference_row, found.metrics)),
        "### Right, by kind",
        grid(DIFFERENCE, map(difference_row, found.kinds)),
        f"### Questions won and lost ({len(found.changes)})",
        grid(["", "id", "question", "A", "B"], map(_change_row, found.changes))
        if found.changes
        else "None.",
    ]
    return "\n\n".join(sections) + "\n"


def comparison_terminal(found: "Comparison") -> "Group":
    """A comparison as rich tables."""
    from rich.console import Group

    title = f"{found.b} (B) against {found.a} (A)"
    changes = (
        [
            "won" if change.won else "lost",
            f"{change.id} · {change.kind}\n{change.question}\nA: {change.a}\nB: {change.b}",
        ]
        for change in found.changes
    )
    moved = table(f"Questions won and lost ({len(found.changes)})", ["", "question"], changes)
    moved.show_lines = True
    return Group(
        *(f"Changed: {line}" for line in found.changed),
        *(f"Mind: {line}" for line in found.warnings),
        tight(table(title, DIFFERENCE, map(difference_row, found.metrics))),
        tight(table("Right, by kind", DIFFERENCE, map(difference_row, found.kinds))),
        "p: paired permutation test, adjusted by Holm's method; * at most 0.05\n",
        moved,
    )


def difference_row(difference: "Difference") -> Row:
    """A difference in the columns of `DIFFERENCE`; a star marks what is not chance."""
    low_high = difference.interval
    spread = f"{low_high[0]:+.2f}…{low_high[1]:+.2f}" if low_high else ""
    star = "*" if difference.significant else ""
    return [
        difference.metric, str(difference.cases), f"{difference.a:.3f} → {difference.b:.3f}",
        f"{difference.delta:+.3f}", spread, f"{difference.p_adjusted:.3f}{star}",
        f"{difference.wins}:{difference.losses}",
    ]  # fmt: skip


def tight(made: "Table") -> "Table":
    """Without lines, so that seven columns of numbers stay whole in 80 columns."""
    made.box, made.pad_edge, made.padding = None, False, (0, 1, 0, 0)
    return made


def _change_row(change: "Change") -> Row:
    return ["won" if change.won else "lost", change.id, change.question, change.a, change.b]


def _gate_sections(verdict: "Verdict | None") -> list[str]:
    if verdict is None:
        return []
    return [f"**Gate: {'passed' if verdict.passed else 'failed'}**", *_bullets(verdict.reasons)]


def _bullets(lines: Sequence[str]) -> list[str]:
    return ["\n".join(f"- {line}" for line in lines)] if lines else []


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
