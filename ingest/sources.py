"""Where articles come from: files and folders, as documents of bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import PermanentError, UserError

MEDIA = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one source, not yet parsed."""

    origin: str
    """The URI of the file: stable wherever Byline is started from."""
    data: bytes
    media: str
    """text, markdown, html or jsonl."""
    name: str
    """The file's name, for messages and as the last resort for a title."""


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
        elif entry.suffix.lower() in MEDIA and entry.is_file():
            yield entry


def read_document(path: Path) -> Document:
    """The bytes of a file. Raises PermanentError for one that cannot be used."""
    if path.is_dir():
        raise PermanentError(f"{path.name}: a folder that cannot be opened")
    media = MEDIA.get(path.suffix.lower())
    if media is None:
        known = ", ".join(sorted(MEDIA))
        raise PermanentError(f"{path.name}: unknown format (known are {known})")
    if path.exists() and not path.is_file():  # reading a pipe would wait for ever
        raise PermanentError(f"{path.name}: not an ordinary file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PermanentError(f"{path.name}: {error.strerror or error}") from None
    if not data.strip():
        raise PermanentError(f"{path.name}: empty file")
    return Document(path.resolve().as_uri(), data, media, path.name)
