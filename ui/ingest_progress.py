"""An ingest in the terminal: how far it is, how it is stopped, and what it did."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.plan import Planned
    from ingest.progress import Listener, Progress
    from ingest.report import IngestReport

FINISHING = "finishing what has been read"
SHOWN = 20
"""Failures that are printed; the rest is in `byline library failures`."""


@contextmanager
def shown(show: bool) -> "Iterator[Listener]":
    """A listener that draws a bar on a terminal, or none at all."""
    if not show:
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("files"),
        TextColumn("{task.fields[said]}"),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None, said="")

        def listen(progress: "Progress") -> None:
            bar.update(
                task,
                completed=progress.files + progress.share,
                total=progress.files_total,
                description=progress.phase.capitalize(),
                said=line_of(progress),
            )

        yield listen


def line_of(progress: "Progress") -> str:
    """The figures of one moment in a line."""
    parts = [
        f"{progress.articles:,} articles",
        f"{progress.passages:,} passages",
        f"{progress.rate:,.1f} articles/s",
    ]
    if progress.phase == "reading" and progress.left is not None:
        parts.append(f"{duration(progress.left)} left")
    if progress.failures:
        parts.append(f"{progress.failures:,} failed")
    return " · ".join(parts)


@contextmanager
def interruptible(stop: Callable[[], None], told: str = FINISHING) -> Iterator[None]:
    """The first Ctrl-C calls `stop` and prints `told`; the second one ends everything at once."""

    def first(number: int, frame: FrameType | None) -> None:
        stop()
        print(f"\nbyline: {told} (Ctrl-C again to stop at once)", file=sys.stderr)
        signal.signal(signal.SIGINT, before)

    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def print_report(report: "IngestReport", folder: Path) -> None:
    """What an ingest did, and what failed, with reasons."""
    counts = [
        f"{report.new} new", f"{report.changed} changed", f"{report.unchanged} unchanged",
        *([f"{report.moved} moved"] if report.moved else []),
        *([f"{report.removed} removed"] if report.removed else []),
        f"{len(report.failed)} failed",
    ]  # fmt: skip
    print(
        f"{counted(report.read, 'article')} from {counted(report.files, 'file')}: "
        f"{', '.join(counts)} ({counted(report.passages, 'passage')} written "
        f"to {folder} in {report.seconds:.1f} s)"
    )
    for failure in report.failed[:SHOWN]:
        print(f"  failed: {failure.reason}")
    if len(report.failed) > SHOWN:
        print(f"  ... and {len(report.failed) - SHOWN} more: `byline library failures` lists them")


def print_plan(planned: "Sequence[Planned]") -> None:
    """What an ingest would do: a line for each article that is not unchanged, then the counts."""
    counts: dict[str, int] = {}
    for item in planned:
        counts[item.action] = counts.get(item.action, 0) + 1
        if item.action != "unchanged":
            print(f"{item.action:8}  {item.title or item.reason}  {item.origin}")
    said = ", ".join(f"{count} {action}" for action, count in counts.items()) or "nothing to do"
    print(f"{said} (a dry run: nothing was written; `unchanged` counts files)")


def counted(count: int, noun: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def report_json(report: "IngestReport") -> dict[str, Any]:
    """The report with its rates."""
    seconds = report.seconds or 1.0
    rates = {"articles_per_s": round(report.read / seconds, 2)}
    return {**report.to_dict(), **rates}


def duration(seconds: float) -> str:
    """Seconds as a person says them: "2 h 05 min"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
