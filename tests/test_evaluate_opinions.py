from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from eval.feedback import Feedback
from tests.newsroom import CAPTAIN_ANSWER, FERRY, SAILS_ANSWER
from ui.chosen import Chosen
from ui.conversations import Opinion
from ui.evaluate_opinions import SILENT, feedback_of
from ui.turn import Turn
from ui.turn_html import REASONS

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TURN = Turn(1, SAILS_ANSWER.question, answer=SAILS_ANSWER)


def said(turn: Turn, good: bool, reason: str = "") -> Feedback:
    (fields,) = feedback_of([(turn, Opinion(good, reason, NOON))])
    return Feedback(**fields)


def test_what_was_said_and_cited_goes_along() -> None:
    found = said(TURN, True, "well put")
    assert (found.right, found.short, found.comment) == (True, "12 March", "well put")
    first = SAILS_ANSWER.citations[0]
    assert found.cited[0] == (FERRY.id, first.start, first.end)
    assert (found.correction, found.given) == ("", "2024-05-01T12:00:00.000000+00:00")


def test_the_nearest_passages_of_an_abstention_go_along() -> None:
    found = said(Turn(1, CAPTAIN_ANSWER.question, answer=CAPTAIN_ANSWER), False, "Ines Calder")
    assert found.abstained
    assert [name for name, _, _ in found.cited] == ["ferry", "bridge"]


@pytest.mark.parametrize(
    ("reason", "correction", "silent"),
    [
        ("14 March 2023", "14 March 2023", False),
        ("", "", False),
        ("Out of date", "", False),
        (SILENT, "", True),
        ("It sails from Senn, and the answer says that it sails from Ostrava.", "", False),
    ],
)
def test_a_short_reason_of_ones_own_may_be_the_answer(
    reason: str, correction: str, silent: bool
) -> None:
    found = said(TURN, False, reason)
    assert (found.correction, found.silent, found.comment) == (correction, silent, reason)


def test_silence_is_among_the_reasons_offered() -> None:
    assert SILENT in REASONS


def test_filters_and_day_and_the_question_as_understood() -> None:
    answer = replace(SAILS_ANSWER, resolved="When does it sail?", as_of=date(2023, 1, 1))
    chosen = Chosen(outlets=("Harbour Post",), since=date(2022, 1, 1))
    found = said(replace(TURN, chosen=chosen, answer=answer), True)
    assert found.question == "When does it sail?"
    assert (found.as_of, found.filters) == (
        "2023-01-01",
        {"sources": ["Harbour Post"], "since": "2022-01-01"},
    )


def test_a_question_without_an_answer_says_nothing() -> None:
    failed = Turn(1, "Who?", problem="busy")
    assert list(feedback_of([(failed, Opinion(False, "", NOON))])) == []
