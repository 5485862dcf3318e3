from dataclasses import replace
from datetime import UTC, date, datetime

from rag.scope import Scope
from rag.types import Sentence, Verdict
from tests.newsroom import CAPTAIN, CAPTAIN_ANSWER, SAILS, SAILS_ANSWER
from ui.chosen import Chosen
from ui.turn import Turn
from ui.turn_record import read_turn, turn_record

ASKED = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


def test_a_turn_comes_back_as_it_was() -> None:
    dropped = Sentence("It sails daily.", (), Verdict.DROPPED, "no quote says so")
    answer = replace(
        SAILS_ANSWER,
        sentences=(*SAILS_ANSWER.sentences, dropped),
        scope=Scope(("Harbour Post",), near=(date(2022, 11, 1), date(2022, 12, 1))),
        as_of=date(2023, 1, 1),
    )
    chosen = Chosen(outlets=("Harbour Post",), since=date(2022, 1, 1), article="ferry")
    turn = Turn(3, SAILS, chosen, ASKED, seen={"ferry": "k"}, next=("And?",)).finish(answer)
    assert read_turn(turn_record(turn)) == turn


def test_nearest_passages_are_kept_without_the_rest_of_their_articles() -> None:
    turn = read_turn(turn_record(Turn(1, CAPTAIN, asked=ASKED).finish(CAPTAIN_ANSWER)))
    assert turn.answer
    for kept, was in zip(turn.answer.nearest, CAPTAIN_ANSWER.nearest, strict=True):
        assert kept.passage == was.passage
        assert kept.article == replace(was.article, text="")
        assert kept.score == was.score


def test_a_record_of_an_older_or_newer_byline_is_read() -> None:
    assert read_turn('{"number": 1, "question": "Why?", "later": 1}').question == "Why?"


def test_what_was_stopped_or_failed_comes_back() -> None:
    for turn in (
        Turn(1, SAILS, asked=ASKED).hear(SAILS_ANSWER.sentences[0], SAILS_ANSWER.citations).stop(),
        Turn(2, SAILS, asked=ASKED).fail("busy"),
    ):
        assert read_turn(turn_record(turn)) == turn
