"""What every test gets: no network beyond this machine, and the shipped embedding model."""

import ipaddress
import os
import socket
from typing import Any

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.models import DEFAULT_EMBEDDING_MODEL

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
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise NetworkUsed(f"connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def embedder() -> OpenVINOEmbedder:
    """The shipped embedding model, exported once."""
    return OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
