"""The `byline` command: one function a subcommand, each in `ui/commands/`, heavy imports inside."""

import os
import sys
from collections.abc import Callable

import typer

from ingest.errors import BylineError
from ui.commands import ask, chat, doctor, evaluate, ingest, library, search, serve, user, watch

app = typer.Typer(
    name="byline",
    help="Ask questions of a library of articles; every sentence of the answer is cited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS: tuple[Callable[..., None], ...] = (
    ingest.ingest, watch.watch, ask.ask, chat.chat, search.search, serve.serve, doctor.doctor,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.add_typer(library.app, name="library")
app.add_typer(evaluate.app, name="eval")
app.add_typer(user.app, name="user")


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"byline {version('byline')}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """Ask questions of a library of articles; every sentence of the answer is cited."""


def main() -> None:
    """Entry point: a user's mistake is one line on standard error and exit code 1."""
    try:
        app()
    except BylineError as error:
        print(f"byline: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("byline: interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (such as `head`) has gone; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    main()
