"""A moment at which a request is given up, however little by little its answer comes.

A time-out of the network counts from one part of an answer to the next: a server that sends a byte
of its headers every few seconds would be listened to for ever.
"""

import ssl
import time
from collections.abc import Callable
from typing import Any

import httpcore


class Deadline:
    """When the request that is under way must be over; one fetcher makes one at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at = float("inf")

    def begin(self, seconds: float) -> None:
        """A request begins that may take so long."""
        self._at = self._clock() + seconds

    def within(self, timeout: float | None) -> float:
        """`timeout`, or less where less time is left. Raises httpcore.ReadTimeout when none is."""
        left = self._at - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("took too long to arrive")
        return left if timeout is None else min(timeout, left)


class TimelyStream(httpcore.NetworkStream):
    """A connection whose waiting ends at a deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore."""
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore."""
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """See httpcore."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        within = self._deadline.within(timeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, within)
        return TimelyStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """See httpcore."""
        return self._stream.get_extra_info(info)
