"""The prompts, a text file each, read here and nowhere else."""

from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> str:
    """The prompt `name`, from `rag/prompts/NAME.txt`."""
    return files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").strip()
