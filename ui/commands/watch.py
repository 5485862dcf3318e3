"""`byline watch`: folders, pages and feeds, read again and again."""

import re
import sys
import threading
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
from ui.ingest_progress import interruptible

if TYPE_CHECKING:
    from ingest.library import Library
    from ingest.pipeline import Ingest, IngestReport
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
    """Read folders and feeds on a schedule; only what is new or changed costs anything.

    Ctrl-C finishes what has been read; the same command goes on from there.
    """
    pause = span(every)
    settings = settings_for(library)
    paths, urls = split_targets(targets)
    again = settings.web.again_hours * 3600
    watching = _Watching()
    with (
        opened(settings, create=True) as target,
        web(settings, target, bool(urls), again=again) as discovery,
        interruptible(watching.stop),
    ):
        while not watching.is_over(0):
            _round(settings, target, discovery, paths, urls, collection, as_json, watching)
            if once and not watching.is_over(0):
                return
            watching.is_over(pause)
        print(
            f"byline: stopped watching; the library is whole and holds {target.count()} articles, "
            "the same command goes on",
            file=sys.stderr,
        )
    raise typer.Exit(130)


class _Watching:
    """Whether it goes on. No KeyboardInterrupt: where Python cleans up, one is lost."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self.run: Ingest | None = None
        """The round that is under way."""

    def stop(self) -> None:
        """Finish what has been read, then end."""
        self._over.set()
        if self.run:
            self.run.stop()

    def is_over(self, seconds: float) -> bool:
        """Whether it was stopped, within so many seconds."""
        return self._over.wait(seconds)


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
    watching: "_Watching",
) -> None:
    """Read everything once. What fails is told, and tried again in the next round."""
    from rag.build import build_ingest

    try:
        targets = found(discovery, paths, urls)
        watching.run = build_ingest(settings, library)
        if watching.is_over(0):
            return
        report = watching.run.run(targets, collection=collection)
    except UserError as error:  # a folder that is gone for now
        print(f"{_now()}  {error}", file=sys.stderr)
        return
    finally:
        watching.run = None
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
