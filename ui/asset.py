"""The styles and scripts that ship inside `ui/assets/`."""

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def asset(name: str) -> str:
    """The text of one file of `ui/assets/`."""
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")


def asset_path(name: str) -> Path:
    """The path of one file of `ui/assets/`, for those who must serve it from disk."""
    return Path(str(files("ui").joinpath("assets", name)))
