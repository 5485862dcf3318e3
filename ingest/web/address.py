"""Which machines may be talked to: a name is resolved once, checked, and that address is used."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from ingest.errors import PermanentError, TransientError
from ingest.web.deadline import Deadline, TimelyStream

Resolve = Callable[[str, int], list[str]]
"""From (host, port) to its addresses. Raises OSError."""


def resolve(host: str, port: int) -> list[str]:
    """What the system's resolver says of a host; also of one written as a number."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet, and so does the IPv4 address that an
    IPv6 one may stand for (mapped, 6to4, Teredo, NAT64)."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    within: list[Any] = []
    if isinstance(ip, ipaddress.IPv6Address):
        within = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            within.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
    inside = all(part.is_global for part in within if part is not None)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and inside


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very addresses that were checked, so that a name cannot change in between."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolver: Resolve = resolve,
        deadline: Deadline | None = None,
    ) -> None:
        """No connection waits longer than `deadline` says."""
        self._deadline = deadline or Deadline()
        self._allow_private = allow_private
        self._resolve = resolver
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to `host`. Raises PermanentError for one that is not public."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError):
            raise TransientError(f"{host}: no such host, or no name server answers") from None
        private = [address for address in addresses if not is_public(address)]
        if private and not self._allow_private:
            raise PermanentError(
                f"{host}: {private[0]} is a private address (web.allow_private = true allows it)"
            )
        last: Exception = httpcore.ConnectError(f"{host}: no address")
        for address in addresses:
            try:
                within = self._deadline.within(timeout)
                stream = self._plain.connect_tcp(
                    address, port, within, local_address, socket_options
                )
                return TimelyStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._plain.sleep(seconds)
