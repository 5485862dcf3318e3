import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cleaning import Page, scores, sentences_lost, shingles
from ingest.clean import clean, is_leftover, normalise, paragraphs_of

COPIED_PAGE = """Harbour reopens after a week of ice


The harbour opened again on Monday. Ferries were full by noon.

Watch | Ice floes drift past the old lighthouse

“We counted 212 boats,” said the harbour master, Ida Moe.

Also Read | Tram line delayed once more

More snow is expected.

(With inputs from agencies)

You can now write for us and be part of the community. Share your views with us.

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
        "We use cookies to bait the mice, the farmer said.",
        "This website uses cookies without consent, the regulator found.",
        "You can now write for three hours without a break.",
        "See also: He resigned. The board met.",
        "Related: He resigned on Monday.",
        "Explained | The council met. It voted to close the bridge.",
        "Watch | 4,000 crowns",
        "Tags: the council fined 300 hotels for false energy tags.",
        "Copyright 2019 was the year the law changed.",
        "Photo: The minister resigned on Monday after the vote, and the crowd went home",
        "Average rating: the bank was downgraded to junk on Monday.",
        "Join us on Facebook, he told the crowd of 200.",
        "(With inputs from 300 residents, the council redrew the plan)",
        "Share on Monday fell 4%",
        "Print",
        "Name",
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
        "Don’t miss", "You may also like...", "READ MORE: Ice on the quay",
        "Follow us on Facebook, Twitter and Instagram.", "Like this story? Share it with a friend!",
        "We use cookies to improve your experience on our site.", "With inputs from agencies",
        "(Reporting by Ida Moe; Editing by Per Lund)", "Average rating 4.5 / 5. Vote count: 12",
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


def test_a_paragraph_that_fills_its_width_is_joined_across_sentence_ends() -> None:
    wrapped = (
        "The council voted on Monday to rebuild the harbour library there.\n"
        "The cost is not known, and nobody at the meeting would name it in\n"
        "public."
    )
    assert clean(wrapped) == wrapped.replace("\n", " ")


def test_the_end_of_a_wrapped_sentence_is_no_leftover() -> None:
    assert clean("He asked every reader of the paper on Monday to\nleave a reply") == (
        "He asked every reader of the paper on Monday to leave a reply"
    )


def test_words_of_a_form_go_below_its_heading_only() -> None:
    form = "Leave a Reply\n\nName\n\nEmail\n\nWebsite\n\nPost Comment"
    assert clean(f"Email\n\nIt froze.\n\n{form}") == "Email\n\nIt froze."
    assert clean("Leave a Reply\n\nIt froze.\n\nName") == "It froze.\n\nName"


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert normalise("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"
    assert normalise("so\u200c\u200dft \ud800\U000e0041x") == "soft x"


def test_odd_characters_are_made_plain() -> None:
    assert normalise("so\u00adft\u200b hy\u00a0phen\r\nnext\u2028line\x00") == (
        "soft hy phen\nnext\nline"
    )
    assert normalise("e\u0301") == "é"


@given(
    st.text(alphabet=st.sampled_from("ab. \u200d\u200c\n\r\t\u00a0\u00ad\u200bé\u0301|*XShareLv'”"))
)
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){3,12}\.", fullmatch=True), max_size=8))
def test_no_sentence_is_lost(sentences: list[str]) -> None:
    kept = " ".join(paragraphs_of(clean("\n\n".join(sentences))))
    for sentence in sentences:
        assert sentence in kept


LINES = [
    "Leave a Reply", "Name", "Print", "Advertisement", "Ice closes harbour", "Watch | It is off",
    "The harbour froze on Friday for the first time in forty years, they", "said.", "It froze.", "",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["", "Ice closes harbour"]))
def test_cleaning_a_page_again_changes_nothing(lines: list[str], title: str) -> None:
    once = clean("\n".join(lines), title)
    assert clean(once, title) == once


def test_shingles_are_runs_of_four_words() -> None:
    assert shingles("a b, c d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert shingles("a b") == {("a", "b"): 1}
    assert shingles("") == {}


def test_scores_are_means_over_the_pages() -> None:
    # Of "a b c d x": one shingle of two is in the truth; of the truth's one shingle, all.
    found = scores([("a b c d", "a b c d x"), ("a b c d", "a b c d")])
    assert found == {"precision": 0.75, "recall": 1.0, "f1": round(1.5 / 1.75, 4)}
    # A page without text counts against recall only.
    assert scores([("a b c d", ""), ("a b c d", "a b c d")])["recall"] == 0.5


def test_a_sentence_is_lost_when_cleaning_removed_it() -> None:
    truth = "The harbour froze on Friday at noon. Ferries to the islands were all cancelled. So."
    whole = Page(truth, truth, truth, "", dated=False)
    assert sentences_lost(whole) == (2, [])
    cut = Page(truth, truth, "The harbour froze on Friday at noon.", "", dated=False)
    assert sentences_lost(cut) == (2, ["Ferries to the islands were all cancelled"])
    missed = Page(truth, "The harbour froze on Friday at noon.", "", "", dated=False)
    assert sentences_lost(missed) == (1, ["The harbour froze on Friday at noon"])
