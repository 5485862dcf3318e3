"""Documents inside documents: what every archive does with its members."""

import io
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, Any
from urllib.parse import quote

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import Problem, plain
from ingest.formats.protocol import Found, Reading

HEAD = 4096
BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError,
    tarfile.TarError, zipfile.BadZipFile,
)  # fmt: skip
"""What the standard library raises for archives that are damaged, encrypted or oddly packed."""


class Metered(io.RawIOBase):
    """A stream that counts what is read against the limits of the file that it comes from."""

    def __init__(self, stream: Any, reading: Reading, name: str) -> None:
        self._stream, self._reading, self._name = stream, reading, name

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`. Raises PermanentError for damaged data, and for too much of it."""
        try:
            data = self._stream.read(len(buffer))
        except BROKEN as error:
            raise PermanentError(f"{self._name}: damaged ({error})") from None
        self._reading.limits.take(len(data), self._name)
        buffer[: len(data)] = data
        return len(data)


def member_name(outer: str, path: str) -> str:
    """What a member is called in messages: on one line, whatever its archive calls it."""
    return f"{outer}/{plain(path)}"


def passed_over(path: str) -> bool:
    """Whether a member is none of the archive's documents: hidden, or a resource fork."""
    parts = path.split("/")
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def read_member(document: Document, reading: Reading, path: str, member: IO[bytes] | None) -> Found:
    """What a member holds; a problem when it cannot be read; nothing for an unknown format.

    `member` gives its unpacked bytes.
    """
    from ingest.formats.registry import recognise

    name = member_name(document.name, path)
    origin = f"{document.origin}#{quote(path)}"
    try:
        stream: io.BufferedReader = io.BufferedReader(Metered(member, reading, name))
        head = stream.peek(HEAD)[:HEAD]
        media = recognise(path, head)
        if media is None:
            return
        if media.streamed and not media.seeks:
            inner = Document(origin, b"", media.name, name, opener=lambda: stream)
        else:
            inner = Document(origin, whole(stream, reading, name), media.name, name)
        yield from reading.within(inner)
    except PermanentError as error:
        yield Problem(str(error))


def whole(stream: io.BufferedReader, reading: Reading, name: str) -> bytes:
    """All bytes of a member. Raises PermanentError for more than one document may have."""
    data = stream.read(reading.limits.member + 1)
    if len(data) > reading.limits.member:
        raise PermanentError(f"{name}: larger than {reading.limits.member >> 20} MB unpacked")
    if not data.strip():
        raise PermanentError(f"{name}: empty file")
    return data
