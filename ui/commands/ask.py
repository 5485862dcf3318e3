"""`byline ask`: one question, or a file of them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UserError
from ui.commands.options import (
    AsOfOption,
    CollectionOption,
    JSONOption,
    LanguageOption,
    LibraryOption,
    ModeOption,
    SinceOption,
    SourceOption,
    UntilOption,
    assistant_for,
    day_of,
    opened,
    print_json,
    scope_of,
    settings_for,
    terminal_width,
)


def ask(
    question: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    library: LibraryOption = None,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    language: LanguageOption = None,
    collection: CollectionOption = None,
    mode: ModeOption = None,
    as_json: JSONOption = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSONL file of questions, one a line.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="With --batch: the JSONL file to write.")
    ] = None,
) -> None:
    """Answer a question from the library, each sentence with the exact words that carry it."""
    if (question is None) == (batch is None):
        raise UserError("give either a question or --batch FILE")
    if (batch is None) != (out is None):
        raise UserError("--batch FILE and --out FILE go together")
    scope = scope_of(source, since, until, language, collection)
    settings, day = settings_for(library, mode), day_of(as_of)
    with opened(settings) as opened_library:
        assistant = assistant_for(settings, opened_library)
        if batch is not None and out is not None:
            from ui.batch import answer_batch

            done, kept = answer_batch(assistant, batch, out, day, scope)
            print(f"{done} answered, {kept} already in {out}", file=sys.stderr)
            return
        answer = assistant.ask(question or "", as_of=day, scope=scope)
    if as_json:
        print_json(answer.to_dict())
        return
    from ui.render import answer_plain

    print(answer_plain(answer, terminal_width()))
