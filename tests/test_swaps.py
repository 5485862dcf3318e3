import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.alignment import align
from rag.swaps import is_near_copy, swaps

SPAN = (
    "The ferry Alder sank on Wednesday 3 March 2021 off Cape Tern with 212 people and 40 cars,"
    " and its captain, Per Lund, was the last to leave it."
)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Cape Tern", "Per Lund", "name"),
        ("212", "40", "number"),
        ("Wednesday", "Friday", "date"),
        ("March", "May", "date"),
        ("was the last", "was not the last", "negation"),
        ("sank", "never sank", "negation"),
    ],
)
def test_what_stands_in_the_place_of_something_else_is_caught(
    old: str, new: str, kind: str
) -> None:
    sentence = SPAN.replace(old, new)
    assert [problem.kind for problem in swaps(sentence, SPAN)] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        SPAN,
        SPAN.replace(", and its captain, Per Lund, was the last to leave it", ""),
        SPAN.replace("its captain, Per Lund,", "Per Lund"),
        SPAN.replace("Wednesday 3 March 2021", "3 March 2021"),
        SPAN.replace("was the last to leave it", "left it last"),
        "Something else was written about the Alder by Tern on Friday, not about 99 cars.",
    ],
)
def test_what_is_left_out_or_worded_freely_is_no_swap(sentence: str) -> None:
    assert list(swaps(sentence, SPAN)) == []


def test_a_double_negation_is_none() -> None:
    denied = "The minister denied on Monday that he had known of the letter from the bank."
    plain = "The minister said on Monday that he had not known of the letter from the bank."
    assert list(swaps(denied, plain)) == []


def test_an_alignment_says_what_is_shared_and_where_they_part() -> None:
    alignment = align("The red ferry sank today.", "The blue ferry sank today.")
    (gap,) = alignment.gaps
    assert alignment.share == 0.8
    assert (gap.start, gap.end, gap.span_start, gap.span_end) == (4, 7, 4, 8)
    assert is_near_copy("The red ferry sank today.", "The blue ferry sank today.")
    assert not is_near_copy("A boat sank.", "The blue ferry sank today.")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_alignment(sentence: str, span: str) -> None:
    alignment = align(sentence, span)
    assert 0.0 <= alignment.share <= 1.0
    for gap in alignment.gaps:
        assert 0 <= gap.start <= gap.end <= len(sentence)
        assert 0 <= gap.span_start <= gap.span_end <= len(span)


@given(st.text(max_size=80))
def test_a_text_is_no_swap_of_itself(text: str) -> None:
    assert list(swaps(text, text)) == []
