import json
from datetime import date, datetime

import pytest

from ingest.errors import PermanentError
from ingest.formats.days import day_of
from ingest.parse import Parsed, article_id, canonical, names, parse
from ingest.sources import Document


def read(name: str, media: str, data: str | bytes, **fields: str) -> Parsed:
    raw = data.encode() if isinstance(data, str) else data
    return parse(Document(f"file:///{name}", raw, media, name), fields)


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
    assert article.extra == {"section": "Weather"}
    assert article.text == "The harbour froze."


def test_markdown_becomes_prose() -> None:
    body = (
        "# Ice closes harbour\n\nThe *harbour* [froze](https://x.example) on `Friday`,\n"
        "said **Moe**.\n\n![photo](p.png)\n\n## What next\n\n"
        "- Ferries stop\n- Trams run\n\n<div>raw</div>\n"
    )
    (article,) = read("ice.md", "markdown", FRONT + body).articles
    assert article.text.split("\n\n") == [
        "The harbour froze on Friday, said Moe.", "What next", "Ferries stop", "Trams run",
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
    assert [article.title for article in parsed.articles] == ["Ice"]
    assert [problem.split(" ")[0] for problem in parsed.problems] == [
        "wire.jsonl:2:", "wire.jsonl:3:", "wire.jsonl:4:", "wire.jsonl:5:",
    ]  # fmt: skip


def test_jsonl_field_names_can_be_set() -> None:
    line = json.dumps({"body": "It froze.", "headline": "Ice", "by": ["Ida Moe"], "score": 3})
    parsed = read("w.jsonl", "jsonl", line, text="body", title="headline", authors="by")
    (article,) = parsed.articles
    assert (article.title, article.text, article.authors) == ("Ice", "It froze.", ("Ida Moe",))
    assert article.extra == {"score": "3"}


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
        ("", None),
        (None, None),
    ],
)
def test_days_as_metadata_writes_them(value: object, expected: date | None) -> None:
    assert day_of(value) == expected


@pytest.mark.parametrize("value", ["05/06/2024", "soon", "31/31/2024", "99"])
def test_a_day_that_cannot_be_told_is_refused(value: str) -> None:
    with pytest.raises(PermanentError):
        day_of(value)


def test_names_of_authors() -> None:
    assert names("By Ida Moe, Per Lund & Ann Ode") == ("Ida Moe", "Per Lund", "Ann Ode")
    assert names(["Ida  Moe", ""]) == ("Ida Moe",)
    assert names(3) == ()
