"""The body of a response, never more of it than allowed, packed or not."""

import zlib
from collections.abc import Iterable, Iterator

from ingest.errors import PermanentError

CHUNK = 1 << 16


def bounded_body(chunks: Iterable[bytes], encoding: str, most: int, name: str) -> bytes:
    """The unpacked bytes of a response.

    Raises PermanentError for more than `most` bytes or a packing that cannot be undone.
    """
    parts, size = [], 0
    for part in _unpacked(chunks, encoding, name):
        size += len(part)
        if size > most:
            raise PermanentError(f"{name}: larger than {most >> 20} MB")
        parts.append(part)
    return b"".join(parts)


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
