from dataclasses import replace

import pytest

from rag.question import read_question
from rag.reading import Span
from rag.short import short_answer, short_answers
from tests.fakes import evidence


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("How long was it out?", "It came back 5 hours and 40 minutes later.",
         "5 hours and 40 minutes"),
        ("How long did it last?", "It took two years and three months.",
         "two years and three months"),
        ("Where was it?", "Orle beat Brann by two.", ""),
        ("Where was it?", "It was held in Orle.", "Orle"),
        ("Who won?", "Ida Moe beat Lea Brandt and won.", ""),
        ("Who won?", "Ida Moe won, ahead of Lea Brandt.", "Ida Moe"),
        ("Who opened the pier?", "The pier was opened by Ida Moe in Orle.", "Ida Moe"),
    ],
)  # fmt: skip
def test_a_short_answer_is_whole_and_of_whoever_did_it(
    question: str, sentence: str, short: str
) -> None:
    assert short_answer(read_question(question), evidence(sentence)) == short


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many passengers were on board?",
         "The ferry had 212 passengers on board and a crew of 14.", "212"),
        ("When did the ferry sink?", "It sank on 3 March 2021, a year after its launch.",
         "3 March 2021"),
        ("Who opened the bridge?", "The bridge was opened by Mayor Ida Moe in spring.", "Ida Moe"),
        ("Where did the tram break down?", "The tram broke down in Kelmouth.", "Kelmouth"),
        ("Why did it sink?", "It sank because a door was open.", None),
        ("How many of the 212 passengers were saved?", "All 212 passengers went ashore.", None),
        ("When did the ferry sink?", "It sank months before the war.", None),
    ],
)  # fmt: skip
def test_the_span_has_the_form_that_is_wanted(
    question: str, sentence: str, expected: str | None
) -> None:
    spans = short_answers(read_question(question), sentence)
    if expected is None:
        assert spans == []
    else:
        start, end = spans[0]
        assert expected in sentence[start:end]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many people fled?", "Water ran down nine streets and 1,240 people fled.", "1,240"),
        ("How many people fled?", "Water ran down nine streets before dawn.", ""),
        ("How many drones were ordered?", "Moscow ordered 2,000 Iranian drones.", "2,000"),
        ("How many drones were ordered?", "Moscow ordered about 2,000 in all.", "2,000"),
        ("Who stole the clock from the maritime museum?",
         "The clock was gone from the Skerrin Maritime Museum.", ""),
        ("Who scored for Eskgate?", "For Eskgate United the winner came from Bea Strand.",
         "Bea Strand"),
        ("How tall is the tower?", "The tower is 90 metres tall.", "90 metres"),
    ],
)  # fmt: skip
def test_the_short_answer_is_given_only_where_it_surely_is_one(
    question: str, sentence: str, expected: str
) -> None:
    assert short_answer(read_question(question), evidence(sentence)) == expected


@pytest.mark.parametrize(
    ("question", "answer", "score", "expected"),
    [
        ("Why did the ferry sink?", "a door was open", 3.0, "a door was open"),
        ("Why did the ferry sink?", "a door was open", -1.0, ""),
        ("Why did the people go ashore?", "all 212 people", 3.0, ""),
        ("What did the owners say about the door?", "open", 3.0, ""),
        ("What was open?", "a door was open.", 3.0, "a door was open"),
        ("How many people were saved?", "all 212", 3.0, "all 212"),
        ("How many people were saved?", "a door", 3.0, "212"),
        ("Who went ashore?", "a door", 3.0, "Ida Moe"),
        ("Did the ferry sink?", "a door was open", 3.0, ""),
        ("And was a door open?", "a door was open", 3.0, ""),
    ],
)
def test_the_reader_answers_where_it_is_sure_and_the_form_is_right(
    question: str, answer: str, score: float, expected: str
) -> None:
    told = "It sank because a door was open. Ida Moe and all 212 people went ashore."
    start = told.index(answer)
    span = Span(100 + start, 100 + start + len(answer), score)
    item = replace(evidence(told, before="x" * 100), answer=span)
    assert short_answer(read_question(question), item) == expected


def test_a_long_passage_is_no_short_answer() -> None:
    told = "It sank because " + "of this and that " * 6
    item = replace(evidence(told), answer=Span(0, len(told), 9.0))
    assert short_answer(read_question("Why did it sink?"), item) == ""
