import json
from datetime import date, datetime

import pytest
from trafilatura import load_html

from ingest.document import Document
from ingest.errors import PermanentError, UserError
from ingest.formats.days import day_of
from ingest.formats.decode import decode
from ingest.formats.head import Head, read_head
from ingest.formats.page_days import stated_days
from ingest.formats.protocol import Limits
from ingest.formats.registry import recognise
from ingest.parse import (
    Parsed,
    ParsedArticle,
    Problem,
    article_id,
    articles,
    canonical,
    names,
    parse,
)


def read(name: str, media: str, data: str | bytes, **fields: str) -> Parsed:
    raw = data.encode() if isinstance(data, str) else data
    return parse(Document(f"file:///{name}", raw, media, name), fields)


def own(article: ParsedArticle) -> dict[str, str]:
    """What the document says of it beyond the known fields."""
    return {key: value for key, value in article.extra.items() if not key.endswith("_from")}


FRONT = """---
title: Ice closes harbour
outlet: Alder Post
link: https://alder.example/ice
date: 2024-01-05T23:30:00-08:00
updated: 2024-01-06
author: Ida Moe and Per Lund
section: Weather
---
"""


def test_front_matter_gives_the_metadata() -> None:
    (article,) = read("ice.txt", "text", FRONT + "The harbour froze.").articles
    assert article.title == "Ice closes harbour"
    assert article.source == "Alder Post"
    assert article.url == "https://alder.example/ice"
    assert article.published == date(2024, 1, 5)
    assert article.modified == date(2024, 1, 6)
    assert article.authors == ("Ida Moe", "Per Lund")
    assert own(article) == {"section": "Weather"}
    assert article.text == "The harbour froze."


def test_markdown_becomes_prose() -> None:
    body = (
        "# Ice closes harbour\n\nThe *harbour* [froze](https://x.example) on `Friday`,\n"
        "said **Moe**.\n\n![photo](p.png)\n\n## What next\n\n"
        "- Ferries stop\n- Trams run\n\n<div>raw</div>\n"
    )
    (article,) = read("ice.md", "markdown", FRONT + body).articles
    assert article.text.split("\n\n") == [
        "The harbour froze on Friday, said Moe.", "What next", "Ferries stop", "Trams run", "raw",
    ]  # fmt: skip


def test_without_front_matter_a_heading_or_first_line_is_the_title() -> None:
    (article,) = read("a.md", "markdown", "# Ice\n\nIt froze.").articles
    assert (article.title, article.text) == ("Ice", "It froze.")
    (article,) = read("a.txt", "text", "Ice closes harbour\n\nIt froze on Friday.").articles
    assert (article.title, article.text) == ("Ice closes harbour", "It froze on Friday.")
    (article,) = read("harbour.txt", "text", "It froze on Friday. It thawed later.").articles
    assert (article.title, article.text) == ("harbour", "It froze on Friday. It thawed later.")
    assert article.published is None


PAGE = """<html lang="en"><head><title>Ice closes harbour | Alder Post</title>
<meta property="og:title" content="Ice closes harbour">
<meta property="og:site_name" content="Alder Post">{date}
<link rel="canonical" href="https://alder.example/ice"></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ice closes harbour</h1>
<p>The harbour froze on Friday for the first time in forty years, the harbour master said.</p>
<p>Ferries to the outer islands were cancelled, and two hundred people slept in the school.</p>
<p>“It sounds like glass,” said Ida Moe, who has worked on the quay since she was sixteen.</p>
</article><footer>© 2019 Alder Post. All rights reserved.</footer></body></html>"""


def test_a_web_page_gives_its_article_and_metadata() -> None:
    dated = '<meta property="article:published_time" content="2024-01-05T08:00:00Z">'
    (article,) = read("ice.html", "html", PAGE.format(date=dated)).articles
    assert article.title == "Ice closes harbour"
    assert article.source == "Alder Post"
    assert article.url == "https://alder.example/ice"
    assert article.published == date(2024, 1, 5)
    assert article.text.startswith("The harbour froze")
    assert article.text.endswith("sixteen.")
    assert len(article.text.split("\n\n")) == 3


