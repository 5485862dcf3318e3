"""HTTP as a good guest: an honest name, time-outs, a polite rate, robots.txt, bounded bodies."""

import math
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from ingest.errors import PermanentError, TransientError, Unchanged
from ingest.web.address import CheckedBackend, Resolve, resolve
from ingest.web.body import bounded_body
from ingest.web.deadline import Deadline
from ingest.web.robots import Robots

ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5"
MOST_REDIRECTS = 6
LONGEST_WAIT = 30.0
"""Seconds that a server may ask to wait (Retry-After, Crawl-delay) for it to be done."""
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", re.IGNORECASE)
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))


def user_agent() -> str:
    """What Byline calls itself, everywhere."""
    try:
        own = version("byline")
    except PackageNotFoundError:
        own = "0"
    return f"Byline/{own} (reads articles for one library; obeys robots.txt)"


@dataclass(frozen=True, slots=True)
class Page:
    """A response of 200."""

    url: str
    """Where it was found at last."""
    data: bytes
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(slots=True)
class Manners:
    """How a guest behaves."""

    allow_private: bool = False
    robots: bool = True
    agent: str = field(default_factory=user_agent)
    timeout: float = 20.0
    """Seconds for a connection, and between two parts of a response."""
    total: float = 25.0
    """Seconds for a whole response."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    most: int = 32 << 20
    """Bytes of a response, unpacked."""
    tries: int = 3
    """Of a request that may succeed later."""


class Fetcher:
    """Fetches pages. Close it after use."""

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        resolver: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._manners = manners or Manners()
        self._clock, self._sleep = clock, sleep
        self._deadline = Deadline(clock)
        self._next: dict[str, float] = {}
        self._robots = Robots(self._manners.agent, self._raw)
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=CheckedBackend(
                allow_private=self._manners.allow_private,
                resolver=resolver,
                deadline=self._deadline,
            ),
            max_connections=8,
            keepalive_expiry=10.0,
        )

    def close(self) -> None:
        """End all connections."""
        self._pool.close()

    def get(self, url: str, validators: Mapping[str, str] | None = None) -> Page:
        """The page at `url`, through its redirects.

        `validators` are those of an earlier response (`etag`, `last-modified`): Unchanged is
        raised when they still hold. Raises PermanentError for what will not work, TransientError
        for what may work later and did not in several tries.
        """
        for attempt in range(self._manners.tries):
            try:
                return self._followed(url, validators or {})
            except TransientError as error:
                wait = error.wait or 2.0**attempt
                if attempt + 1 == self._manners.tries or wait > LONGEST_WAIT:
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable")

    def _followed(self, url: str, validators: Mapping[str, str]) -> Page:
        seen: list[str] = []
        while True:
            url = checked_url(url)
            if url in seen or len(seen) > MOST_REDIRECTS:
                raise PermanentError(f"{seen[0]}: redirects in a circle or too often")
            seen.append(url)
            if self._manners.robots and not self._robots.allows(url):
                raise PermanentError(f"{url}: its robots.txt asks not to read it")
            status, headers, data = self._raw(url, validators)
            if status in _REDIRECTS and "location" in headers:
                url = _joined(url, headers["location"])
                continue
            _refuse(url, status, headers)
            return Page(url, data, headers)

    def _raw(
        self, url: str, validators: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one request; the body only of a 200."""
        self._wait_for_turn(url)
        asked: dict[bytes | str, bytes | str] = {
            "User-Agent": self._manners.agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        for name, header in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
            if value := (validators or {}).get(name):
                asked[header] = value
        timeout = self._manners.timeout
        limits = {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}
        self._deadline.begin(self._manners.total)
        try:
            with self._pool.stream(
                "GET", url, headers=asked, extensions={"timeout": limits}
            ) as response:
                headers = _headers(response.headers)
                if response.status != 200:
                    return response.status, headers, b""
                if int(headers.get("content-length", "0") or 0) > self._manners.most:
                    raise PermanentError(f"{url}: larger than {self._manners.most >> 20} MB")
                encoding = headers.get("content-encoding", "")
                data = bounded_body(response.iter_stream(), encoding, self._manners.most, url)
                return 200, headers, data
        except httpcore.TimeoutException:
            raise _too_slow(f"{url}: timed out, or took too long to arrive") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            told = " ".join(str(error).split())[:100] or type(error).__name__
            raise TransientError(f"{url}: no answer ({told})") from None
        except (ValueError, UnicodeError) as error:
            raise PermanentError(f"{url}: cannot be asked for ({error})") from None

    def _wait_for_turn(self, url: str) -> None:
        host = urlsplit(url).netloc
        now = self._clock()
        turn = max(now, self._next.get(host, now))
        pause = max(self._manners.delay, min(self._robots.delay(url), LONGEST_WAIT))
        self._next[host] = turn + pause
        if turn > now:
            self._sleep(turn - now)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise PermanentError(f"{url}: redirects to no address") from None


def checked_url(url: str) -> str:
    """`url` in ASCII, without its fragment. Raises PermanentError for what is not http or https."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = parts.port
    except (ValueError, UnicodeError):
        raise PermanentError(f"{url[:100]}: not an address") from None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        raise PermanentError(f"{url[:100]}: only http and https addresses are read")
    if parts.username or parts.password:
        raise PermanentError(f"{host}: an address with a password is not read")
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _headers(raw: Any) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _refuse(url: str, status: int, headers: Mapping[str, str]) -> None:
    """Raises the error that a status other than 200 stands for."""
    if status == 200:
        return
    if status == 304:
        raise Unchanged(url)
    if status in _LATER:
        later = f"{url}: the server answers {status}: try again later"
        raise TransientError(later, wait=_retry_after(headers))
    told = {401: "wants a login", 402: "wants to be paid", 403: "refuses to show it",
            404: "has no such page", 410: "has removed it", 451: "may not show it"}  # fmt: skip
    raise PermanentError(f"{url}: the server {told.get(status, 'answers')} ({status})")


def _too_slow(told: str) -> TransientError:
    """A server that was waited for in vain is not asked again before the next run."""
    return TransientError(told, wait=math.inf)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    value = headers.get("retry-after", "")
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time()) if value else None
    except ValueError:
        return None
