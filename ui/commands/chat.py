"""`byline chat`: questions and answers in the terminal."""

import sys

from ingest.errors import BylineError
from ui.commands.options import (
    AsOfOption,
    LibraryOption,
    ModeOption,
    assistant_for,
    day_of,
    opened,
    settings_for,
    terminal_width,
)


def chat(library: LibraryOption = None, as_of: AsOfOption = None, mode: ModeOption = None) -> None:
    """Ask one question after another; an empty line or Ctrl-D ends."""
    from ui.render import answer_plain

    settings, day = settings_for(library, mode), day_of(as_of)
    with opened(settings) as source:
        assistant = assistant_for(settings, source)
        print(f"{source.count()} articles. Ask a question; an empty line or Ctrl-D ends.")
        while question := _read():
            try:
                print(f"\n{answer_plain(assistant.ask(question, as_of=day), terminal_width())}\n")
            except BylineError as error:
                print(f"byline: {error}", file=sys.stderr)


def _read() -> str:
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return ""