def test_no_date_is_invented_for_a_page_without_one() -> None:
    (article,) = read("ice.html", "html", PAGE.format(date="")).articles
    assert article.published is None


def test_jsonl_keeps_good_lines_and_names_bad_ones() -> None:
    lines = [
        json.dumps({"id": 7, "title": "Ice", "text": "It froze.\n\nFerries\u2028stopped."}),
        "{broken",
        json.dumps({"title": "No text"}),
        "[]",
        json.dumps({"text": "x y z", "published": "05/06/2024"}),
    ]
    parsed = read("wire.jsonl", "jsonl", "\n".join(lines))
    assert [article.title for article in parsed.articles] == ["Ice", "x y z"]
    assert parsed.articles[1].published is None
    assert [problem.split(" ")[0] for problem in parsed.problems] == [
        "wire.jsonl:2:", "wire.jsonl:3:", "wire.jsonl:4:", "wire.jsonl:5:",
    ]  # fmt: skip


def test_jsonl_field_names_can_be_set() -> None:
    line = json.dumps({"body": "It froze.", "headline": "Ice", "by": ["Ida Moe"], "score": 3})
    parsed = read("w.jsonl", "jsonl", line, text="body", title="headline", authors="by")
    (article,) = parsed.articles
    assert (article.title, article.text, article.authors) == ("Ice", "It froze.", ("Ida Moe",))
    assert own(article) == {"score": "3"}


@pytest.mark.parametrize(
    ("name", "media", "data", "told"),
    [
        ("x.txt", "text", b"\x89PNG\x00\x00\x01", "not text"),
        ("x.txt", "text", "Share this article", "no article text"),
        ("x.md", "markdown", "---\ntitle: [\n---\nText.", "front matter"),
        ("x.html", "html", "<html><body></body></html>", "no article"),
        ("x.jsonl", "jsonl", "{", "x.jsonl:1: not JSON"),
    ],
)
def test_what_cannot_be_used_says_why_in_one_line(
    name: str, media: str, data: str | bytes, told: str
) -> None:
    with pytest.raises(PermanentError, match=told) as caught:
        read(name, media, data)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_bad_date_is_a_problem_not_a_guess() -> None:
    parsed = read("x.txt", "text", "---\ntitle: T\ndate: soon\n---\nIt froze.")
    assert parsed.articles[0].published is None
    assert "soon" in parsed.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = (
        "Der Hafen blieb am Dienstag geschlossen, sagte der Bürgermeister. Die Fähre über die "
        "Förde fährt wieder, sobald das Eis bricht. Für die Schüler der Inseln fällt der "
        "Unterricht aus, und größere Schäden wurden nicht gemeldet."
    )
    (article,) = read("x.txt", "text", text.encode(encoding)).articles
    assert article.text == text


def test_a_line_of_author_and_date_is_not_text() -> None:
    body = "Ida Moe, 5 January 2024\n\nIda Moe said on 5 January 2024 that it froze."
    (article,) = read("x.txt", "text", FRONT + body).articles
    assert article.text == "Ida Moe said on 5 January 2024 that it froze."


