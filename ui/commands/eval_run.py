"""`byline eval run`: the assistant measured against a gold set."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.eval_options import GoldOption, RunsOption, runs_folder
from ui.commands.options import (
    JSONOption,
    LibraryOption,
    ModeOption,
    assistant_for,
    opened,
    print_json,
    settings_for,
)

if TYPE_CHECKING:
    from eval.gold import Case
    from eval.library import Library
    from eval.provenance import Provenance
    from eval.record import Record, Run

MOST_PROBLEMS = 5
"""Faults of a gold set that are printed before the rest is only counted."""
ParallelOption = Annotated[
    int, typer.Option("--parallel", min=1, max=64, help="Questions asked at a time.")
]
RepeatsOption = Annotated[
    int, typer.Option("--repeats", min=1, max=100, help="How often each question is asked.")
]


def run(
    gold: GoldOption,
    name: Annotated[
        str, typer.Option("--name", help="Of the run; by default made of gold, settings and code.")
    ] = "",
    library: LibraryOption = None,
    mode: ModeOption = None,
    runs: RunsOption = None,
    parallel: ParallelOption = 1,
    repeats: RepeatsOption = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Replace a run of this name.")] = False,
    as_json: JSONOption = False,
) -> None:
    """Ask every gold question, record each answer, and print the metrics and what went wrong.

    The same command again finishes a run that was cut off.
    """
    from eval.gold import load_gold
    from eval.library import Shelf
    from eval.origin import origin_of
    from eval.report import to_dict
    from eval.runs import discard
    from eval.text import to_terminal

    settings, cases = settings_for(library, mode), load_gold(gold)
    with opened(settings) as source:
        shelf = Shelf(source)
        warn_of_problems(gold, shelf)
        origin = origin_of(
            settings, shelf, gold, name, parallel=parallel, repeats=repeats, command=typed()
        )
        folder = runs_folder(settings, runs) / origin.name
        if fresh:
            discard(folder)
        done = measure(cases, assistant_for(settings, source), shelf, folder, origin)
    report = to_dict(done)
    if as_json:
        print_json(report)
        return
    from rich.console import Console

    Console().print(to_terminal(report))
    print(f"The run is in {folder}; see it with `byline eval report {origin.name}`.")


def typed() -> str:
    """The command line that this process was given."""
    return shlex.join(["byline", *sys.argv[1:]])


def measure(
    cases: "list[Case]", assistant: Any, shelf: "Library", folder: Path, origin: "Provenance"
) -> "Run":
    """Ask everything, with a bar and the time left where someone is looking."""
    from eval.run import run_gold

    with _progress(len(cases), origin.name) as heard:
        return run_gold(cases, assistant, shelf, folder, heard, provenance=origin)


def warn_of_problems(gold: Path, shelf: "Library") -> None:
    """Faults of the gold set on standard error; the run goes on."""
    from eval.validate import validate

    problems = validate(gold, shelf)
    for problem in problems[:MOST_PROBLEMS]:
        print(f"byline: {gold}:{problem}", file=sys.stderr)
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        print(f"byline: {gold}: and {more} more: `byline eval validate`", file=sys.stderr)


@contextmanager
def _progress(total: int, name: str) -> "Iterator[Callable[[Record], None]]":
    """A bar with the count and the time left on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda record: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[right]} right,"), TimeElapsedColumn(), TextColumn("gone,"),
        TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, right = bar.add_task(name, total=total, right=0), [0]

        def heard(record: "Record") -> None:
            right[0] += record.right
            bar.update(task, advance=1, right=right[0])

        yield heard
