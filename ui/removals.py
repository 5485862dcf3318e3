"""Articles that are about to leave the library, and can still be kept."""

import logging
import threading
from collections.abc import Callable

from ingest.errors import BylineError

logger = logging.getLogger(__name__)

UNDO_SECONDS = 10.0


class Removals:
    """Removes after a while, so that a removal can be undone with nothing lost.

    A server that is killed meanwhile has removed nothing.
    """

    def __init__(self, remove: Callable[[str], None], seconds: float = UNDO_SECONDS) -> None:
        self._remove = remove
        self._seconds = seconds
        self._lock = threading.Lock()
        self._timers: dict[str, threading.Timer] = {}

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._timers

    def begin(self, article_id: str) -> None:
        """Remove `article_id` after the time to undo it."""
        with self._lock:
            if article_id in self._timers:
                return
            timer = threading.Timer(self._seconds, self._end, [article_id])
            timer.daemon = True
            self._timers[article_id] = timer
            timer.start()

    def undo(self, article_id: str) -> bool:
        """Keep it after all; whether there was still time."""
        with self._lock:
            timer = self._timers.pop(article_id, None)
        if timer is None:
            return False
        timer.cancel()
        return True

    def finish(self) -> None:
        """Remove at once what is waiting to be removed."""
        for article_id in list(self._timers):
            self._timers[article_id].cancel()
            self._end(article_id)

    def _end(self, article_id: str) -> None:
        with self._lock:
            if self._timers.pop(article_id, None) is None:
                return
        try:
            self._remove(article_id)
        except BylineError as error:
            logger.warning("%s was not removed: %s", article_id, error)
