"""Servers that mean no good: the web's part of the malformed inputs."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain, repeat

from ingest.sources import Source
from ingest.web.discover import Discovery
from ingest.web.fetch import Fetcher, Manners
from tests import files
from tests.site import Pages, Reply, raw_site, site, slowly

HTML = {"Content-Type": "text/html; charset=utf-8"}
RSS = {"Content-Type": "application/rss+xml"}


def pages(url: str, million: int) -> Pages:
    """A site at `url`; `million` bytes make the large ones."""
    bomb = gzip.compress(b"<p>It froze.</p>" * (6 * million))
    packed = {**HTML, "Content-Encoding": "gzip"}
    loop = f"<urlset><url><loc>{url}/gone</loc></url></urlset>"
    index = f"<sitemapindex><sitemap><loc>{url}/sitemap.xml</loc></sitemap></sitemapindex>"
    laughs = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
    )
    found: Pages = {
        "/a": Reply(status=302, headers={"Location": "/b"}),
        "/b": Reply(status=302, headers={"Location": "/a"}),
        "/self": Reply(status=301, headers={"Location": "/self"}),
        "/file": Reply(status=301, headers={"Location": "file:///etc/passwd"}),
        "/bad-place": Reply(status=301, headers={"Location": "http://[::1"}),
        "/bomb": Reply(bomb, headers=packed),
        "/twice": Reply(gzip.compress(bomb), headers={**HTML, "Content-Encoding": "gzip, gzip"}),
        "/broken-gzip": Reply(b"\x1f\x8bbroken", headers=packed),
        "/endless": Reply(stream=repeat(b"<p>It froze.</p>" * 4096), headers=HTML),
        "/drip": Reply(stream=slowly(repeat(b"x"), 1.0), headers=HTML),
        "/silent": Reply(stream=slowly(iter([b"x"]), 60.0), headers=HTML),
        "/empty": Reply(b"", headers=HTML),
        "/picture": Reply(b"GIF89a", headers={"Content-Type": "image/gif"}),
        "/long-line": Reply(b"a" * (30 * million), headers=HTML),
        "/own.rss": Reply(files.rss([(f"{url}/own.rss", "Me", "x")] * 500), headers=RSS),
        "/circle.rss": Reply(files.rss([(f"{url}/circle-2.rss", "On", "x")]), headers=RSS),
        "/circle-2.rss": Reply(files.rss([(f"{url}/circle.rss", "On", "x")]), headers=RSS),
        "/sitemap.xml": Reply(index.encode(), headers={"Content-Type": "text/xml"}),
        "/gone": Reply(loop.encode(), status=404),
        "/laughs.rss": Reply(
            f"<?xml version='1.0'?><!DOCTYPE rss [{laughs}]><rss><channel>&l11;</channel></rss>"
            .encode(),
            headers=RSS,
        ),
    }  # fmt: skip
    for step in range(12):
        found[f"/step-{step}"] = Reply(status=302, headers={"Location": f"/step-{step + 1}"})
    return found


Found = Callable[[], list[Source]]
"""Asks an address and gives what is to be read there."""


@contextmanager
def hostile(scale: int = 1) -> Iterator[list[tuple[str, Found]]]:
    """Addresses, each with what finds its sources. `scale` divides the sizes of the large ones, and
    (up to 50) the time that is waited for an answer."""

    def headers() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        yield from slowly(repeat(b"x"), 1.0)

    def many_headers() -> Iterator[bytes]:
        return chain([b"HTTP/1.1 200 OK\r\n"], repeat(b"X-More: more\r\n" * 1000))

    known = Manners()
    haste = min(scale, 50)
    manners = Manners(
        allow_private=True,
        delay=0.0,
        timeout=known.timeout / haste,
        total=known.total / haste,
        tries=known.tries if scale == 1 else 1,
    )
    with ExitStack() as stack:
        served = stack.enter_context(site({}))
        served.pages.update(pages(served.url, 1_000_000 // scale))
        asked = stack.enter_context(closing(Discovery(Fetcher(manners))))
        unasked = stack.enter_context(closing(Discovery(Fetcher(replace(manners, robots=False)))))
        raw = [
            stack.enter_context(raw_site(parts))
            for parts in (headers, many_headers, lambda: iter([b"\x16\x03\x01 not HTTP"]))
        ]
        passed = ("/b", "/circle-2.rss", "/gone")
        own = [served.url + path for path in served.pages if path not in passed]
        yield [
            *((address, partial(asked.sources, address)) for address in own),
            *((address, partial(unasked.sources, address)) for address in raw),
        ]
