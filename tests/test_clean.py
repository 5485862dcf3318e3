import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean, is_leftover, normalise, paragraphs_of

COPIED_PAGE = """Harbour reopens after a week of ice


The harbour opened again on Monday. Ferries were full by noon.

Watch | Ice floes drift past the old lighthouse

“We counted 212 boats,” said the harbour master, Ida Moe.

Also Read | Tram line delayed once more

More snow is expected.

(With inputs from agencies)

You can now write for and be a part of the community. Share your stories and opinions with us here.

How useful was this post?

Click on a star to rate it!

Leave a Reply

Your email address will not be published. Required fields are marked *
"""


def test_leftovers_of_a_copied_page_go_and_sentences_stay() -> None:
    assert clean(COPIED_PAGE, "Harbour reopens after a week of ice").split("\n\n") == [
        "The harbour opened again on Monday. Ferries were full by noon.",
        "“We counted 212 boats,” said the harbour master, Ida Moe.",
        "More snow is expected.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell, and readers left a reply.",
        "He asked voters to leave a reply.",
        "Watch sales rose 4%.",
        "Related work was done in Oslo by two teams.",
        "More from the council is expected on Monday.",
        "Read more than one book a week, she said.",
        "Copyright law was changed in 2019.",
        "Register for the free clinic by Friday.",
        "Join us on Friday at the quay, the poster says.",
        "Share this with 3,000 others, he said.",
        "Recommended doses fell in 2019.",
        "Comments on the plan close in May.",
        "Live music was cancelled.",
        "“Your email address will not be published,” the clerk promised.",
        "The form says: leave a reply.",
    ],
)
def test_real_sentences_are_no_leftovers(sentence: str) -> None:
    assert not is_leftover(sentence)
    assert clean(sentence) == sentence


@pytest.mark.parametrize(
    "line",
    [
        "See also: The bridge that fell", "Related: how the bridge fell", "Most read",
        "Share this article", "Facebook Email Copy link", "Tweet", "Advertisement",
        "Subscribe to our newsletter", "Follow us on Facebook", "Comments (0)",
        "Name *", "Send reply",
        "Your e-mail address will not be published. Fields with a star must be filled in *",
        "© 2024 Alder Post. All rights reserved.", "5 min read", "* * *", "Have your say",
    ],
)  # fmt: skip
def test_known_leftovers(line: str) -> None:
    assert is_leftover(line)


def test_hard_wrapped_lines_are_joined_and_real_lines_kept() -> None:
    wrapped = (
        "The council voted on Monday to rebuild the harbour library on\n"
        "the same spot, at a cost that nobody would name in public.\n"
    )
    assert "\n" not in clean(wrapped)
    assert clean("First point\nSecond point\nThird point").split("\n\n") == [
        "First point", "Second point", "Third point",
    ]  # fmt: skip


def test_odd_characters_are_made_plain() -> None:
    assert normalise("so\u00adft\u200b hy\u00a0phen\r\nnext\u2028line\x00") == (
        "soft hy phen\nnext\nline"
    )
    assert normalise("e\u0301") == "é"


@given(st.text(alphabet=st.sampled_from("ab. \n\r\t\u00a0\u00ad\u200bé\u0301|*XShareLv'”")))
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){3,12}\.", fullmatch=True), max_size=8))
def test_no_sentence_is_lost(sentences: list[str]) -> None:
    kept = " ".join(paragraphs_of(clean("\n\n".join(sentences))))
    for sentence in sentences:
        assert sentence in kept
