"""How far into its file a document has been read: for the time left of a million records."""

import io
from dataclasses import replace

from ingest.document import Document


class Place:
    """Follows the reading of one document that stands in a file."""

    def __init__(self, document: Document) -> None:
        self._path = document.path
        self._size = 0
        self._stream: io.BufferedReader | None = None
        self._furthest = 0.0
        self.document = replace(document, opener=self._opened) if document.path else document
        """To be read in the place of the one that was given."""

    def share(self) -> float:
        """How much of the file has been read, in [0, 1]; 0 where that is not known."""
        if self._stream is not None and not self._stream.closed and self._size:
            at = min(1.0, self._stream.raw.tell() / self._size)
            self._furthest = max(self._furthest, at)
        return self._furthest

    def _opened(self) -> io.BufferedReader:
        assert self._path is not None
        self._size = self._path.stat().st_size
        self._stream = self._path.open("rb")
        return self._stream
