from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    text = (
        "It cost $3.5 million in Jan. 2020. Mr. J. R. Okafor of Acme Inc. paid at 5 p.m. on Friday."
    )
    assert sentences(text) == [
        "It cost $3.5 million in Jan. 2020.",
        "Mr. J. R. Okafor of Acme Inc. paid at 5 p.m. on Friday.",
    ]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences("“We won.” Then they left.") == ["“We won.”", "Then they left."]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("A heading without a stop\n\nThe first sentence.") == [
        "A heading without a stop",
        "The first sentence.",
    ]


@given(st.text(alphabet=st.sampled_from("abc Ü.!?\n\t“”\"'’é😀1, ")))
def test_spans_are_ordered_and_leave_only_white_space_between(text: str) -> None:
    cursor = 0
    for start, end in split_sentences(text):
        assert text[cursor:start].strip() == ""
        assert start < end
        assert text[start:end] == text[start:end].strip()
        cursor = end
    assert text[cursor:].strip() == ""
