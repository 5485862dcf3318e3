"""`byline serve`: the chat page and the HTTP API."""

from typing import Annotated

import typer

from ui.commands.options import LibraryOption, ModeOption, assistant_for, opened, settings_for


def serve(
    library: LibraryOption = None,
    mode: ModeOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0: any free one.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page.")] = False,
) -> None:
    """Serve the chat page and the HTTP API, by default on this machine only."""
    from ui.server import create_app, run

    settings = settings_for(library, mode)
    with opened(settings) as source:
        assistant = assistant_for(settings, source)
        assistant.search("What is the first question?")  # so that the first one does not wait
        app = create_app(assistant, source, examples=settings.server.examples)
        run(
            app,
            host=host or settings.server.host,
            port=settings.server.port if port is None else port,
            open_browser=open_browser,
        )
