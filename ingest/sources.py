"""Where articles come from: files and folders, as sources of documents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.document import Document
from ingest.errors import PermanentError, UserError
from ingest.formats.article import plain
from ingest.formats.registry import HEAD, SUFFIXES, by_suffix, recognise

__all__ = ["Document", "FileSource", "Source", "find_files", "find_sources", "read_document"]

LARGEST = 64 << 20
"""Bytes of a file that is read whole; streamed formats may be of any size."""


class Source(Protocol):
    """One place that a document can be read from."""

    @property
    def origin(self) -> str:
        """The URI of the document, before it is read."""

    @property
    def name(self) -> str:
        """What a person calls it, for messages."""

    def read(self) -> Document:
        """The document. Raises PermanentError, TransientError, or Unchanged where the source
        itself says that nothing is new."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file."""

    path: Path
    largest: int = LARGEST

    @property
    def origin(self) -> str:
        """The file's URI: stable wherever Byline is started from."""
        return self.path.resolve().as_uri()

    @property
    def name(self) -> str:
        """The path as it was given, on one line."""
        return plain(str(self.path))

    def read(self) -> Document:
        """The bytes of the file. Raises PermanentError for one that cannot be used."""
        return read_document(self.path, self.largest)


def find_sources(targets: Iterable[Path | Source], largest: int = LARGEST) -> list[Source]:
    """Sources as they are, files and folders as the sources in them, each once.

    Raises UserError for a path that does not exist.
    """
    found: dict[str, Source] = {}
    for target in targets:
        if isinstance(target, Path):
            files = [FileSource(file, largest) for file in find_files([target])]
            found.update((file.origin, file) for file in files if file.origin not in found)
        else:
            found.setdefault(target.origin, target)
    return list(found.values())


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files to read: those named, and those of known formats in the folders named.

    Folders are walked in sorted order; hidden entries are passed over and links to folders are
    not followed. Every file comes once. A folder that cannot be opened comes in place of its
    files, so that reading it reports why. Raises UserError for a path that does not exist.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}: no such file or folder")
        for file in _walk(path) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif by_suffix(entry.name) and entry.is_file():
            yield entry


def read_document(path: Path, largest: int = LARGEST) -> Document:
    """The bytes of a file. Raises PermanentError for one that cannot be used, such as one of more
    than `largest` bytes in a format that is read whole."""
    name = plain(path.name) or "unnamed"
    if path.is_dir():
        raise PermanentError(f"{name}: a folder that cannot be opened")
    if path.exists() and not path.is_file():  # reading a pipe would wait for ever
        raise PermanentError(f"{name}: not an ordinary file")
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            media = recognise(name, head)
            if media is None:
                known = ", ".join(sorted(SUFFIXES))
                raise PermanentError(f"{name}: unknown format (known are {known})")
            if media.streamed:
                return Document(path.resolve().as_uri(), b"", media.name, name, path=path)
            data = head + stream.read(largest + 1 - len(head))
    except OSError as error:
        raise PermanentError(f"{name}: {error.strerror or error}") from None
    if len(data) > largest:
        raise PermanentError(f"{name}: larger than {largest >> 20} MB")
    if not data.strip():
        raise PermanentError(f"{name}: empty file")
    return Document(path.resolve().as_uri(), data, media.name, name)
