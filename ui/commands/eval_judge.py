"""`byline eval judge`: a language model's second opinion on a run."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.eval_options import RunsOption, named_run
from ui.commands.eval_report import NameArgument
from ui.commands.options import JSONOption, LibraryOption, print_json, settings_for


def judge(
    name: NameArgument,
    repeats: Annotated[
        int, typer.Option("--repeats", min=1, max=20, help="Asks a case; more than 1 shows noise.")
    ] = 1,
    labels: Annotated[
        Path | None,
        typer.Option("--labels", help="A person's labels, JSONL of id and right: gives a kappa."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write each case's verdicts here, JSONL.")
    ] = None,
    library: LibraryOption = None,
    runs: RunsOption = None,
    as_json: JSONOption = False,
) -> None:
    """Let the language model of the settings judge a run, and say how far it is to be trusted."""
    from eval.judge import completing, has_verdict, model_digest, read_labels, summary
    from eval.judge import judge as ask
    from rag.build import build_llm

    run, known = named_run(name, library, runs), read_labels(labels) if labels else None
    model = build_llm(settings_for(library))
    complete = completing(model, has_verdict)
    found = []
    with out.open("w", encoding="utf-8") if out else nullcontext() as file:
        for number, record in enumerate(run.records, 1):
            found.append(ask(record, complete, repeats))
            if file:
                line = {"id": found[-1].case, "verdicts": found[-1].verdicts}
                print(json.dumps(line), file=file, flush=True)
            if sys.stderr.isatty():
                print(f"\r{number} of {len(run.records)} judged", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    told = summary(found, run.records, known)
    told |= {"model": model.metadata.model_name, "model_digest": model_digest(model)}
    if as_json:
        print_json(told)
        return
    for key, value in told.items():
        print(f"{key.replace('_', ' '):20} {_shown(value)}")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " to ".join(map(_shown, value))
    if value in (None, ""):
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
