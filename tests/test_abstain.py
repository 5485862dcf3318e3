from datetime import date

from rag.abstain import why_not
from rag.question import read_question
from tests.fakes import evidence

FERRY = evidence("The ferry sank off the cape.")


def test_words_that_no_passage_has_are_named() -> None:
    asked = read_question("Who salvaged the ferry's bell?")
    told = why_not(asked, [FERRY.hit], 0.12, None)
    assert told == (
        "The articles do not say: the nearest passages do not mention “salvaged”, “bell”."
    )


def test_otherwise_the_best_sentence_is_not_good_enough() -> None:
    told = why_not(read_question("Which cape did the ferry pass?"), [FERRY.hit], 0.12, None)
    assert "pass" in told
    told = why_not(read_question("Was the ferry off the cape?"), [FERRY.hit], 0.12, None)
    assert "12%" in told


def test_an_as_of_date_that_leaves_nothing_is_named() -> None:
    asked = read_question("Who salvaged the ferry?")
    assert "published by 1 May 2020" in why_not(asked, [], 0.0, date(2020, 5, 1))


def test_words_that_ask_are_never_missed() -> None:
    for question, missing in (
        ("Give me a timeline of the ferry race", "“race”"),
        ("Summarize the bell", "“bell”"),
        ("Compare the ferry and the tram", "“tram”"),
        ("List everyone who is mentioned in the ferry's log", "“log”"),
    ):
        told = why_not(read_question(question), [FERRY.hit], 0.12, None)
        assert told.endswith(f"do not mention {missing}.")


def test_a_question_that_names_nothing_is_told_so() -> None:
    for question in ("Hi", "What can you do?", "What else?"):
        assert "names nothing" in why_not(read_question(question), [FERRY.hit], 0.1, None)
