from hypothesis import given, settings
from hypothesis import strategies as st

from tests.html_text import texts
from ui.changes import changes_html

BEFORE = "The board paid 14 million.\n\nShe carries 320 passengers.\n\nIt sails daily."
AFTER = "The board paid 15 million.\n\nShe carries 320 passengers."
NEWS = st.text(st.sampled_from("ab c<&.\n"), max_size=40)


def test_words_and_paragraphs_that_changed_are_marked() -> None:
    html = changes_html(BEFORE, AFTER)
    assert texts(html, "del") == ["14", "It sails daily."]
    assert texts(html, "ins") == ["15"]
    assert texts(html, "p")[1] == "She carries 320 passengers."


@settings(deadline=None)
@given(NEWS, NEWS)
def test_each_text_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    html = changes_html(before, after)
    assert "<b" not in html.replace("<br", "")
    kept = "".join(texts(html, "p"))
    gone, come = "".join(texts(html, "del")), "".join(texts(html, "ins"))
    bare = lambda text: sorted(text.replace("\n", ""))  # noqa: E731
    assert bare(kept) == sorted(bare(after) + bare(gone))
    assert sorted(bare(kept)) == sorted(bare(before) + bare(come))