def test_the_id_is_that_of_the_url_or_else_of_the_file() -> None:
    def identity(**front: str) -> str:
        head = "".join(f"{key}: {value}\n" for key, value in front.items())
        return article_id(read("x.txt", "text", f"---\n{head}---\nText here.").articles[0])

    plain = identity(title="T", url="https://alder.example/ice")
    assert plain == identity(title="Other", url="https://ALDER.example/ice/?utm_source=x#top")
    assert plain != identity(title="T", url="https://alder.example/ice?page=2")
    assert identity(title="A") == identity(title="B") != plain
    assert canonical("") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-05", date(2024, 1, 5)),
        ("2024-01-05T23:30:00-08:00", date(2024, 1, 5)),
        ("Fri, 05 Jan 2024 23:30:00 -0800", date(2024, 1, 5)),
        ("5 January 2024", date(2024, 1, 5)),
        ("January 5th, 2024", date(2024, 1, 5)),
        ("Friday, 5 Jan 2024", date(2024, 1, 5)),
        ("25/01/2024", date(2024, 1, 25)),
        ("01/25/2024", date(2024, 1, 25)),
        (datetime(2024, 1, 5, 10), date(2024, 1, 5)),
        ("5th of January 2024 at 10am", date(2024, 1, 5)),
        ("Tue., Nov. 19, 2019, 6:45 PM", date(2019, 11, 19)),
        ("2018-11-19 17:19:53 GMT", date(2018, 11, 19)),
        ("05/05/2024", date(2024, 5, 5)),
        ("20240105", date(2024, 1, 5)),
        ("", None),
        (None, None),
    ],
)
def test_days_as_metadata_writes_them(value: object, expected: date | None) -> None:
    assert day_of(value) == expected


@pytest.mark.parametrize(
    "value", ["05/06/2024", "soon", "31/31/2024", "99", "0001-01-01T00:00:00Z", "31 June 2024"]
)
def test_a_day_that_cannot_be_told_is_refused(value: str) -> None:
    with pytest.raises(PermanentError):
        day_of(value)


def test_names_of_authors() -> None:
    assert names("By Ida Moe, Per Lund & Ann Ode") == ("Ida Moe", "Per Lund", "Ann Ode")
    assert names(["Ida  Moe", ""]) == ("Ida Moe",)
    assert names(3) == ()


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = "---\nThe harbour froze. It was Friday.\n---\nFerries stopped."
    for media in ("text", "markdown"):
        (article,) = read("x.txt", media, text).articles
        assert "It was Friday." in article.text
        assert "Ferries stopped." in article.text


def test_front_matter_values_are_the_words_they_are() -> None:
    front = "---\ntitle: 1984\ndate: 2024-13-45\nurl: javascript:alert(1)\ntags: [ice, sea]\n---\n"
    parsed = read("x.md", "markdown", front + "It froze.")
    (article,) = parsed.articles
    assert (article.title, article.published, article.url) == ("1984", None, "")
    assert own(article) == {"tags": "ice, sea"}
    assert len(parsed.problems) == 2


def test_a_colon_in_a_title_is_understood() -> None:
    front = "---\ntitle: Ferry: the last crossing\ndate: 2024-01-05\n---\n"
    (article,) = read("x.md", "markdown", front + "It froze.").articles
    assert (article.title, article.published) == ("Ferry: the last crossing", date(2024, 1, 5))


def test_hard_wrapped_text_does_not_lose_its_first_line_to_the_title() -> None:
    text = (
        "The harbour froze on Friday for the first time in forty years, the\n"
        "harbour master said. Ferries to the islands were cancelled."
    )
    (article,) = read("x.txt", "text", text).articles
    assert article.title == "x"
    assert article.text == text.replace("\n", " ")


def test_nothing_that_is_prose_in_markdown_is_lost() -> None:
    body = (
        "# Ice\n\n> Quoted words.\n\n```\nfenced words\n```\n\n"
        "| Year | Days |\n|---|---|\n| 1987 | 12 |\n\n"
        "<div>Words in a box.<script>no()</script></div>\n\nTwo<br>lines."
    )
    (article,) = read("x.md", "markdown", body).articles
    assert article.text.split("\n\n") == [
        "Quoted words.", "fenced words", "Year; Days", "1987; 12", "Words in a box.", "Two lines.",
    ]  # fmt: skip


def test_a_page_keeps_dates_in_its_prose_and_wrapped_paragraphs() -> None:
    prose = (
        '<p>The ice of <time datetime="1987-01-09">9 January 1987</time> lasted for a week.</p>'
        "<pre>Ferries to the outer islands were cancelled on Friday, and two\n"
        "hundred people slept in the school.</pre></article>"
    )
    (article,) = read("x.html", "html", PAGE.format(date="").replace("</article>", prose)).articles
    assert "The ice of 9 January 1987 lasted for a week." in article.text
    assert "and two hundred people slept in the school." in article.text
    assert article.published is None


