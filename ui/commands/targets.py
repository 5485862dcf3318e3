"""What a person names to be read: files, folders and addresses."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import UserError

if TYPE_CHECKING:
    from ingest.library import Library
    from ingest.sources import Source
    from ingest.web.discover import Discovery
    from rag.settings import Settings

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def split_targets(targets: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Paths and addresses. Raises UserError for an address that is neither http nor https."""
    paths, urls = list[Path](), list[str]()
    for target in targets:
        scheme = _ADDRESS.match(target)
        if scheme and scheme[1].lower() not in ("http", "https"):
            raise UserError(f"{target}: only http and https addresses are read")
        if scheme:
            urls.append(target)
        else:
            paths.append(Path(target))
    return paths, urls


@contextmanager
def web(
    settings: "Settings", library: "Library", wanted: bool, *, again: float = 0.0
) -> Iterator["Discovery | None"]:
    """What reads addresses; None where it is not wanted."""
    if not wanted:
        yield None
        return
    from rag.build import build_discovery

    discovery = build_discovery(settings, library, again=again)
    try:
        yield discovery
    finally:
        discovery.close()


def found(
    discovery: "Discovery | None", paths: Sequence[Path], urls: Sequence[str]
) -> list["Path | Source"]:
    """Everything that is to be read now."""
    sources = [source for url in urls for source in discovery.sources(url)] if discovery else []
    return [*paths, *sources]
