"""The report's page: what it holds, that nothing in it runs, and that it works in a browser."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.page import to_html
from eval.passages import marked_text, question_html
from eval.plots import coverage_plot, kind_plot, latency_plot, reliability_plot
from eval.provenance import Provenance
from tests.browser import chromium
from tests.pier import BUILT, PAID, QUIET, REPLIES, WHEN, WHO, Desk
from tests.test_run import run

HOSTILE = "<script>document.title='owned'</script>"
OLD = run([WHO, WHEN, PAID])
NEW = run([WHO, WHEN, PAID], Desk(REPLIES | {WHO.question: QUIET, PAID.question: OSError(HOSTILE)}))
NAMED = replace(NEW, provenance=Provenance("after", settings={"note": HOSTILE}))
PAGE = to_html(NAMED, replace(OLD, provenance=Provenance("before")))


def text_of(html: str) -> str:
    """What a reader sees: without styles, scripts and tags."""
    return unescape(re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", "", html, flags=re.S))


def test_it_asks_nobody_for_anything() -> None:
    assert "default-src 'none'" in PAGE
    assert not re.search(r"""(?:src|href|url\(|@import)\s*=?\s*["']?(?:https?:)?//""", PAGE)


def test_what_others_wrote_is_text() -> None:
    assert HOSTILE not in PAGE
    assert HOSTILE in text_of(PAGE)


def test_it_has_figures_plots_and_every_question() -> None:
    text = text_of(PAGE)
    for words in ("after", "against before", "1 crashed", "By kind of question", "3 of 3"):
        assert words in text
    assert PAGE.count('<details class="row') == 3
    assert PAGE.count("<svg") == 4
    assert all(case.question in text for case in (WHO, WHEN, PAID))
    assert "0 questions won and 1 lost against before" in text


def test_a_question_shows_the_cited_words_marked_and_the_gold_underlined() -> None:
    row = question_html(OLD.records[0])
    assert f"<mark><u>{BUILT}</u></mark>" in row
    assert "first gold passage at rank 2" in row
    assert 'data-tags="right"' in row


def test_a_lost_question_shows_what_the_baseline_said() -> None:
    row = question_html(NEW.records[0], OLD.records[0])
    assert 'data-tags="wrong abstained lost"' in row
    assert f"Odile Brand: {BUILT} [1]" in text_of(row)
    same = question_html(OLD.records[0], OLD.records[0])
    assert "Baseline" not in same


@given(
    st.text("ab<\n", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3),
)
def test_marking_changes_no_word(
    text: str, cited: list[tuple[int, int]], gold: list[tuple[int, int]]
) -> None:
    html = marked_text(text, cited, gold)
    bare = re.sub(r"</?(?:mark|u)>", "", html).replace("&lt;", "<")
    assert bare.split() == re.sub(r"\n\s*", "\n", text).split()
    assert html.count("<mark>") == html.count("</mark>")


def test_spans_may_overlap() -> None:
    assert marked_text("abcd", [(0, 3)], [(2, 4)]) == (
        "<mark>ab</mark><mark><u>c</u></mark><u>d</u>"
    )


def test_plots_of_nothing_are_plots() -> None:
    for plot in (coverage_plot([]), reliability_plot([]), latency_plot([]), kind_plot({}, {}, {})):
        assert plot.startswith("<svg")


def test_a_curve_goes_where_its_points_are() -> None:
    # The box is 44 to 348 wide and 180 to 12 high.
    plot = coverage_plot([(0.0, 0.0), (1.0, 0.5)])
    assert 'points="44.0,180.0 348.0,96.0"' in plot
    assert "old" not in plot
    bars = kind_plot({"fact": 0.5}, {"fact": 4}, {"fact": (0.25, 1.0)})
    assert "fact (4)" in bars
    assert ">50%</text>" in bars


@pytest.mark.parametrize("width", [390, 1440])
def test_it_filters_and_fits_in_a_browser(tmp_path: Path, width: int) -> None:
    (tmp_path / "report.html").write_text(PAGE, encoding="utf-8")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "report.html").as_uri())
        assert len(asked) == 1
        assert page.title() == "after · Byline evaluation"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.fill("input[name=text]", "NOBODY when")
        assert page.locator(".row:visible").count() == 1
        assert page.locator("output").inner_text() == "1 of 3"
        page.fill("input[name=text]", "")
        page.select_option("select[name=mark]", "crashed")
        assert page.locator(".row:visible").count() == 1
        page.select_option("select[name=mark]", "lost")
        page.locator(".row:visible summary").first.click()
        assert page.locator(".row[open] dt").all_inner_texts()[:3] == [
            "Expected", "Answered", "Baseline",
        ]  # fmt: skip
