"""How often somebody may guess a password."""

import threading
import time
from collections.abc import Callable

FOR_A_NAME = 8
"""Wrong passwords for one name from one address before that address has to wait for it."""
FROM_AN_ADDRESS = 40
"""Wrong passwords from one address, whatever the names, before it has to wait."""
SECONDS = 300.0
"""So long a wrong password counts."""
KEPT = 10_000
"""So many names and addresses are remembered at the most; the oldest are forgotten."""


class TooManyTries(Exception):
    """Raised in place of a check. `seconds`: when to try again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"too many wrong passwords: try again in {self.seconds} seconds")


class Attempts:
    """Counts wrong passwords by name and address, so that nobody is locked out by a stranger."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failed: dict[tuple[str, ...], list[float]] = {}

    def check(self, name: str, address: str) -> None:
        """Raises TooManyTries where this address has guessed too often."""
        with self._lock:
            for key, most in (((address, name), FOR_A_NAME), ((address,), FROM_AN_ADDRESS)):
                times = self._recent(key)
                if len(times) >= most:
                    raise TooManyTries(times[-most] + SECONDS - self._now())

    def failed(self, name: str, address: str) -> None:
        """A password was wrong."""
        with self._lock:
            for key in ((address, name), (address,)):
                times = [*self._recent(key), self._now()]
                self._failed.pop(key, None)  # to the end: the newest
                self._failed[key] = times[-FROM_AN_ADDRESS:]
            while len(self._failed) > KEPT:
                del self._failed[next(iter(self._failed))]

    def passed(self, name: str, address: str) -> None:
        """A password was right: earlier slips count no more."""
        with self._lock:
            self._failed.pop((address, name), None)

    def _recent(self, key: tuple[str, ...]) -> list[float]:
        oldest = self._now() - SECONDS
        return [at for at in self._failed.get(key, ()) if at > oldest]
