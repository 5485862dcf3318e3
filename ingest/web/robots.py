"""robots.txt (RFC 9309), by Protego."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.errors import PermanentError, TransientError

LARGEST = 500 << 10
"""Bytes that are read of it, as RFC 9309 asks."""
MOST_HOSTS = 1000
Ask = Callable[[str], tuple[int, Mapping[str, str], bytes]]


class Robots:
    """What each host asks of robots; asked once a run."""

    def __init__(self, agent: str, ask: Ask) -> None:
        self._agent = agent.partition("/")[0]
        self._ask = ask
        self._hosts: dict[str, Any] = {}

    def allows(self, url: str) -> bool:
        """Whether `url` may be read. Raises TransientError when its host cannot say."""
        host = _host(url)
        if host not in self._hosts:
            if len(self._hosts) >= MOST_HOSTS:
                self._hosts.clear()
            self._hosts[host] = None  # so that asking for robots.txt asks for nothing else
            try:
                self._hosts[host] = self._rules(url)
            except BaseException:
                del self._hosts[host]
                raise
        rules = self._hosts[host]
        return rules is None or bool(rules.can_fetch(url, self._agent))

    def delay(self, url: str) -> float:
        """Seconds that its host asks to wait between requests; 0 where it does not."""
        rules = self._hosts.get(_host(url))
        return float(rules.crawl_delay(self._agent) or 0) if rules is not None else 0.0

    def _rules(self, url: str) -> Any:
        from protego import Protego

        place = urljoin(url, "/robots.txt")
        for _ in range(5):
            try:
                status, headers, data = self._ask(place)
            except PermanentError as error:
                if "larger than" in str(error):
                    raise TransientError(f"{place}: too large") from None
                raise
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                try:
                    place = urljoin(place, headers["location"])
                except ValueError:
                    return None
                if urlsplit(place).scheme not in ("http", "https"):
                    return None
                continue
            if status >= 500 or status == 429:
                raise TransientError(f"{place}: the server answers {status}: try again later")
            return Protego.parse(data[:LARGEST].decode("utf-8", "replace")) if data else None
        return None


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
