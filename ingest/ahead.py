"""An iterator that is worked off in a thread of its own, some items ahead."""

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

Item = TypeVar("Item")
PATIENCE = 0.1
"""Seconds after which a full queue looks whether anybody still waits for it."""


def ahead(items: Iterator[Item], most: int) -> Generator[Item, None, None]:
    """The items in order, at most `most` of them waiting. Raises what `items` raises.

    Closing it ends the thread after the item that is being made. Give `items` a `finally` for what
    its thread must let go of.
    """
    made: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(most)
    over = threading.Event()

    def hand_over(item: Item | None, error: BaseException | None = None) -> None:
        while not over.is_set():
            try:
                made.put((item, error), timeout=PATIENCE)
            except queue.Full:
                continue
            return

    def work() -> None:
        try:
            for item in items:
                hand_over(item)
                if over.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            hand_over(None, error)
        else:
            hand_over(None)
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()

    thread = threading.Thread(target=work, name="byline-ahead", daemon=True)
    thread.start()
    try:
        while True:
            item, error = made.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        over.set()
        thread.join()
