"""`byline eval`: the assistant measured against a gold set."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
    from rag.settings import Settings

MOST_PROBLEMS = 5
"""Faults of a gold set that are printed before the rest is only counted."""
app = typer.Typer(help="Measure the assistant against gold questions.")


@app.callback()
def evaluate() -> None:
    """Measure the assistant against gold questions."""


@app.command()
def run(
    gold: Annotated[Path, typer.Option("--gold", help="The gold set, JSONL.")],
    library: LibraryOption = None,
    mode: ModeOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Record every case here; resumes from it.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", help="Write the report as Markdown here.")
    ] = None,
    as_json: JSONOption = False,
) -> None:
    """Ask every gold question and print the metrics and what went wrong."""
    from eval.gold import check_gold, load_gold
    from eval.report import Provenance, to_dict, to_markdown, to_terminal
    from eval.run import run_gold

    settings, cases = settings_for(library, mode), load_gold(gold)
    with opened(settings) as source:
        assistant = assistant_for(settings, source)
        problems = check_gold(cases, source)
        for problem in problems[:MOST_PROBLEMS]:
            print(f"byline: {gold}: {problem}", file=sys.stderr)
        if len(problems) > MOST_PROBLEMS:
            more = len(problems) - MOST_PROBLEMS
            print(f"byline: {gold}: and {more} more like these", file=sys.stderr)
        with _progress(len(cases)) as heard:
            done = run_gold(
                cases, assistant, source, out, on_case=heard, settings_hash=settings.digest()
            )
    command = shlex.join(["byline", *sys.argv[1:]])
    report = to_dict(done, Provenance.of(done, command=command, models=_models(settings)))
    if markdown:
        markdown.write_text(to_markdown(report), encoding="utf-8")
    if as_json:
        print_json(report)
        return
    from rich.console import Console

    Console().print(to_terminal(report))


def _models(settings: "Settings") -> dict[str, str]:
    used = {"embedding": settings.embedding.model}
    if settings.answer.mode == "draft":
        llm = settings.llm
        used["llm"] = llm.model or llm.path or llm.kind
    return used


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Any], None]]:
    """A bar with the time left on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda record: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Asking", total=total)
        yield lambda record: bar.advance(task)
