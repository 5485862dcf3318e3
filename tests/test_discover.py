from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.pipeline import Ingest, IngestReport
from ingest.web.discover import Discovery
from ingest.web.fetch import Fetcher, Manners
from ingest.web.visits import Visits
from tests import files
from tests.fakes import WordEmbedder
from tests.site import Pages, Reply, Site, site

HTML = {"Content-Type": "text/html; charset=utf-8"}
MANNERS = Manners(allow_private=True, delay=0.0, timeout=2.0, tries=1)


def tagged(body: bytes, tag: str, headers: Mapping[str, str] = HTML) -> Callable[..., Reply]:
    """A page that answers 304 to whoever has it."""

    def page(asked: Mapping[str, str]) -> Reply:
        if asked.get("if-none-match") == tag:
            return Reply(b"", 304)
        return Reply(body, headers={**headers, "ETag": tag})

    return page


@pytest.fixture
def served() -> Iterator[Site]:
    pages: Pages = {}
    with site(pages) as running:
        for name in ("ice", "tram"):
            pages[f"/{name}"] = tagged(files.html(f"{files.TITLE}: {name}"), f'"{name}"')
        links = [(f"{running.url}/{name}", name, "A summary.") for name in ("ice", "tram")]
        kind = {"Content-Type": "application/rss+xml"}
        pages["/feed"] = tagged(files.rss(links), '"feed"', kind)
        yield running


