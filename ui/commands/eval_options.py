"""Options that several `byline eval` commands share, and what they lead to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import settings_for

if TYPE_CHECKING:
    from eval.record import Run
    from rag.settings import Settings

GoldOption = Annotated[Path, typer.Option("--gold", help="The gold set, JSONL.")]
RunsOption = Annotated[
    Path | None,
    typer.Option("--runs", help="Folder of all runs; by default `runs` beside the library."),
]


def runs_folder(settings: "Settings", runs: Path | None) -> Path:
    """Where runs are kept."""
    return runs or settings.library.expanduser().parent / "runs"


def named_run(name: str, library: Path | None, runs: Path | None) -> "Run":
    """The run of this name among the runs, or in the folder of this path."""
    from eval.runs import ABOUT, load_run

    if (Path(name) / ABOUT).is_file():
        return load_run(Path(name))
    return load_run(runs_folder(settings_for(library), runs) / name)
