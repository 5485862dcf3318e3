"""Which titles and claims train, which choose thresholds, which are only ever reported on.

The split is by title and comes before anything else: SQuAD dev 1.1 and 2.0 share titles, so one
split covers both. A title's part follows from its name alone, so no later step can move it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

Part = Literal["train", "choose", "report"]

SALT = "byline reader 1: "


def draw(name: str) -> float:
    """A number in [0, 1) that depends on the name only."""
    digest = hashlib.sha256((SALT + name).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def split_titles(
    titles: Iterable[str], report: float = 0.3, choose: float = 0.1
) -> dict[str, Part]:
    """Title to part; exact shares of the titles, in the order of their draws."""
    ordered = sorted(set(titles), key=draw)
    to_report = round(report * len(ordered))
    to_choose = to_report + round(choose * len(ordered))
    parts: dict[str, Part] = {}
    for place, title in enumerate(ordered):
        parts[title] = "report" if place < to_report else "choose" if place < to_choose else "train"
    return parts
