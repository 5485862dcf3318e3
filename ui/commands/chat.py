"""`byline chat`: questions and answers in the terminal."""

import sys

from ingest.errors import BylineError
from ui.commands.options import (
    AsOfOption,
    LanguageOption,
    LibraryOption,
    ModeOption,
    SinceOption,
    SourceOption,
    UntilOption,
    assistant_for,
    day_of,
    opened,
    scope_of,
    settings_for,
    terminal_width,
)


def chat(
    library: LibraryOption = None,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    language: LanguageOption = None,
    mode: ModeOption = None,
) -> None:
    """Ask one question after another; an empty line or Ctrl-D ends."""
    from ui.render import answer_plain

    settings, day = settings_for(library, mode), day_of(as_of)
    scope = scope_of(source, since, until, language)
    history: list[tuple[str, str]] = []
    with opened(settings) as opened_library:
        assistant = assistant_for(settings, opened_library)
        print(f"{opened_library.count()} articles. Ask a question; an empty line or Ctrl-D ends.")
        while question := _read():
            try:
                answer = assistant.ask(question, as_of=day, history=history, scope=scope)
                print(f"\n{answer_plain(answer, terminal_width())}\n")
                history.append((question, answer.said))
            except BylineError as error:
                print(f"byline: {error}", file=sys.stderr)


def _read() -> str:
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return ""