class Newsroom:
    """A library that is fed from the web; the clock is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.library = Library.open(folder, "words", create=True)
        self.now = 1_000_000.0
        self.folder = folder

    def round(self, *urls: str, again: float = 0.0) -> IngestReport:
        def known(origin: str) -> str | None:
            found = self.library.catalogue.source(origin)
            return found[0] if found else None

        visits = Visits(self.folder / "visits.sqlite", known, lambda: self.now)
        discovery = Discovery(Fetcher(MANNERS), visits, again=again)
        sources = [source for url in urls for source in discovery.sources(url)]
        report = Ingest(self.library, WordEmbedder()).run(sources)
        discovery.keep()
        discovery.close()
        return report


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    newsroom = Newsroom(tmp_path / "library")
    yield newsroom
    newsroom.library.close()


def test_a_page_goes_in_and_is_not_sent_twice(served: Site, newsroom: Newsroom) -> None:
    url = f"{served.url}/ice"
    assert newsroom.round(url).new == 1
    article = newsroom.library.find(url)
    assert article is not None
    assert article.text == files.TEXT
    assert newsroom.round(url).unchanged == 1
    assert served.asked[-1][1]["if-none-match"] == '"ice"'
    served.pages["/ice"] = tagged(files.html(paragraphs=["It melted."]), '"melted"')
    report = newsroom.round(url)
    assert (report.changed, report.new) == (1, 0)


def test_a_page_that_the_library_no_longer_holds_is_sent_again(
    served: Site, newsroom: Newsroom
) -> None:
    url = f"{served.url}/ice"
    newsroom.round(url)
    article = newsroom.library.find(url)
    assert article is not None
    newsroom.library.catalogue.delete(article.id)
    assert newsroom.round(url).new == 1


def test_a_feed_gives_the_articles_behind_its_links(served: Site, newsroom: Newsroom) -> None:
    report = newsroom.round(f"{served.url}/feed")
    assert (report.new, report.failed) == (2, [])
    article = newsroom.library.find(f"{served.url}/ice")
    assert article is not None
    assert article.text == files.TEXT  # not the feed's summary
    assert str(article.published) == "2024-01-05"  # which the page does not say
    assert article.extra["published_from"] == "feed"
    again = newsroom.round(f"{served.url}/feed")
    assert (again.new, again.changed, again.failed) == (0, 0, [])
    assert dict(served.asked[-3:])["/feed"]["if-none-match"] == '"feed"'


def test_entries_of_a_feed_are_asked_for_again_when_they_are_due(
    served: Site, newsroom: Newsroom
) -> None:
    newsroom.round(f"{served.url}/feed", again=3600)
    served.asked.clear()
    newsroom.now += 600
    newsroom.round(f"{served.url}/feed", again=3600)
    assert served.paths() == ["/robots.txt", "/feed"]
    newsroom.now += 3600
    newsroom.round(f"{served.url}/feed", again=3600)
    assert sorted(served.paths()[3:]) == ["/feed", "/ice", "/tram"]


def test_what_failed_for_now_is_tried_in_the_next_round(served: Site, newsroom: Newsroom) -> None:
    good, served.pages["/ice"] = served.pages["/ice"], Reply(b"", 503)
    report = newsroom.round(f"{served.url}/feed", again=3600)
    assert (report.new, len(report.failed)) == (1, 1)
    assert "503" in report.failed[0].reason
    served.pages["/ice"] = good
    assert newsroom.round(f"{served.url}/feed", again=3600).new == 1


def test_a_sitemap_gives_its_pages_and_those_of_sitemaps_in_a_circle(
    served: Site, newsroom: Newsroom
) -> None:
    def sitemap(kind: str, item: str, *paths: str) -> Reply:
        items = "".join(f"<{item}><loc>{served.url}{path}</loc></{item}>" for path in paths)
        return Reply(f"<{kind} xmlns='http://www.sitemaps.org/x'>{items}</{kind}>".encode())

    served.pages["/sitemap.xml"] = sitemap("sitemapindex", "sitemap", "/a.xml", "/sitemap.xml")
    served.pages["/a.xml"] = sitemap("urlset", "url", "/ice", "/tram", "/ice")
    report = newsroom.round(f"{served.url}/sitemap.xml")
    assert (report.new, report.failed) == (2, [])
    assert served.paths().count("/sitemap.xml") == 1


def test_what_is_not_an_article_is_reported_by_its_address(
    served: Site, newsroom: Newsroom
) -> None:
    served.pages["/photo"] = Reply(b"\x89PNG", headers={"Content-Type": "image/png"})
    served.pages["/empty"] = Reply(b"", headers=HTML)
    urls = [f"{served.url}/{path}" for path in ("photo", "empty", "gone")] + ["ftp://x.example/"]
    report = newsroom.round(*urls)
    assert [failure.origin for failure in report.failed] == urls
    told = " ".join(failure.reason for failure in report.failed)
    for reason in ("image/png", "empty page", "no such page", "only http and https"):
        assert reason in told


def test_a_feed_that_links_to_itself_ends(served: Site, newsroom: Newsroom) -> None:
    url = f"{served.url}/own"
    served.pages["/own"] = Reply(files.rss([(url, "Me", "x"), (url, "Me again", "x")]))
    report = newsroom.round(url)
    assert report.new == 0
    assert len(report.failed) >= 1


def test_the_encoding_that_the_server_names_counts(served: Site, newsroom: Newsroom) -> None:
    page = files.html().decode().replace('<meta charset="utf-8">', "").replace("“", "«")
    page = page.replace("”", "»").encode("koi8_r", "ignore").decode("koi8_r")
    russian = page.replace("Ida Moe", "Ида Мо")
    kind = {"Content-Type": "text/html; charset=koi8-r"}
    served.pages["/ru"] = Reply(russian.encode("koi8_r", "replace"), headers=kind)
    newsroom.round(f"{served.url}/ru")
    article = newsroom.library.find(f"{served.url}/ru")
    assert article is not None
    assert "Ида Мо" in article.text


def test_a_feed_and_a_sitemap_without_pages_say_so(served: Site, newsroom: Newsroom) -> None:
    kind = {"Content-Type": "application/rss+xml"}
    served.pages["/empty.rss"] = Reply(files.rss([]), headers=kind)
    itself = f"<sitemapindex><sitemap><loc>{served.url}/map.xml</loc></sitemap></sitemapindex>"
    served.pages["/map.xml"] = Reply(itself.encode(), headers={"Content-Type": "text/xml"})
    report = newsroom.round(f"{served.url}/empty.rss", f"{served.url}/map.xml")
    assert [failure.origin for failure in report.failed] == [
        f"{served.url}/empty.rss", f"{served.url}/map.xml",
    ]  # fmt: skip
    assert all("/empty.rss" in item.reason or "/map.xml" in item.reason for item in report.failed)
