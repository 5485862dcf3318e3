import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ingest.models import DEFAULT_EMBEDDING_MODEL, model_folder
from rag.reader_input import (
    CLS,
    HEADER,
    PASSAGE,
    QUESTION,
    SENTENCE,
    SEP,
    SHARED,
    Input,
    join,
    pieces,
    room,
)


def made_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(model_folder(DEFAULT_EMBEDDING_MODEL) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


TOKENIZER = made_tokenizer()


def joined(question: str, header: str, passage: str, **how: int) -> Input:
    lead, head, body = pieces(TOKENIZER, [question, header, passage])
    return join(
        lead,
        head,
        body,
        first=how.get("first", 0),
        window=how.get("window", 64),
        sentence=bool(how.get("sentence", 0)),
    )


def words(one: Input, segment: int) -> list[str]:
    """The tokens whose segment has all the bits of `segment`."""
    return [
        TOKENIZER.id_to_token(token)
        for token, found in zip(one.ids, one.segments, strict=True)
        if found & segment == segment
    ]


def test_question_and_passage_stand_side_by_side() -> None:
    one = joined("Who left?", "", "Ida Moe left.")
    assert TOKENIZER.decode(one.ids, skip_special_tokens=False) == (
        "[CLS] who left? [SEP] ida moe left. [SEP]"
    )
    assert one.ids[0] == CLS
    assert one.ids.count(SEP) == 2
    assert words(one, PASSAGE) == ["ida", "moe", "left", "."]


def test_a_header_and_a_sentence_to_check() -> None:
    one = joined("Ida left.", "Ferry · 5 May 2024", "She left.", sentence=1)
    assert one.ids[:2] == [CLS, SENTENCE]
    assert one.ids.count(SEP) == 3
    assert words(one, PASSAGE) == ["she", "left", "."]


def test_words_on_both_sides_are_marked() -> None:
    told = ("Up to 2,000 ferries leave Kelmouth", "Kelmouth", "In Kelmouth 1,000 ferries left.")
    one = joined(*told, sentence=1)
    town = ["ke", "##lm", "##outh"]
    # The town is in question, header and passage; 2 and 1 are in one of them only.
    assert words(one, SHARED) == [",", "000", "ferries", *town, *town, *town, ",", "000", "ferries"]
    assert words(one, PASSAGE | SHARED) == [*town, ",", "000", "ferries"]


def test_a_part_of_a_word_is_no_shared_word() -> None:
    one = joined("Kelmouth is far", "", "Kelsea is near.", sentence=1)
    assert words(one, SHARED) == ["is", "is"]


def test_a_question_is_read_without_marks() -> None:
    assert words(joined("Who left Kelmouth?", "Kelmouth", "Ida left Kelmouth."), SHARED) == []


def test_a_long_passage_is_cut_where_it_is_told_to() -> None:
    passage = " ".join(f"w{at}" for at in range(100))
    whole = pieces(TOKENIZER, [passage])[0]
    one = joined("Who?", "", passage, first=10, window=40)
    lead, head = pieces(TOKENIZER, ["Who?", ""])
    free = room(lead, head, 40, sentence=False)
    assert len(one.ids) == 40
    assert one.offsets == whole.offsets[10 : 10 + free]


def test_a_long_question_leaves_room_for_the_passage() -> None:
    one = joined("word " * 200, "title " * 100, "Ida Moe left.", window=200)
    assert words(one, PASSAGE) == ["ida", "moe", "left", "."]
    assert len(one.ids) == 1 + QUESTION + 1 + HEADER + 1 + 4 + 1


@pytest.mark.parametrize("passage", ["", " ", "\n"])
def test_an_empty_passage_is_an_input_too(passage: str) -> None:
    one = joined("Who?", "", passage)
    assert one.offsets == []
    assert len(one.ids) == len(one.segments)


@settings(max_examples=50)
@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=200), st.booleans())
def test_offsets_point_at_the_passage(
    question: str, header: str, passage: str, sentence: bool
) -> None:
    one = joined(question, header, passage, sentence=int(sentence), window=96)
    assert len(one.ids) == len(one.segments) <= 96
    inside = one.segments[one.passage_at : one.passage_at + len(one.offsets)]
    assert all(segment & PASSAGE for segment in inside)
    assert all(0 <= start <= end <= len(passage) for start, end in one.offsets)
