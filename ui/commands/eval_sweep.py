"""`byline eval sweep`: one run for each value of a setting."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.eval_options import GoldOption, RunsOption, runs_folder
from ui.commands.eval_run import ParallelOption, measure, typed
from ui.commands.options import JSONOption, LibraryOption, assistant_for, opened, print_json

if TYPE_CHECKING:
    from eval.gold import Case
    from eval.record import Run
    from rag.settings import Settings


def sweep(
    gold: GoldOption,
    chosen: Annotated[
        list[str], typer.Option("--set", help="section.key=value,value; may be given again.")
    ],
    library: LibraryOption = None,
    runs: RunsOption = None,
    parallel: ParallelOption = 1,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the table and a plot here.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", help="Write the table.")] = None,
    as_json: JSONOption = False,
) -> None:
    """Run a gold set under every combination of some settings, and put them side by side.

    Each combination is a run of its own, which the same command takes over or finishes.
    """
    from eval import sweep as table
    from eval.gold import load_gold
    from rag.settings import load_settings

    cases = load_gold(gold)
    # All of them first: a mistake in the last value must not come out when the others are asked.
    asked = {
        table.label(values): load_settings(library=library, **table.nested(values))
        for values in table.combinations(chosen)
    }
    found = {
        name: _run(name, settings, cases, gold, runs, parallel) for name, settings in asked.items()
    }
    title = " and ".join(text.partition("=")[0] for text in chosen)
    if html:
        html.write_text(table.to_html(found, title), encoding="utf-8")
    if markdown:
        markdown.write_text(table.to_markdown(found), encoding="utf-8")
    if as_json:
        print_json([{"settings": name, **run.summary()} for name, run in found.items()])
        return
    from rich.console import Console

    from eval.text import table as printed
    from eval.text import tight

    made = printed("* differs from the first beyond chance", table.HEAD, table.rows(found))
    Console().print(tight(made))


def _run(
    name: str,
    settings: "Settings",
    cases: "list[Case]",
    gold: Path,
    runs: Path | None,
    parallel: int,
) -> "Run":
    from eval.library import Shelf
    from eval.origin import origin_of

    with opened(settings) as source:
        shelf = Shelf(source)
        origin = origin_of(settings, shelf, gold, parallel=parallel, command=typed())
        # The name that the same settings, articles and code always give: a sweep resumes.
        folder = runs_folder(settings, runs) / origin.name
        named = replace(origin, name=name)
        return measure(cases, assistant_for(settings, source), shelf, folder, named)
