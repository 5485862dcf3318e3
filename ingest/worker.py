"""The process that documents are parsed in: `python -m ingest.worker`, started by `isolated`.

Frames go both ways, pickled, each behind four bytes of its length. In: a document with how it is
to be read. Out: lists of what was found, each behind ("at", share of the file that has been read);
then None, or an error's class and message.
"""

import contextlib
import logging
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from ingest.errors import BylineError, UserError
from ingest.formats.protocol import Limits
from ingest.parse import articles
from ingest.place import Place

BATCH = 32
"""Articles a frame, where they are short."""
BATCH_CHARACTERS = 100_000
GRACE = 5.0
"""Seconds after which a worker ends itself that its starter should have ended before."""


def send(stream: BinaryIO, frame: Any) -> None:
    """Write a frame."""
    data = pickle.dumps(frame, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(4, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next frame. Raises EOFError when there is none."""
    size = stream.read(4)
    if len(size) < 4:
        raise EOFError
    return pickle.loads(stream.read(int.from_bytes(size, "big")))


def _batches(found: Iterator[Any], seconds: float) -> Iterator[list[Any]]:
    """What is found, in batches; a parser that hangs is ended by the alarm, GIL or no."""
    batch: list[Any] = []
    size = 0
    while True:
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        item = next(found, None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if item is not None:
            batch.append(item)
            size += len(getattr(item, "text", ""))
        if item is None or len(batch) >= BATCH or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        if item is None:
            return


def _serve(incoming: BinaryIO, outgoing: BinaryIO, memory: int) -> None:
    base = _bound(memory)
    send(outgoing, [])  # ready
    while True:
        document, fields, limits, seconds = receive(incoming)
        place = Place(document)
        try:
            found = articles(place.document, fields, partial(Limits, **limits))
            for batch in _batches(found, seconds):
                send(outgoing, ("at", place.share()))
                send(outgoing, batch)
            send(outgoing, None)
        except BylineError as error:
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(outgoing, ("user" if isinstance(error, UserError) else "permanent", str(error)))
        if _resident() > base + memory // 2:  # what leaks shall not starve the next document
            return


def _bound(memory: int) -> int:
    """Allow `memory` bytes beyond what the process has now; its resident bytes now."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(_statm()[0])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    return _resident()


def _statm() -> list[str]:
    with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123
        return stream.read().split()


def _resident() -> int:
    with contextlib.suppress(OSError):
        return int(_statm()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def main() -> None:
    """Serve documents from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the starter decides when to end
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    import trafilatura  # noqa: F401  # before memory is bounded, once for all documents

    logging.disable(logging.CRITICAL)
    outgoing = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # what a parser prints is not for anybody
        os.dup2(null, stream)
    with contextlib.suppress(EOFError, BrokenPipeError):
        _serve(sys.stdin.buffer, outgoing, int(sys.argv[1]))


if __name__ == "__main__":
    main()