@pytest.mark.parametrize("page", ["<p>It froze on Friday.</p>", "<html><p>It froze on Friday.</p>"])
def test_a_page_of_one_sentence_is_read(page: str) -> None:
    assert read("x.html", "html", page).articles[0].text == "It froze on Friday."


def test_characters_that_cannot_be_stored_are_left_out() -> None:
    page = PAGE.format(date="").replace(
        "forty years", "forty <time>&#1;1987</time>&#x02;\x03 years"
    )
    assert "forty 1987 years" in read("x.html", "html", page).articles[0].text
    front = '---\ntitle: "Ice \\ud800 closes"\nauthor: "Ida \\ud800 Moe"\n---\nIt froze.'
    (article,) = read("x.md", "markdown", front).articles
    assert (article.title, article.authors) == ("Ice closes", ("Ida Moe",))


def test_the_address_of_a_whole_site_is_not_that_of_an_article() -> None:
    page = PAGE.format(date="").replace("https://alder.example/ice", "https://alder.example/")
    (article,) = read("x.html", "html", page).articles
    assert article.url == ""


def test_jsonl_survives_lines_that_break_readers() -> None:
    lines = [
        b"[" * 100_000,
        b'{"text": "bad \xff byte"}',
        b'{"id": "\\ud800", "text": "It froze."}',
    ]
    parsed = read("w.jsonl", "jsonl", b"\n".join(lines))
    assert [article.text for article in parsed.articles] == ["It froze."]
    assert [problem.split(" ")[0] for problem in parsed.problems] == ["w.jsonl:1:", "w.jsonl:2:"]
    assert len(article_id(parsed.articles[0])) == 16


def test_jsonl_takes_the_same_metadata_as_front_matter() -> None:
    record = {
        "text": "It froze.", "outlet": "Alder Post", "date": "5 January 2024", "lang": "en-GB",
        "updated": "2024-01-06", "author": [{"name": "Ida Moe"}, "Per Lund"],
    }  # fmt: skip
    (article,) = read("w.jsonl", "jsonl", json.dumps(record)).articles
    assert article.source == "Alder Post"
    assert (article.published, article.modified) == (date(2024, 1, 5), date(2024, 1, 6))
    assert article.authors == ("Ida Moe", "Per Lund")
    assert article.language == "en"


def test_of_two_lines_with_one_id_the_first_is_kept_and_it_is_said() -> None:
    lines = [json.dumps({"id": 7, "title": title, "text": "It froze."}) for title in ("A", "B")]
    parsed = read("w.jsonl", "jsonl", "\n".join(lines))
    assert [article.title for article in parsed.articles] == ["A"]
    assert "again" in parsed.problems[0]


def test_the_content_of_a_file_counts_more_than_its_name() -> None:
    def media(name: str, head: bytes) -> str:
        found = recognise(name, head)
        return found.name if found else ""

    assert media("ice.txt", b"\n<!DOCTYPE html><html>") == "html"
    assert media("ice.md", b"The harbour froze.") == "markdown"
    assert media("ice.png", b"\x89PNG") == ""


def test_a_line_of_jsonl_has_a_longest_length() -> None:
    lines = [
        json.dumps({"text": "It froze."}),
        json.dumps({"text": "x" * 200}),
        "",
        '{"text": "y"}',
    ]
    document = Document("file:///w.jsonl", "\n".join(lines).encode(), "jsonl", "w.jsonl")
    found = list(articles(document, limits=lambda: Limits(member=100)))
    assert [item.text if isinstance(item, ParsedArticle) else item.reason for item in found] == [
        "It froze.", "w.jsonl:2: longer than 0 MB", "y",
    ]  # fmt: skip


def test_of_many_problems_the_first_are_named_and_the_others_counted() -> None:
    document = Document("file:///w.jsonl", b"{\n" * 130, "jsonl", "w.jsonl")
    found = list(articles(document))
    assert len(found) == 101
    assert isinstance(found[-1], Problem)
    assert found[-1].reason == "w.jsonl: 30 more problems"


