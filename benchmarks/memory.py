"""How much memory this process and those it started have, looked at while something runs."""

import contextlib
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.25
"""Seconds between two looks."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Memory:
    """Looks at the memory of this process and its children until it is told to end."""

    own_mb: int = 0
    children_mb: int = 0
    peak_mb: int = 0
    """The most that all had together at one look."""
    _over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """To be run in a thread."""
        while not self._over.wait(EVERY):
            self.look()

    def look(self) -> None:
        """Once."""
        self.own_mb = _resident(os.getpid())
        self.children_mb = sum(_resident(child) for child in children())
        self.peak_mb = max(self.peak_mb, self.own_mb + self.children_mb)

    def end(self) -> None:
        """No more."""
        self._over.set()


def _resident(process: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE >> 20
    return 0


def children() -> list[int]:
    """The processes that this one has started and that still are."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found
