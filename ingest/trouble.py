"""What is said when a library cannot be opened, read or written: the cause, and what to do."""

import os
import sqlite3
from pathlib import Path


def not_opened(catalogue: Path, error: sqlite3.Error) -> str:
    """The catalogue cannot be opened."""
    if isinstance(error, sqlite3.OperationalError):
        return (
            f"{catalogue} cannot be opened ({error}): look at the permissions and the "
            "room on its disk, or name another --library"
        )
    return (
        f"{catalogue} cannot be opened ({error}): it is damaged. Name another --library "
        "and bring a backup in with `byline library import`, or ingest again; nothing was changed"
    )


def not_read(what: str, where: str, error: Exception) -> str:
    """`what`, an index, cannot be read at `where`."""
    if Path(where).exists() and not os.access(where, os.W_OK):
        return (
            f"the {what} at {where} cannot be opened ({first_line(error)}): the folder cannot be "
            "written to, so that their small files are copied to the temporary folder. Make room "
            "there, or move the library with `byline library export` and `import`"
        )
    return (
        f"the {what} at {where} cannot be read ({first_line(error)}): `byline library verify "
        "--repair` makes them again from the catalogue; no article is lost"
    )


def not_written(folder: Path, error: Exception) -> str:
    """A write to the library in `folder` was not taken."""
    return (
        f"{folder} did not take what was to be written ({first_line(error)}). What was committed "
        "before is safe: make room or give permission, then run the same command again"
    )


def first_line(error: Exception) -> str:
    """What an error says, on one line; its name where it says nothing."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
