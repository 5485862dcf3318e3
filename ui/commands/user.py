"""`byline user`: who may log in to the page."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UserError

if TYPE_CHECKING:
    from ui.users import Users

app = typer.Typer(help="Add, list and remove those who may log in to the page.")
FileOption = Annotated[
    Path | None, typer.Option("--file", help="The file of users (or server.users).")
]
Name = Annotated[str, typer.Argument(help="The name to log in with.")]


@app.command()
def add(
    name: Name,
    file: FileOption = None,
    admin: Annotated[bool, typer.Option("--admin", help="May manage the library.")] = False,
) -> None:
    """Add a user, or give one another password; it is asked for, or read from a pipe."""
    if sys.stdin.isatty():
        import getpass

        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise UserError("the two passwords differ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    user = _users(file).put(name, password, admin)
    print(f"{user.name} can log in{' and manages the library' if admin else ''}")


@app.command("list")
def list_users(file: FileOption = None) -> None:
    """List those who may log in."""
    for user in _users(file):
        print(f"{user.name}  {'admin' if user.admin else 'reader'}")


@app.command()
def remove(name: Name, file: FileOption = None) -> None:
    """Take a user out; their conversations stay."""
    if not _users(file).remove(name):
        raise UserError(f"no user {name!r}: `byline user list` shows them")
    print(f"{name} can no longer log in")


def _users(file: Path | None) -> "Users":
    from rag.settings import load_settings
    from ui.users import Users

    named = file or Path(load_settings().server.users)
    if str(named) in ("", "."):
        raise UserError("which file? Name it with --file, or as server.users in byline.toml")
    return Users(named.expanduser())
