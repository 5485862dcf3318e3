"""`byline eval report`, `list`, `freeze` and `export`: what runs found, in other forms."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.eval_options import RunsOption, named_run, runs_folder
from ui.commands.options import JSONOption, LibraryOption, print_json, settings_for

NameArgument = Annotated[str, typer.Argument(help="A run: its name or its folder.")]


def report(
    name: NameArgument,
    baseline: Annotated[
        str, typer.Option("--baseline", help="A run to show the difference to.")
    ] = "",
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one HTML file that opens offline.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", help="Write Markdown.")] = None,
    library: LibraryOption = None,
    runs: RunsOption = None,
    as_json: JSONOption = False,
) -> None:
    """Show what a run found: in the terminal, as HTML, Markdown or JSON."""
    from eval.report import to_dict
    from eval.text import to_markdown, to_terminal

    found = named_run(name, library, runs)
    old = named_run(baseline, library, runs) if baseline else None
    if html:
        from eval.page import to_html

        html.write_text(to_html(found, old), encoding="utf-8", errors="backslashreplace")
        print(f"The report is in {html}")
    if markdown:
        markdown.write_text(to_markdown(to_dict(found)), encoding="utf-8")
        print(f"The report is in {markdown}")
    if as_json:
        print_json(to_dict(found))
    elif not html and not markdown:
        from rich.console import Console

        Console().print(to_terminal(to_dict(found)))


def runs(
    library: LibraryOption = None, runs: RunsOption = None, as_json: JSONOption = False
) -> None:
    """List past runs, newest first."""
    from dataclasses import asdict

    from eval.runs import list_runs

    folder = runs_folder(settings_for(library), runs)
    found = list_runs(folder)
    if as_json:
        print_json([asdict(provenance) for provenance in found])
        return
    for origin in found:
        print(
            f"{origin.date[:16]}  {origin.name}  ({origin.gold}, settings {origin.settings_hash})"
        )
    if not found:
        print(f"no runs in {folder}: make one with `byline eval run --gold FILE`")


def freeze(
    name: NameArgument,
    folder: Annotated[Path, typer.Argument(help="Where the baseline goes, to be committed.")],
    others: Annotated[
        list[str] | None,
        typer.Option("--with", help="A run of the same code elsewhere, whose asks are added."),
    ] = None,
    library: LibraryOption = None,
    runs: RunsOption = None,
) -> None:
    """Write a run as a baseline to commit: scores and answers, without the passages' words."""
    from eval.gate import GATED
    from eval.pool import pooled
    from eval.runs import freeze as frozen

    found = [named_run(each, library, runs) for each in (name, *(others or ()))]
    frozen(pooled(found), folder, GATED)
    print(f"The baseline is in {folder}; gate with `byline eval compare {folder} NAME --gate`")


def export(
    name: NameArgument,
    out: Annotated[Path, typer.Option("--out", help="Write the TREC run file here.")],
    passages: Annotated[
        bool, typer.Option("--passages", help="Rank passages, not the articles they are from.")
    ] = False,
    library: LibraryOption = None,
    runs: RunsOption = None,
) -> None:
    """Write what a run found as a TREC run file, for trec_eval."""
    from eval.trec import trec_run

    out.write_text(trec_run(named_run(name, library, runs), passages=passages), encoding="utf-8")
    print(f"The run file is {out}")
