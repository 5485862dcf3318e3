"""`byline ingest`: articles into the library."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UserError
from ui.commands.options import JSONOption, LibraryOption, opened, print_json, settings_for
from ui.commands.targets import found, split_targets, web

if TYPE_CHECKING:
    from ingest.pipeline import Ingest, IngestReport
    from ingest.sources import Source


def ingest(
    targets: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, addresses of pages, feeds, sitemaps.", metavar="PATH|URL"
        ),
    ],
    library: LibraryOption = None,
    as_json: JSONOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Read articles of any format into the library; unchanged ones cost a hash."""
    from rag.build import build_ingest

    settings = settings_for(library)
    paths, urls = split_targets(targets)
    with opened(settings, create=True) as target, web(settings, target, urls) as discovery:
        run = build_ingest(settings, target)
        try:
            sources = found(discovery, paths, urls)
            report = _run(run, sources, show=not quiet and sys.stderr.isatty())
            if discovery:
                discovery.keep()
        except KeyboardInterrupt:
            print(
                f"byline: interrupted; {target.count()} articles are safe in the library, "
                "run the same command again to finish",
                file=sys.stderr,
            )
            raise typer.Exit(130) from None
    if report.files == 0:
        raise UserError(f"no file of a known format in {', '.join(targets)}")
    if as_json:
        print_json(report.to_dict())
    else:
        _print(report, settings.library)
    if report.failed:
        raise typer.Exit(1 if report.failed and not report.read else 0)


def _run(run: "Ingest", paths: "list[Path | Source]", show: bool) -> "IngestReport":
    if not show:
        return run.run(paths)
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("Reading articles"), BarColumn(), MofNCompleteColumn(), TextColumn("files"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("files", total=None)
        return run.run(paths, lambda done, total: bar.update(task, completed=done, total=total))


def _print(report: "IngestReport", folder: Path) -> None:
    print(
        f"{report.read} articles from {report.files} files: {report.new} new, "
        f"{report.changed} changed, {report.unchanged} unchanged, {len(report.failed)} failed "
        f"({report.passages} passages written to {folder} in {report.seconds:.1f} s)"
    )
    for failure in report.failed:
        print(f"  failed: {failure.reason}")
