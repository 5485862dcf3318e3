import gzip
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import repeat

import pytest

from ingest.errors import PermanentError, TransientError, Unchanged
from ingest.web.fetch import Fetcher, Manners, user_agent
from tests.site import Pages, Reply, Site, raw_site, site, slowly

HTML = {"Content-Type": "text/html"}
MANNERS = Manners(allow_private=True, delay=0.0, timeout=2.0, total=3.0, most=100_000, tries=1)


@pytest.fixture
def pages() -> Pages:
    return {"/ice": Reply(b"It froze.", headers=HTML)}


@pytest.fixture
def served(pages: Pages) -> Iterator[Site]:
    with site(pages) as running:
        yield running


Fetch = Callable[..., Fetcher]


@pytest.fixture
def fetcher() -> Iterator[Fetch]:
    made: list[Fetcher] = []

    def make(sleep: Callable[[float], None] = time.sleep, **changes: object) -> Fetcher:
        made.append(Fetcher(replace(MANNERS, **changes), sleep=sleep))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_page_is_fetched_under_an_honest_name(served: Site, fetcher: Fetch) -> None:
    page = fetcher().get(f"{served.url}/ice")
    assert (page.data, page.url) == (b"It froze.", f"{served.url}/ice")
    assert served.paths() == ["/robots.txt", "/ice"]
    assert {headers["user-agent"] for _, headers in served.asked} == {user_agent()}
    assert user_agent().startswith("Byline/")


def test_private_addresses_are_refused_unless_allowed(served: Site, fetcher: Fetch) -> None:
    with pytest.raises(PermanentError, match=r"127\.0\.0\.1 is a private address"):
        fetcher(allow_private=False).get(f"{served.url}/ice")
    assert served.asked == []


def test_every_redirect_is_checked(served: Site, fetcher: Fetch) -> None:
    """A public site that redirects to a private one: here both are this machine, under names."""
    port = served.url.rsplit(":", 1)[1]
    served.pages["/away"] = Reply(
        status=302, headers={"Location": f"http://inside.test:{port}/ice"}
    )
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "inside.test" else ["93.184.216.34"]

    one = Fetcher(replace(MANNERS, allow_private=False, robots=False), resolver=resolver)
    real = one._pool._network_backend._plain  # type: ignore[attr-defined]

    class ToThisMachine:
        def connect_tcp(self, host: str, *rest: object) -> object:
            return real.connect_tcp("127.0.0.1", *rest)

    one._pool._network_backend._plain = ToThisMachine()  # type: ignore[attr-defined]
    with pytest.raises(PermanentError, match=r"inside\.test: 127\.0\.0\.1 is a private address"):
        one.get(f"http://outside.test:{port}/away")
    one.close()
    assert asked == ["outside.test", "inside.test"]
    assert served.paths() == ["/away"]


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://x.example/", "//", "http://["])
def test_a_redirect_to_what_is_no_web_address_is_refused(
    place: str, served: Site, fetcher: Fetch
) -> None:
    served.pages["/away"] = Reply(status=301, headers={"Location": place})
    with pytest.raises(PermanentError):
        fetcher().get(f"{served.url}/away")


def test_redirects_are_followed_but_not_in_a_circle(served: Site, fetcher: Fetch) -> None:
    served.pages["/old"] = Reply(status=301, headers={"Location": "/ice"})
    assert fetcher().get(f"{served.url}/old").url == f"{served.url}/ice"
    served.pages["/a"] = Reply(status=302, headers={"Location": "/b"})
    served.pages["/b"] = Reply(status=302, headers={"Location": "/a"})
    with pytest.raises(PermanentError, match="circle"):
        fetcher().get(f"{served.url}/a")
    for number in range(20):
        served.pages[f"/{number}"] = Reply(status=302, headers={"Location": f"/{number + 1}"})
    with pytest.raises(PermanentError, match="too often"):
        fetcher().get(f"{served.url}/0")


