"""`byline ingest`: articles into the library."""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UserError
from ui.commands.options import (
    IntoOption,
    JSONOption,
    LibraryOption,
    opened,
    print_json,
    settings_for,
)
from ui.commands.targets import found, split_targets, web

if TYPE_CHECKING:
    from ingest.library import Library
    from ingest.sources import Source
    from ingest.web.discover import Discovery
    from rag.settings import Settings


def ingest(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|URL", help="Files, folders, addresses of pages, feeds and sitemaps."
        ),
    ] = None,
    library: LibraryOption = None,
    collection: IntoOption = "",
    as_json: JSONOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
    sync: Annotated[
        bool,
        typer.Option("--sync", help="Also remove articles whose files are gone from the folders."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would happen; write nothing.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read again what failed (see library failures).")
    ] = False,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Also write the report to this file, as JSON.")
    ] = None,
) -> None:
    """Read articles of any format into the library; unchanged ones cost a hash.

    Ctrl-C finishes what has been read; the same command goes on from there.
    """
    from rag.build import build_ingest
    from ui.ingest_progress import interruptible, print_plan, print_report, report_json, shown

    if not named and not retry_failed:
        raise UserError("name files, folders or addresses to read (or --retry-failed)")
    settings = settings_for(library)
    paths, urls = split_targets(named or [])
    with (
        _target(settings, dry_run) as target,
        web(settings, target, bool(urls) or retry_failed) as discovery,
    ):
        targets = _targets(target, paths, retry_failed, discovery)
        targets += found(discovery, [], urls)
        run = build_ingest(settings, target)
        if dry_run:
            planned = run.plan(targets, sync=sync)
            if as_json:
                print_json([item.to_dict() for item in planned])
            else:
                print_plan(planned)
            return
        try:
            with interruptible(run.stop), shown(not quiet and sys.stderr.isatty()) as listener:
                report = run.run(targets, listener=listener, sync=sync, collection=collection)
            if discovery:
                discovery.keep()
        except KeyboardInterrupt:
            print(_go_on(target), file=sys.stderr)
            raise typer.Exit(130) from None
        safe = _go_on(target)
    if report.files == 0 and not report.removed and not retry_failed and not report.stopped:
        raise UserError(f"no file of a known format in {', '.join(named or [])}")
    if report_file:
        report_file.write_text(json.dumps(report_json(report), indent=2, ensure_ascii=False))
    if as_json:
        print_json(report_json(report))
    else:
        print_report(report, settings.library)
    if report.stopped:
        print(safe, file=sys.stderr)
        raise typer.Exit(130)
    if report.failed:
        raise typer.Exit(1 if report.failed and not report.read else 0)


@contextmanager
def _target(settings: "Settings", dry_run: bool) -> "Iterator[Library]":
    """The library; for a dry run into none yet, an empty one that is thrown away."""
    from ingest.library import CATALOGUE

    if not dry_run or (settings.library.expanduser() / CATALOGUE).is_file():
        with opened(settings, create=True) as library:
            yield library
        return
    with tempfile.TemporaryDirectory() as folder:
        empty = settings.model_copy(update={"library": Path(folder), "chroma_url": ""})
        with opened(empty, create=True) as library:
            yield library


def _targets(
    library: "Library", paths: Sequence[Path], retry_failed: bool, discovery: "Discovery | None"
) -> "list[Path | Source]":
    from ingest.retry import failed_sources

    if not retry_failed:
        return list(paths)
    other = discovery.source if discovery else lambda origin: None
    return [*paths, *failed_sources(library.catalogue, other)]


def _go_on(library: "Library") -> str:
    return (
        f"byline: stopped; {library.count()} articles are safe in the library, run the same "
        "command again to go on"
    )