def test_an_unknown_field_name_is_refused() -> None:
    with pytest.raises(UserError, match="'headline'"):
        read("w.jsonl", "jsonl", "{}", headline="title")


PROSE = "The harbour froze on Friday."


@pytest.mark.parametrize(
    ("top", "head"),
    [
        ("By Ida Moe", Head(("Ida Moe",))),
        ("BY IDA MOE and Per van Lund", Head(("IDA MOE", "Per van Lund"))),
        ("By Ida Moe | 5 January 2024", Head(("Ida Moe",), date(2024, 1, 5))),
        ("5 January 2024\nBy Ida Moe", Head(("Ida Moe",), date(2024, 1, 5))),
        ("Published: 5 January 2024", Head((), date(2024, 1, 5))),
        (
            "Published 5 January 2024 10:00\n\nLast updated: 6 January 2024",
            Head((), date(2024, 1, 5), date(2024, 1, 6)),
        ),
    ],
)
def test_bylines_and_dated_labels_are_read(top: str, head: Head) -> None:
    assert read_head(f"{top}\n\n{PROSE}") == (head, PROSE)


@pytest.mark.parametrize(
    "top",
    [
        "5 January 2024",  # may be the day of the event
        "By Friday Evening",
        "By the end of the day",
        "By Moe",
        "Published in the Alder Post",
        "Published 05/06/2024",
        "By Ida Moe, who saw it",
        "Updated figures for January",
    ],
)
def test_what_is_not_certain_stays_in_the_text(top: str) -> None:
    text = f"{top}\n\n{PROSE}"
    assert read_head(text) == (Head(), text)


def test_a_byline_further_down_is_text() -> None:
    text = f"{PROSE}\n\nBy Ida Moe\n\nMore."
    assert read_head(text) == (Head(), text)


def test_a_byline_alone_is_the_text() -> None:
    assert read_head("By Ida Moe") == (Head(), "By Ida Moe")


FIFTH, SEVENTH = date(2024, 1, 5), date(2024, 1, 7)


def days(head: str = "", body: str = "", url: str = "") -> tuple[date | None, date | None]:
    page = f"<html><head><title>Ice</title>{head}</head><body><p>It froze.</p>{body}</body></html>"
    days = stated_days(load_html(page), url)
    return days.published, days.modified


def linked(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    "head",
    [
        meta("article:published_time", "2024-01-05T08:00:00Z"),
        meta("article:published_time", "2024-01-05T23:30:00-08:00"),
        linked(**{"@type": "NewsArticle", "datePublished": "2024-01-05"}),
        linked(
            **{"@graph": [{"@type": ["Article"], "datePublished": "2024-01-05T01:00:00+09:00"}]}
        ),
        '<meta itemprop="datePublished" content="5 January 2024">',
    ],
)
def test_a_stated_day_is_read_in_its_own_zone(head: str) -> None:
    assert days(head) == (FIFTH, None)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<footer>© 2019 Alder Post</footer>"),
        ('<meta itemprop="copyrightYear" content="2019">', ""),
        ("", "<p>The fair of 2019-03-04 drew crowds.</p>"),
        ("", '<p>The fair of <time datetime="2019-03-04">4 March</time> drew crowds.</p>'),
        ("", "<h1>What happened on 5 November 2022</h1>"),
        (meta("article:published_time", "05/11/2022"), ""),
        (meta("article:published_time", "0001-01-01T00:00:00Z"), ""),
        (linked(**{"@type": "Organization", "datePublished": "2019-03-04"}), ""),
        ('<script type="application/ld+json">{broken</script>', ""),
    ],
)
def test_no_day_is_invented(head: str, body: str) -> None:
    assert days(head, body) == (None, None)


