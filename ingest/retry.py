"""Reading again what could not be used."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.catalogue import Catalogue
from ingest.sources import FileSource, Source


def failed_sources(
    catalogue: Catalogue, other: Callable[[str], Source | None] = lambda origin: None
) -> list[Source]:
    """The sources that failed when they were last read; files that are gone are forgotten.

    `other` makes a source of an origin that is no file, or gives None where it cannot.
    """
    found: list[Source] = []
    for origin in dict.fromkeys(failure.origin for failure in catalogue.failures()):
        parts = urlsplit(origin)
        if parts.scheme != "file":
            made = other(origin)
            if made is not None:
                found.append(made)
            continue
        path = Path(unquote(parts.path))
        if path.exists():
            found.append(FileSource(path))
        else:
            catalogue.forget_source(origin)
    return found
