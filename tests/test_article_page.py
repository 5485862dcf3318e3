import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Article
from tests.html_text import texts
from tests.newsroom import BRIDGE, FERRY, HOSTILE, cite
from ui.article_page import MISSING, NOTICE, render_article, render_missing

NEWS = st.text(st.sampled_from("ab <&>\"'\n\t\ré界🙂"), min_size=1, max_size=60)


def test_the_page_names_everything_a_reader_asks_for() -> None:
    page = render_article(FERRY)
    assert texts(page, "h1") == [FERRY.title]
    assert texts(page, "p", "outlet") == ["Harbour Post"]
    assert texts(page, "p", "authors") == ["By Ines Calder and Tom Brandt"]
    assert texts(page, "p", "dates") == ["Published 5 November 2022"]
    assert texts(page, "p", "original") == ["Read the original at harbourpost.example"]
    assert "<mark" not in page
    assert NOTICE not in page


def test_a_changed_article_says_when() -> None:
    assert texts(render_article(BRIDGE), "p", "dates") == [
        "Published 17 January 2023, changed 19 January 2023"
    ]


def test_the_cited_words_are_marked() -> None:
    cited = cite(1, FERRY, "A single ticket costs 38 crowns")
    page = render_article(FERRY, cited.start, cited.end)
    assert texts(page, "mark") == ["A single ticket costs 38 crowns"]
    assert page.count('id="cite"') == 1


def test_words_over_two_paragraphs_have_one_anchor() -> None:
    cited = cite(1, BRIDGE, "the council decided.\n\nEngineers found cracks")
    page = render_article(BRIDGE, cited.start, cited.end)
    assert texts(page, "mark") == ["the council decided.", "Engineers found cracks"]
    assert page.count('id="cite"') == 1


def test_bad_offsets_give_the_page_and_a_notice() -> None:
    length = len(BRIDGE.text)
    gap = BRIDGE.text.index("\n\n")
    for start, end in [(5, 5), (9, 3), (-1, 4), (0, length + 1), (None, 4), (4, None)]:
        page = render_article(BRIDGE, start, end)
        assert texts(page, "p", "notice") == [NOTICE]
        assert "<mark" not in page
        assert "Engineers found cracks" in page
    assert texts(render_article(BRIDGE, gap, gap + 2), "p", "notice") == [NOTICE]


def test_an_article_of_markup_is_shown_as_text() -> None:
    page = render_article(HOSTILE, 0, len(HOSTILE.text))
    assert page.count("<script>") == 1, "the page's own"
    assert "<img" not in page
    assert "javascript:" not in page
    assert texts(page, "mark") == [HOSTILE.text]
    assert texts(page, "h1") == [HOSTILE.title]


def test_the_page_loads_nothing() -> None:
    page = render_article(FERRY)
    assert "default-src 'none'" in page
    assert not re.search(r"<(link|script|img)[^>]+(src|href)=\"(?!data:)", page)


def test_an_odd_language_cannot_leave_its_attribute() -> None:
    assert 'lang="&quot;&gt;"' in render_article(replace(FERRY, language='">'))


def test_a_missing_article_says_so() -> None:
    assert texts(render_missing(), "p", "notice") == [MISSING]


@given(NEWS, st.integers(0, 60), st.integers(0, 60))
def test_what_is_marked_is_what_was_cited(text: str, start: int, end: int) -> None:
    page = render_article(Article("a", text, "A title"), start, end)
    body = page.split("</header>")[1]
    if not (0 <= start < end <= len(text) and text[start:end].strip()):
        assert "<mark" not in body
        return
    gaps = {i for gap in re.finditer(r"\n{2,}", text) for i in range(*gap.span())}
    wanted = "".join(text[i] for i in range(start, end) if i not in gaps)
    assert "".join(texts(body, "mark")) == wanted
    shown = "".join(char for i, char in enumerate(text) if i not in gaps)
    assert "".join(texts(body, "p")) == shown
