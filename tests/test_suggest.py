from dataclasses import replace

from rag.types import Answer
from tests.fakes import article
from tests.newsroom import SAILS, SAILS_ANSWER
from ui.suggest import OFFERED, suggested
from ui.turn import Turn

TEXT = (
    "The ferry sails again, Ida Moe said. “It took four years,” said Tom Brandt, who sells the "
    "tickets. According to the Harbour Board, a ticket costs 38 crowns. Moe said so twice."
)


def test_those_who_are_heard_are_asked_about() -> None:
    turn = Turn(1, SAILS).finish(SAILS_ANSWER)
    assert suggested(turn, [article(TEXT)]) == (
        "What did Ida Moe say?",
        "What did Tom Brandt say?",
        "What did the Harbour Board say?",
    )


def test_nobody_is_asked_about_twice() -> None:
    turn = Turn(1, "What did Tom Brandt say?").finish(SAILS_ANSWER)
    asked = suggested(turn, [article(TEXT), article(TEXT, identity="a2", source="Harbour Board")])
    assert asked == ("What did Ida Moe say?", "What did the Harbour Board say?")
    assert len(suggested(turn, [article(TEXT * 9)])) <= OFFERED


def test_nothing_is_offered_before_the_end_or_where_nobody_speaks() -> None:
    assert suggested(Turn(1, SAILS), [article(TEXT)]) == ()
    silent = replace(Turn(1, SAILS), answer=Answer(SAILS))
    assert suggested(silent, [article("It rained all day.")]) == ()
