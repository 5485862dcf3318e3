from collections.abc import Mapping

import pytest

from ingest.types import Article
from rag.types import Answer
from tests.fakes import article
from tests.newsroom import FERRY, SAILS, SAILS_ANSWER, answer, cite
from ui.questions import questions_of
from ui.suggest import OFFERED, TRIED, answered, candidates, suggested
from ui.turn import Turn

TURN = Turn(1, SAILS).finish(SAILS_ANSWER)


def questions(sentence: str) -> list[str]:
    return [found.question for found in questions_of(article(sentence))]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The next full count is planned for June 2026.", "When is the next full count planned?"),
        ("Kell Bridge was closed to lorries on 3 May.", "When was Kell Bridge closed to lorries?"),
        ("The ferry will be idle until Tuesday.", "Until when will the ferry be idle?"),
        ("The launch was put off because the doors leak.", "Why was the launch put off?"),
        ("The refit cost £2.7 million in the end.", "How much did the refit cost?"),
        ("A single ticket costs 38 crowns.", "How much does a single ticket cost?"),
        ("The delay will cost about €2 million.", "How much will the delay cost?"),
        ("Nearly 300 people were asked to leave.", "How many people were asked to leave?"),
        ("Two residents were hurt and a bus burnt.", "How many residents were hurt?"),
        ("The motion was tabled by Ida Moe, who lost.", "Who tabled the motion?"),
        ("The van is made at Grauberg.", "Where is the van made?"),
        ("Teck spoke to Ida Moe, the harbour master.", "Who is Ida Moe?"),
        ("He asked the harbour master, Ida Moe, to stay.", "Who is Ida Moe?"),
        ("The Tolland Foundation, a charity, gave more.", "What is the Tolland Foundation?"),
        ("The ferry sails again, Ida Moe said.", "What did Ida Moe say?"),
    ],
)
def test_a_sentence_is_turned_into_a_question(sentence: str, question: str) -> None:
    assert question in questions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was opened on 5 May 2022.",  # who knows what
        "The man who it was sold to is expected on Monday.",
        "His sentencing is scheduled for Friday.",
        "In February the terminals were down after a cable was cut.",
        "The plan was dropped after 12 years.",
        "Wardens told the board the plan had been dropped after a row.",
        "Face ID, a 12MP camera, is included.",
        "It rained all day.",
    ],
)
def test_what_cannot_be_turned_safely_is_left(sentence: str) -> None:
    assert questions(sentence) == []


def test_a_question_knows_its_words() -> None:
    text = "It rained. The refit cost £2 million. Nobody paid."
    (found,) = questions_of(article(text))
    assert text[found.start : found.end] == "The refit cost £2 million."


TOLD = (
    "The refit cost £2 million. The van is made at Grauberg. Ida Moe, the harbour master, left. "
    "Tom Brandt, the ticket seller, stayed. “It took years,” said Eva Lund."
)


def test_the_forms_take_turns_and_names_are_asked_about_once() -> None:
    found = [c.question for c in candidates(TURN, [article(TOLD), article(TOLD, identity="a2")])]
    assert found == [
        "How much did the refit cost?",
        "Where is the van made?",
        "Who is Ida Moe?",
        "What did Eva Lund say?",
        "Who is Tom Brandt?",
    ]
    named = Turn(1, "Who is Ida Moe?").finish(SAILS_ANSWER)
    assert "Who is Ida Moe?" not in [c.question for c in candidates(named, [article(TOLD)])]
    assert candidates(Turn(1, SAILS), [article(TOLD)]) == []


def test_a_sentence_that_the_answer_quotes_is_not_asked_about() -> None:
    found = [c.question for c in candidates(TURN, [FERRY])]
    assert "How much does a single ticket cost?" not in found
    other = Turn(1, SAILS).finish(answer(SAILS, ("Seventy thousand.", (cite(1, FERRY, "70,000"),))))
    assert "How much does a single ticket cost?" in [c.question for c in candidates(other, [FERRY])]


def answers(told: Article, *parts: str) -> Mapping[str, Answer]:
    """The library's answers: each question's own sentence, but for those of `parts`."""
    return {
        found.question: answer(found.question, ("So.", (cite(1, told, quote),)))
        for found in questions_of(told)
        for quote in [told.text[found.start : found.end]]
        if found.question not in parts
    }


def test_only_what_is_answered_from_its_own_words_is_offered() -> None:
    told = article(TOLD)
    known = dict(answers(told, "Where is the van made?"))
    known["Where is the van made?"] = Answer("", abstained=True)
    known["How much did the refit cost?"] = answer("", ("So.", (cite(1, told, "Tom Brandt"),)))
    offered = tuple(suggested(TURN, [told], known.__getitem__))
    assert offered == ("Who is Ida Moe?", "What did Eva Lund say?", "Who is Tom Brandt?")
    assert len(offered) == OFFERED


def test_a_short_answer_is_among_the_words_left_out() -> None:
    told = article("Ida Moe, the harbour master, met Tom Brandt.")
    (found,) = questions_of(told)
    sentence = ("So.", (cite(1, told, told.text),))
    assert answered(found, answer("", sentence))
    assert answered(found, answer("", sentence, short="the harbour master"))
    assert not answered(found, answer("", sentence, short="Tom Brandt"))


def test_what_somebody_said_may_stand_in_another_sentence() -> None:
    told = article("The ferry sails again, Ida Moe said. “It took years,” Ida Moe said.")
    found, _ = questions_of(told)
    other = ("So.", (cite(1, told, "“It took years,” Ida Moe said."),))
    assert answered(found, answer("", other, short="It took years"))
    assert not answered(found, answer("", ("So.", (cite(1, told, "It took years"),))))


def test_it_ends_where_there_is_no_time_to_ask_and_after_some_tries() -> None:
    told, asked = article(TOLD), list[str]()

    def ask(question: str) -> Answer | None:
        asked.append(question)
        return Answer(question, abstained=True) if len(asked) < 3 else None

    assert list(suggested(TURN, [told], ask)) == []
    assert len(asked) == 3
    many = article(" ".join(f"The refit of pier {n} cost £{n} million." for n in range(1, 30)))
    assert len(candidates(TURN, [many])) == TRIED