def test_bodies_are_bounded_however_they_come(served: Site, fetcher: Fetch) -> None:
    served.pages["/said"] = Reply(b"x" * 200_000)
    served.pages["/unsaid"] = Reply(stream=iter([b"x" * 1000] * 1000))
    bomb = gzip.compress(b"\0" * 50_000_000)
    served.pages["/bomb"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    twice = Reply(gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"})
    served.pages["/twice"] = twice
    for path, told in (("said", "larger"), ("unsaid", "larger"), ("bomb", "larger"),
                       ("twice", "not asked for")):  # fmt: skip
        with pytest.raises(PermanentError, match=told):
            fetcher().get(f"{served.url}/{path}")


def test_packed_bodies_are_unpacked(served: Site, fetcher: Fetch) -> None:
    for encoding, data in (("gzip", gzip.compress(b"ice")), ("deflate", zlib.compress(b"ice"))):
        served.pages["/x"] = Reply(data, headers={"Content-Encoding": encoding})
        assert fetcher().get(f"{served.url}/x").data == b"ice"
    served.pages["/x"] = Reply(b"\x1f\x8bbroken", headers={"Content-Encoding": "gzip"})
    with pytest.raises(PermanentError, match="damaged"):
        fetcher().get(f"{served.url}/x")


def test_servers_that_do_not_answer_are_not_waited_for(served: Site, fetcher: Fetch) -> None:
    def silent() -> Iterator[bytes]:
        time.sleep(2)
        yield b"x"

    served.pages["/drip"] = Reply(stream=slowly(repeat(b"x"), 0.1))
    served.pages["/silent"] = Reply(stream=silent())
    with pytest.raises(TransientError, match="too long to arrive"):
        fetcher(total=0.5).get(f"{served.url}/drip")

    def headers() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        yield from slowly(repeat(b"x"), 0.1)

    with raw_site(headers) as address, pytest.raises(TransientError, match="too long to arrive"):
        fetcher(total=0.5, robots=False).get(address)
    waits: list[float] = []
    with pytest.raises(TransientError):
        fetcher(total=0.5, tries=3, sleep=waits.append).get(f"{served.url}/drip")
    assert waits == []  # who makes us wait is not asked again in the same run
    with pytest.raises(TransientError, match="timed out"):
        fetcher(timeout=0.3).get(f"{served.url}/silent")
    with pytest.raises(TransientError, match="no answer"):
        fetcher(robots=False).get("http://127.0.0.1:9/")


def test_robots_txt_is_obeyed_unless_told_not_to(served: Site, fetcher: Fetch) -> None:
    rules = b"User-agent: byline\nDisallow: /private/*.html$\n\nUser-agent: *\nDisallow: /\n"
    served.pages["/robots.txt"] = Reply(rules)
    served.pages["/private/a.html"] = Reply(b"x", headers=HTML)
    obedient = fetcher()
    assert obedient.get(f"{served.url}/ice").data == b"It froze."
    with pytest.raises(PermanentError, match="robots"):
        obedient.get(f"{served.url}/private/a.html")
    assert served.paths().count("/robots.txt") == 1
    assert fetcher(robots=False).get(f"{served.url}/private/a.html").data == b"x"


def test_a_robots_txt_that_cannot_be_had_forbids_for_now(served: Site, fetcher: Fetch) -> None:
    served.pages["/robots.txt"] = Reply(b"", 503)
    with pytest.raises(TransientError, match=r"robots\.txt"):
        fetcher().get(f"{served.url}/ice")
    served.pages["/robots.txt"] = Reply(b"", 403)
    assert fetcher().get(f"{served.url}/ice").data == b"It froze."


def test_one_host_is_asked_at_a_polite_rate(served: Site, fetcher: Fetch) -> None:
    waits: list[float] = []
    polite = fetcher(sleep=waits.append, delay=0.5, robots=False)
    for _ in range(3):
        polite.get(f"{served.url}/ice")
    assert len(waits) == 2
    assert 0 < waits[0] <= 0.5 < waits[1] <= 1.0
    served.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 7\n")
    waits.clear()
    slower = fetcher(sleep=waits.append, delay=0.5)
    for _ in range(2):
        slower.get(f"{served.url}/ice")
    assert waits[-1] > 6


def test_what_may_work_later_is_tried_again(served: Site, fetcher: Fetch) -> None:
    answers = [Reply(b"", 503, {"Retry-After": "3"}), Reply(b"", 500), Reply(b"at last")]

    def page(headers: Mapping[str, str]) -> Reply:
        return answers.pop(0)

    served.pages["/busy"] = page
    waits: list[float] = []
    assert fetcher(sleep=waits.append, tries=3).get(f"{served.url}/busy").data == b"at last"
    assert waits == [3.0, 2.0]
    served.pages["/busy"] = Reply(b"", 429, {"Retry-After": "3600"})
    with pytest.raises(TransientError, match="429"):
        fetcher(sleep=waits.append, tries=3).get(f"{served.url}/busy")
    assert waits == [3.0, 2.0]


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, "no such page"), (410, "removed"), (403, "refuses"), (401, "login"), (418, "418")],
)
def test_what_will_not_work_is_not_tried_again(
    served: Site, fetcher: Fetch, status: int, told: str
) -> None:
    served.pages["/x"] = Reply(b"x", status)
    with pytest.raises(PermanentError, match=told):
        fetcher(tries=3).get(f"{served.url}/x")
    assert served.paths().count("/x") == 1


def test_an_unchanged_page_is_not_sent_again(served: Site, fetcher: Fetch) -> None:
    def page(headers: Mapping[str, str]) -> Reply:
        same = headers.get("if-none-match") == '"1"'
        return Reply(b"", 304) if same else Reply(b"new", headers={"ETag": '"1"'})

    served.pages["/x"] = page
    first = fetcher().get(f"{served.url}/x")
    with pytest.raises(Unchanged):
        fetcher().get(f"{served.url}/x", {"etag": first.headers["etag"]})
