"""Tar archives, and files packed alone by gzip, bzip2 or xz."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable
from typing import IO, Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.packed import BROKEN, passed_over, read_member
from ingest.formats.protocol import Format, Found, Reading

_UNPACK: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}


def read_tar(document: Document, reading: Reading) -> Found:
    """What the members of a tar archive hold, in its order."""
    try:
        with tarfile.open(fileobj=reading.opened(document), mode="r|") as archive:
            for count, entry in enumerate(archive):
                if count >= reading.limits.members:
                    raise PermanentError(f"{document.name}: more than {count} members")
                if entry.isfile() and not passed_over(entry.name):
                    stream = archive.extractfile(entry)
                    yield from read_member(document, reading, entry.name, stream)
    except BROKEN as error:
        raise PermanentError(f"{document.name}: a damaged archive ({error})") from None


def read_packed(document: Document, reading: Reading) -> Found:
    """What the one file inside holds: a document, or a tar archive."""
    head = reading.opened(document).peek(6)[:6]
    kind = next((kind for sign, kind in _SIGNS.items() if head.startswith(sign)), "")
    if not kind:
        raise PermanentError(f"{document.name}: not packed as its name says")
    name = document.name.rsplit("/", 1)[-1]
    name = name[: -len(kind)] if name.lower().endswith(kind) else name
    name = name[:-4] + ".tar" if name.lower().endswith(".tgz") else name
    empty = True
    for found in read_member(document, reading, name, _UNPACK[kind](reading.opened(document))):
        empty = False
        yield found
    if empty:
        raise PermanentError(f"{document.name}: nothing of a known format in it")


_SIGNS = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\x00": ".xz"}
TAR = Format("tar", (".tar",), read_tar, lambda head: head[257:262] == b"ustar", streamed=True)
PACKED = Format(
    "packed",
    (".gz", ".tgz", ".bz2", ".xz"),
    read_packed,
    lambda head: head.startswith(tuple(_SIGNS)),
    streamed=True,
)
