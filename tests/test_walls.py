import json

import pytest

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.parse import ParsedArticle, parse
from tests import files

LONG = "The harbour master said that the ice would stay for a week and that ferries would wait. "


def page(title: str, *paragraphs: str, head: str = "") -> ParsedArticle:
    data = files.html(title, paragraphs, head)
    return parse(Document("file:///x.html", data, "html", "x.html")).articles[0]


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("404 Not Found", "Nothing is here any more, we are sorry to say.", "an error page"),
        ("Alder Post", "The page you are looking for could not be found.", "an error page"),
        ("Access denied", "You do not have permission to view this page.", "an error page"),
        ("Just a moment...", "Checking your browser before you go on.", "a check for robots"),
        ("Alder Post", "Please verify that you are a human to continue.", "a check for robots"),
        (
            "Before you continue",
            "We and our 812 partners store and access information on a device. Accept all cookies.",
            "a consent wall",
        ),
        ("Ice closes", "The harbour froze. Subscribe to continue reading.", "a paywall stub"),
        ("Ice closes", "This article is for subscribers only. Already a member?", "a paywall stub"),
        ("Alder Post", "You need to enable JavaScript to run this app.", "an empty shell"),
    ],
)
def test_what_stands_in_place_of_an_article(title: str, text: str, kind: str) -> None:
    with pytest.raises(PermanentError, match=rf"^x\.html: {kind}"):
        page(title, text)


def test_a_page_says_that_it_shows_a_part_of_what_costs() -> None:
    free = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False})
    head = f'<script type="application/ld+json">{free}</script>'
    with pytest.raises(PermanentError, match="a paywall stub"):
        page("Ice closes", LONG * 3, head=head)
    whole = [f"On day {number} it was so. {LONG * 3}" for number in range(8)]
    assert page("Ice closes", *whole, head=head).text  # it is all there


def test_an_article_about_such_pages_is_an_article() -> None:
    text = "Readers who are told to subscribe to continue reading often leave, a study found. "
    more = [f"On day {number} it was so. {LONG * 3}" for number in range(4)]
    assert page("Why 404 pages matter to us", text, *more).text


def test_a_shell_without_text() -> None:
    data = (
        b"<html><head><title>x</title></head><body><div id='root'></div><script>1</script></body>"
    )
    with pytest.raises(PermanentError, match="an empty shell that its scripts would fill"):
        parse(Document("file:///x.html", data, "html", "x.html"))


def test_each_field_says_where_it_comes_from() -> None:
    linked = {"@type": "NewsArticle", "datePublished": "2024-01-05", "headline": "Ice closes"}
    head = (
        '<meta property="og:site_name" content="Alder Post">'
        '<link rel="canonical" href="https://alder.example/ice">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    )
    article = page("Ice closes", *files.PARAGRAPHS, head=head)
    places = {key: value for key, value in article.extra.items() if key.endswith("_from")}
    assert places == {
        "title_from": "JSON-LD headline", "source_from": "meta og:site_name",
        "url_from": "link canonical", "published_from": "JSON-LD datePublished",
        "language_from": "html lang",
    }  # fmt: skip


def test_a_language_that_is_not_stated_is_told_by_the_text() -> None:
    german = "Der Hafen blieb am Dienstag geschlossen, sagte der Bürgermeister. Die Fähre fährt "
    text = f"Eis\n\n{german * 3}wieder.".encode()
    (article,) = parse(Document("file:///x.txt", text, "text", "x.txt")).articles
    assert (article.language, article.extra["language_from"]) == ("de", "text")
    (short,) = parse(Document("file:///x.txt", b"Eis\n\nZu.", "text", "x.txt")).articles
    assert short.language == ""


@pytest.mark.parametrize(
    ("below", "day"),
    [
        ('<div class="byline">Ida Moe</div><span>January 5, 2024</span>', "2024-01-05"),
        ("<p>Posted: Fri 6:45 PM, Jan 5, 2024</p>", "2024-01-05"),
        ('<time datetime="x">5 January 2024</time>', "2024-01-05"),
        ("<span>Updated January 5, 2024</span>", None),
        ("<p>The ice of January 5, 2024 is remembered here by all.</p>", None),
        ("<aside><span>January 5, 2024</span></aside>", None),
        ("<span>January 5, 2999</span>", None),
    ],
)
def test_a_day_below_the_headline(below: str, day: str | None) -> None:
    data = files.html().decode().replace("</h1>", f"</h1>{below}").encode()
    (article,) = parse(Document("file:///x.html", data, "html", "x.html")).articles
    assert (article.published.isoformat() if article.published else None) == day


def test_the_day_in_the_outlets_own_zone_counts() -> None:
    head = '<meta property="article:published_time" content="2024-01-06T03:30:00+00:00">'
    data = files.html(head=head).decode().replace("</h1>", "</h1><p>Jan 5, 2024, 9:30 pm CST</p>")
    (article,) = parse(Document("file:///x.html", data.encode(), "html", "x.html")).articles
    assert str(article.published) == "2024-01-05"
    assert article.extra["published_from"] == "below the headline"


def test_a_card_that_opens_over_a_name_does_not_break_its_sentence() -> None:
    card = 'Ida Moe<span class="rollover-people-block"><a href="/x">Five more stories</a></span>'
    data = files.html().decode().replace("Ida Moe", card).encode()
    (article,) = parse(Document("file:///x.html", data, "html", "x.html")).articles
    assert article.text == files.TEXT
