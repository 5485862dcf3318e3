"""What every test gets: no network beyond this machine, and the shipped embedding model."""

import ipaddress
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.library import Library
from ingest.models import DEFAULT_EMBEDDING_MODEL
from rag.reader import OpenVINOReader
from tests.fakes import the_reader

# Processes that tests start must not reach out either, nor read the developer's settings.
os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("BYLINE_") and name != "BYLINE_CACHE"]:
    del os.environ[name]


class NetworkUsed(AssertionError):
    """A test tried to reach another machine."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):  # a socket file
        return True
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections beyond the loopback addresses fail the test."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def check(address: Any) -> None:
        if not _is_local(address):
            raise NetworkUsed(f"connect to {address}")

    def guarded(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(scope="session")
def embedder() -> OpenVINOEmbedder:
    """The shipped embedding model, exported once."""
    return OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))


@pytest.fixture(scope="session")
def reader() -> OpenVINOReader:
    """The shipped reader."""
    return the_reader()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library; embed with `tests.fakes.WordEmbedder`."""
    library = Library.open(tmp_path / "library", "words", create=True)
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five articles in three files: `ice.txt`, `tram.md` and `wire.jsonl`."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ice.txt").write_text("Ice closes harbour\n\nThe harbour froze on Friday.")
    (folder / "tram.md").write_text("# Trams\n\nThe tram to the harbour was late again.")
    lines = [{"id": i, "title": f"T{i}", "text": f"Story number {i} is short."} for i in range(3)]
    (folder / "wire.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    return folder