def test_a_modification_is_not_a_publication() -> None:
    changed = meta("article:modified_time", "2024-01-07T08:00:00Z")
    assert days(changed) == (None, SEVENTH)
    assert days(changed + meta("article:published_time", "2024-01-05")) == (FIFTH, SEVENTH)
    assert days(changed + meta("article:published_time", "2024-01-08")) == (date(2024, 1, 8), None)


def test_the_moment_is_read_in_the_outlets_zone_where_the_page_tells_it() -> None:
    moment = meta("article:published_time", "2024-01-06T04:30:00Z")
    assert days(moment) == (date(2024, 1, 6), None)
    local = '<time itemprop="datePublished" datetime="2024-01-05T20:30:00-08:00"></time>'
    assert days(moment, local) == (FIFTH, None)
    assert days(moment, url="https://alder.example/2024/01/05/ice") == (FIFTH, None)
    assert days(moment, url="https://alder.example/2023/01/05/ice") == (date(2024, 1, 6), None)


def test_an_address_may_name_the_day() -> None:
    assert days(url="https://alder.example/2024/jan/05/ice") == (FIFTH, None)
    assert days(url="https://alder.example/2024-01-05-ice") == (FIFTH, None)
    assert days(url="https://alder.example/20240105") == (None, None)
    assert days(url="https://alder.example/2024/99/05/ice") == (None, None)


def test_a_time_marked_as_publication_counts() -> None:
    assert days(body='<time class="entry-date published">5 January 2024</time>') == (FIFTH, None)
    assert days(body='<aside><time pubdate datetime="2024-01-05"></time></aside>') == (None, None)


SPEECH = "The mayor said “the bridge” isn’t ready – it needs €4 million."


def decoded(data: bytes, media: str = "text") -> str:
    return decode(Document("file:///x", data, media, "x"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_one_sentence_is_enough_to_tell(encoding: str) -> None:
    assert decoded(SPEECH.encode(encoding)) == SPEECH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Мост откроют весной, сообщил мэр города в понедельник.", "cp1251"),
        ("橋は春に開通すると市長が月曜日に述べた。", "shift_jis"),
        ("Η γέφυρα θα ανοίξει την άνοιξη, είπε ο δήμαρχος.", "cp1253"),
    ],
)
def test_other_scripts(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_a_page_is_read_as_it_declares() -> None:
    page = '<meta charset="iso-8859-2"><p>Łódź</p>'
    assert decoded(page.encode("iso-8859-2"), "html") == page
    latin = '<meta charset="latin-1"><p>“No”</p>'
    assert decoded(latin.encode("cp1252"), "html") == latin


@pytest.mark.parametrize("name", ["rot13", "hex", "no-such-name", "utf-16"])
def test_a_declaration_that_cannot_be_true_is_passed_over(name: str) -> None:
    page = f'<meta charset="{name}"><p>{SPEECH}</p>'
    assert SPEECH in decoded(page.encode("cp1252"), "html")


def test_line_ends_become_one() -> None:
    assert decoded(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x01\x02\x03 text \x04\x05", b"ab\x00cd"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(PermanentError, match=r"^x: not text"):
        decoded(data)


def test_what_is_far_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(PermanentError, match=r"^x: longer than any article"):
        decoded(b"a" * 20_000_001)


def test_a_title_that_is_a_text_is_cut() -> None:
    record = json.dumps({"title": "word " * 5000, "text": "It froze."})
    (told,) = read("x.jsonl", "jsonl", record).articles
    assert told.title.endswith("word …")
    assert len(told.title) <= 502


def test_a_long_run_of_signs_is_no_article_and_a_long_text_in_any_script_is() -> None:
    with pytest.raises(PermanentError, match="signs, not a text"):
        read("x.txt", "text", "Ice\n\n" + "&#x" * 50_000)
    for sentence in (
        "The harbour froze on Friday, 5 May. ",
        "港は金曜日に凍った。",
        "Гавань замёрзла. ",
    ):
        (article,) = read(
            "x.txt", "text", "Ice\n\n" + sentence * (150_000 // len(sentence))
        ).articles
        assert len(article.text) > 100_000
