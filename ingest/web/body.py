"""The body of a response, never more of it than allowed, packed or not."""

import time
import zlib
from collections.abc import Callable, Iterable, Iterator

from ingest.errors import PermanentError, TransientError

CHUNK = 1 << 16


def bounded_body(
    chunks: Iterable[bytes],
    encoding: str,
    most: int,
    deadline: float,
    name: str,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """The unpacked bytes of a response.

    Raises PermanentError for more than `most` bytes or a packing that cannot be undone, and
    TransientError past `deadline` (on `clock`): some servers send a byte a minute.
    """
    parts, size = [], 0
    for part in _unpacked(_timely(chunks, deadline, name, clock), encoding, name):
        size += len(part)
        if size > most:
            raise PermanentError(f"{name}: larger than {most >> 20} MB")
        parts.append(part)
    return b"".join(parts)


def _timely(
    chunks: Iterable[bytes], deadline: float, name: str, clock: Callable[[], float]
) -> Iterator[bytes]:
    for chunk in chunks:
        if clock() > deadline:
            raise TransientError(f"{name}: took too long to arrive")
        yield chunk


def _unpacked(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise PermanentError(f"{name}: packed as {encoding[:20]!r}, which was not asked for")
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # either header
    try:
        for chunk in chunks:
            left = chunk
            while left:
                yield inflater.decompress(left, CHUNK)
                left = inflater.unconsumed_tail
    except zlib.error as error:
        raise PermanentError(f"{name}: damaged on its way ({error})") from None
