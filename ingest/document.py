"""A document: the bytes of one source, not yet parsed."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHUNK = 1 << 20
"""Bytes hashed at a time."""


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one source, not yet parsed: in memory, or in a file that is read as a stream."""

    origin: str
    """The URI of the file or the address of the page: stable wherever Byline is started from."""
    data: bytes
    media: str
    """The name of its format, as in `ingest.formats.FORMATS`."""
    name: str
    """The file's name, for messages and as the last resort for a title."""
    path: Path | None = None
    """The file, for formats that are read as a stream; `data` is then empty."""
    opener: Callable[[], io.BufferedReader] | None = None
    """For a document inside another that is read as a stream."""
    url: str = ""
    """The address it came from at last, where it was fetched."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the HTTP response, names in lower case."""
    hints: Mapping[str, Any] = field(default_factory=dict)
    """What another place says of the article (a feed of its entry), named as in front matter, for
    what the document does not say itself; `from` names that place."""

    def opened(self) -> io.BufferedReader:
        """Its bytes as a stream. Raises OSError."""
        if self.opener:
            return self.opener()
        if self.path:
            return self.path.open("rb")
        return io.BufferedReader(io.BytesIO(self.data))

    def digest(self, salt: str) -> str:
        """The SHA-256 of `salt` and its bytes, in hex. Raises OSError."""
        digest = hashlib.sha256(salt.encode())
        with self.opened() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()
