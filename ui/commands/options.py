"""Options that several subcommands share, and what they lead to."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.errors import UserError

if TYPE_CHECKING:
    from ingest.library import Library
    from rag.assistant import Assistant
    from rag.scope import Scope
    from rag.settings import Settings

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", "-l", help="Folder of the library (or BYLINE_LIBRARY)."),
]
JSONOption = Annotated[bool, typer.Option("--json", help="Print JSON with stable field names.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Use only articles published by this day (YYYY-MM-DD)."),
]
ModeOption = Annotated[
    str | None,
    typer.Option("--mode", help="quotes: cite whole sentences; draft: an LLM writes, checked."),
]


SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only articles of this outlet; may be given more than once."),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", help="Only articles published from this day on.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="Only articles published until this day.")
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="Only articles in this language, such as en.")
]
CollectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--collection", help="Only articles of this collection; may be given more than once."
    ),
]
IntoOption = Annotated[
    str, typer.Option("--collection", help="Put what is read into this collection, too.")
]


def scope_of(
    source: list[str] | None,
    since: str | None,
    until: str | None,
    language: str | None,
    collection: list[str] | None = None,
) -> "Scope":
    """The limits that these options set."""
    from rag.scope import Scope

    return Scope(
        sources=tuple(source or ()),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
        language=language or "",
        collections=tuple(collection or ()),
    )


def settings_for(library: Path | None = None, mode: str | None = None) -> "Settings":
    """Settings from file and environment, with these flags over them."""
    from rag.settings import load_settings

    settings = load_settings(library=library)
    if mode is None:
        return settings
    if mode not in ("quotes", "draft"):
        raise UserError(f"--mode {mode}: choose quotes or draft")
    return settings.model_copy(update={"answer": settings.answer.model_copy(update={"mode": mode})})


@contextmanager
def opened(settings: "Settings", *, create: bool = False) -> Iterator["Library"]:
    """The library, closed at the end."""
    from rag.build import open_library

    library = open_library(settings, create=create)
    try:
        yield library
    finally:
        library.close()


def assistant_for(settings: "Settings", library: "Library") -> "Assistant":
    """Everything that answers questions; UserError while the library is empty."""
    from rag.build import build_assistant

    if library.count() == 0:
        raise UserError(f"the library at {settings.library} is empty: run `byline ingest PATH`")
    return build_assistant(settings, library)


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """The value of `option` as a date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{option} {text}: write the day as YYYY-MM-DD") from None


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def terminal_width() -> int | None:
    """Columns to wrap at, at most 100; None when the output is not a terminal."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return min(shutil.get_terminal_size().columns, 100)
