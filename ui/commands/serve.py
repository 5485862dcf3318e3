"""`byline serve`: the page and the HTTP API."""

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import LibraryOption, ModeOption, opened, settings_for

if TYPE_CHECKING:
    from rag.settings import Settings
    from ui.gate import Gate

CONVERSATIONS = "conversations.sqlite"
"""The file, in the library's folder, that keeps questions and answers."""
SESSION_KEY = "session.key"
"""The file, in the library's folder, with the key that signs the cookies of who has logged in."""


def serve(
    library: LibraryOption = None,
    mode: ModeOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0: any free one.")] = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", help="A gold set to evaluate with; may be given again."),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page.")] = False,
) -> None:
    """Serve the page and the HTTP API, by default on this machine only."""
    from rag.build import build_assistant, build_discovery, build_ingest
    from ui.commands.eval_desk import evaluation_of
    from ui.conversations import Conversations
    from ui.keeper import Keeper
    from ui.server import create_app, run

    settings = settings_for(library, mode)
    # An empty library can be served, too: articles are added on the page.
    with opened(settings, create=True) as source:
        assistant = build_assistant(settings, source)
        assistant.search("What is the first question?")  # so that the first one does not wait
        with (
            closing(Conversations(_conversations_file(settings))) as conversations,
            closing(
                Keeper(
                    source,
                    lambda: build_ingest(settings, source),
                    lambda: build_discovery(settings, source),
                )
            ) as keeper,
        ):
            app = create_app(
                assistant,
                source,
                examples=settings.server.examples,
                conversations=conversations,
                gate=gate_for(settings),
                keeper=keeper,
                evaluation=evaluation_of(settings, source, assistant, gold or ()),
            )
            run(
                app,
                host=host or settings.server.host,
                port=settings.server.port if port is None else port,
                open_browser=open_browser,
            )


def _conversations_file(settings: "Settings") -> Path | None:
    """Beside the library; None, which is in memory, where its folder cannot be written to."""
    folder = settings.library.expanduser()
    if os.access(folder, os.W_OK):
        return folder / CONVERSATIONS
    print(
        f"byline: {folder} cannot be written to: conversations are kept until the server ends",
        file=sys.stderr,
    )
    return None


def gate_for(settings: "Settings") -> "Gate":
    """Who may come in, as the settings say."""
    from ui.gate import HeaderGate, OpenGate, PasswordGate, session_key
    from ui.users import Users

    server = settings.server
    if server.users:
        key = session_key(settings.library / SESSION_KEY)
        return PasswordGate(Users(Path(server.users).expanduser()), key)
    if server.user_header:
        return HeaderGate(server.user_header, server.admins)
    return OpenGate()
