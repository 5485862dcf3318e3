"""An index in a folder that cannot be written to, made usable: both indexes lock what they read.

The files stay where they are and are linked into a temporary folder, where the locks can be
written; only Chroma's small database, which it opens for writing, is copied.
"""

import os
import shutil
import tempfile
from pathlib import Path

COPIED = ("chroma.sqlite3", "chroma.sqlite3-wal")


def is_writable(folder: Path) -> bool:
    """Whether an index that stands in `folder`, or will be made there, can write to it."""
    if not folder.exists():
        return os.access(folder.parent, os.W_OK)
    database = folder / COPIED[0]
    return os.access(folder, os.W_OK) and (not database.exists() or os.access(database, os.W_OK))


def shadow(folder: Path) -> "tempfile.TemporaryDirectory[str]":
    """A temporary folder that stands in for `folder`, for reading; clean it up after use.

    Raises OSError where the temporary disk is full.
    """
    made = tempfile.TemporaryDirectory(prefix="byline-index-")
    try:
        for path in sorted(folder.rglob("*")):
            place = Path(made.name) / path.relative_to(folder)
            if path.is_dir():
                place.mkdir()
            elif path.name in COPIED:
                shutil.copyfile(path, place)  # not its mode, which forbids writing
            elif not path.name.endswith(".lock"):
                place.symlink_to(path.resolve())
    except BaseException:
        made.cleanup()
        raise
    return made
