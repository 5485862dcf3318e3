"""`byline watch`: folders, pages and feeds, read again and again."""

import re
import sys
import time
from collections.abc import Sequence
from datetime import datetime
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
    from ingest.pipeline import IngestReport
    from ingest.web.discover import Discovery
    from rag.settings import Settings

SHORTEST = 10.0
"""Seconds between rounds at the least: more often is no reading but hammering."""
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)?", re.IGNORECASE)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def watch(
    targets: Annotated[
        list[str], typer.Argument(help="Folders, files, pages, feeds, sitemaps.", metavar="TARGET")
    ],
    every: Annotated[str, typer.Option(help="Between rounds: 90s, 15m, 6h, 1d.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="One round, then end (for cron).")] = False,
    library: LibraryOption = None,
    collection: IntoOption = "",
    as_json: JSONOption = False,
) -> None:
    """Read folders and feeds on a schedule; only what is new or changed costs anything."""
    pause = span(every)
    settings = settings_for(library)
    paths, urls = split_targets(targets)
    again = settings.web.again_hours * 3600
    with (
        opened(settings, create=True) as target,
        web(settings, target, bool(urls), again=again) as discovery,
    ):
        try:
            while True:
                _round(settings, target, discovery, paths, urls, collection, as_json)
                if once:
                    return
                time.sleep(pause)
        except KeyboardInterrupt:
            told = "the library is whole; run the same command to go on"
            print(f"byline: stopped watching; {told}", file=sys.stderr)
            raise typer.Exit(130) from None


def span(text: str) -> float:
    """Seconds of a span such as "15m". Raises UserError for what is none, or too short."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise UserError(f"--every {text}: write a number and s, m, h or d, as in 15m")
    seconds = float(match[1]) * _UNITS[(match[2] or "s").lower()]
    if seconds < SHORTEST:
        raise UserError(f"--every {text}: not more often than every {SHORTEST:.0f} s")
    return seconds


def _round(
    settings: "Settings",
    library: "Library",
    discovery: "Discovery | None",
    paths: Sequence[Path],
    urls: Sequence[str],
    collection: str,
    as_json: bool,
) -> None:
    """Read everything once. What fails is told, and tried again in the next round."""
    from rag.build import build_ingest

    try:
        targets = found(discovery, paths, urls)
        report = build_ingest(settings, library).run(targets, collection=collection)
    except UserError as error:  # a folder that is gone for now
        print(f"{_now()}  {error}", file=sys.stderr)
        return
    if discovery:
        discovery.keep()
    if as_json:
        print_json({"at": _now(), **report.to_dict()})
    else:
        _print(report)
    sys.stdout.flush()


def _print(report: "IngestReport") -> None:
    print(
        f"{_now()}  {report.new} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{len(report.failed)} failed"
    )
    for failure in report.failed:
        print(f"  failed: {failure.reason}")


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
