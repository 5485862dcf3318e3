from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag.types import Answer
from tests.html_text import texts
from tests.newsroom import BRIDGE_ANSWER, CAPTAIN_ANSWER, HOSTILE_ANSWER, SAILS_ANSWER
from ui.render import (
    answer_markdown,
    answer_plain,
    article_href,
    byline,
    escape_markdown,
    excerpt,
    text_html,
    web_link,
)

LINES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1)


def test_a_byline_names_what_is_known() -> None:
    assert byline("Harbour Post", date(2022, 11, 5)) == "Harbour Post · 5 November 2022"
    assert byline("", date(2022, 11, 5)) == "5 November 2022"
    assert byline("Harbour Post", None) == "Harbour Post · undated"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "http://[bad"]
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_link(url) == ""
    assert web_link("https://harbourpost.example/ferry") == "https://harbourpost.example/ferry"


def test_an_article_address_keeps_odd_ids_in_one_part() -> None:
    assert article_href("a/b?c", 3, 9) == "/article/a%2Fb%3Fc?start=3&end=9#cite"


def test_an_excerpt_ends_between_words() -> None:
    assert excerpt("one two three four", 12) == "one two …"
    assert excerpt("one\n\ntwo", 12) == "one two"
    assert excerpt("一" * 30, 12) == "一" * 10 + " …"


@given(st.text(), st.integers(10, 60))
def test_an_excerpt_is_the_beginning_of_the_text(text: str, limit: int) -> None:
    shown = excerpt(text, limit)
    assert len(shown) <= limit
    assert " ".join(text.split()).startswith(shown.removesuffix(" …"))


@given(st.text())
def test_html_shows_exactly_the_text(text: str) -> None:
    assert texts(f"<p>{text_html(text)}</p>", "p") == [text]
    assert "<" not in text_html(text)


def test_the_terminal_shows_the_answer_then_its_sources() -> None:
    assert answer_plain(BRIDGE_ANSWER) == (
        "Engineers found cracks in two of the eleven girders. [1] "
        "Repairs will take until June. [2]\n"
        "\n"
        "  [1] Council closes Kell Bridge to lorries · Meridian Wire · 17 January 2023\n"
        "      https://meridian.example/kell-bridge\n"
        "      “Engineers found cracks in two of the eleven girders.”\n"
        "\n"
        "  [2] Council closes Kell Bridge to lorries · Meridian Wire · 17 January 2023\n"
        "      https://meridian.example/kell-bridge\n"
        "      “Repairs will take until June”"
    )


def test_a_source_that_was_changed_says_so_and_when() -> None:
    first = replace(BRIDGE_ANSWER.citations[0], changed=date(2023, 1, 19))
    answer = replace(BRIDGE_ANSWER, citations=(first, *BRIDGE_ANSWER.citations[1:]))
    line = "Meridian Wire · 17 January 2023 · changed 19 January 2023"
    assert answer_plain(answer).count(line) == 1
    assert answer_markdown(answer).count(line) == 1


def test_the_short_answer_comes_first() -> None:
    assert answer_plain(SAILS_ANSWER).startswith("12 March\n\nThe night ferry")


def test_the_terminal_wraps_and_indents() -> None:
    lines = answer_plain(SAILS_ANSWER, width=40).split("\n")
    assert max(len(line) for line in lines) <= 40
    assert "      “will sail again from 12 March," in lines
    assert "      the harbour board said on" in lines


def test_an_abstention_shows_its_reason_and_the_nearest_passages() -> None:
    shown = answer_plain(CAPTAIN_ANSWER)
    assert shown.startswith("The articles do not say")
    assert "Nearest passages, which were not enough:" in shown
    assert "“Lorries over 7.5 tonnes may not cross Kell Bridge" in shown


def test_an_article_cannot_steer_the_terminal() -> None:
    shown = answer_plain(Answer(question="?", abstained=True, reason="red \x1b[31m\x07 bell\r"))
    assert shown == "red �[31m� bell�"


def test_markdown_of_an_answer() -> None:
    assert answer_markdown(BRIDGE_ANSWER).startswith(
        "Engineers found cracks in two of the eleven girders. "
        "[\\[1\\]](<https://meridian.example/kell-bridge>) Repairs"
    )
    assert "> “Repairs will take until June”" in answer_markdown(BRIDGE_ANSWER)
    assert answer_markdown(SAILS_ANSWER).startswith("**12 March**\n\n")


def test_markdown_links_where_it_is_told() -> None:
    shown = answer_markdown(SAILS_ANSWER, lambda c: article_href(c.article_id, c.start, c.end))
    assert "[\\[1\\]](</article/ferry?start=53&end=118#cite>)" in shown


def test_markdown_of_a_hostile_article_is_its_words_alone() -> None:
    shown = MarkdownIt("commonmark").render(answer_markdown(HOSTILE_ANSWER))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<em>" not in shown
    assert "href=" not in shown, "a javascript address is no link"
    assert HOSTILE_ANSWER.sentences[0].text in texts(shown, "p")[0]


@given(st.lists(LINES, min_size=1, max_size=4))
def test_markdown_shows_exactly_the_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    shown = MarkdownIt("commonmark").render(escape_markdown(text))
    paragraphs = texts(shown, "p")
    assert " ".join(" ".join(paragraphs).split()) == " ".join(text.split())
    assert shown.count("<") == 2 * len(paragraphs) + shown.count("<br />")


def test_how_it_was_understood_stands_above_the_answer() -> None:
    answer = replace(SAILS_ANSWER, resolved="When does it sail?", scope_note="Only articles of X.")
    above = "Understood as: When does it sail?\n\nOnly articles of X.\n\n12 March"
    assert answer_plain(answer).startswith(above)
    assert answer_markdown(answer).startswith("Understood as: When does it sail?\n\nOnly")
