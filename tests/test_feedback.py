from dataclasses import replace
from typing import Any

import pytest

from eval.feedback import Feedback, candidate_of
from eval.gold import case_from_dict, parse_case
from eval.validate import faults
from tests.pier import BUILT, HURT, PIER, TEXT, Shelf

BUILT_AT = ("a1", 0, len(BUILT))
WHO = Feedback("Who built it?", True, "Odile Brand", BUILT + " [1]", cited=(BUILT_AT,))


class Named(Shelf):
    """The pier's article can be found by its id, as in a real library."""

    def find(self, reference: str) -> Any:
        return PIER if reference == PIER.id else None


def fields(said: Feedback) -> dict[str, Any]:
    return dict(candidate_of(said, Named()).case)


def test_a_right_answer_becomes_a_case_that_could_be_accepted_as_it_is() -> None:
    found = candidate_of(WHO, Named())
    assert (found.origin, found.said) == ("right", f"Odile Brand: {BUILT} [1]")
    case = case_from_dict(found.case)
    assert (case.kind, case.answers, case.article) == ("fact", ("Odile Brand",), "a1")
    assert case.quotes == (TEXT[:35],)
    assert list(faults(case, Named())) == []


def test_a_right_abstention_becomes_an_unanswerable_case() -> None:
    said = Feedback("Who paid?", True, abstained=True, text="They do not say.", cited=(BUILT_AT,))
    assert set(fields(said)) == {"id", "question", "kind"}
    assert fields(said)["kind"] == "unanswerable"


def test_a_correction_is_the_answer_and_its_sentence_the_quote() -> None:
    said = replace(WHO, question="When was nobody hurt?", right=False, correction="5 May 2021")
    found = fields(said)
    assert (found["kind"], found["answers"]) == ("date", ["5 May 2021"])
    assert (found["article"], found["quotes"]) == ("a1", [HURT])
    assert candidate_of(said, Named()).comment == "5 May 2021"


def test_a_correction_that_no_article_has_leaves_the_place_open() -> None:
    said = replace(WHO, right=False, correction="Ada Pell")
    assert fields(said)["answers"] == ["Ada Pell"]
    assert "article" not in fields(said)


def test_a_thumb_down_alone_leaves_the_answer_open() -> None:
    found = fields(replace(WHO, right=False))
    assert set(found) == {"id", "question", "kind"}
    with pytest.raises(ValueError, match="neither `answers` nor `article`"):
        parse_case(str(found).replace("'", '"'))


def test_the_reader_may_say_that_nothing_should_be_said() -> None:
    assert fields(replace(WHO, right=False, silent=True))["kind"] == "unanswerable"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"short": "Yes."}, "yes_no"),
        ({"question": "On what day was it?"}, "date"),
        ({"history": (("What leaks?", "The pier."),)}, "follow_up"),
    ],
)
def test_the_kind_is_guessed(changed: dict[str, Any], kind: str) -> None:
    assert fields(replace(WHO, **changed))["kind"] == kind


def test_history_day_and_filters_are_kept() -> None:
    said = replace(
        WHO,
        history=(("What leaks?", "The pier."),),
        as_of="2021-06-01",
        filters={"sources": ["Post"]},
    )
    case = case_from_dict(fields(said))
    assert case.history[0].answer == "The pier."
    assert case.filters is not None
    assert (str(case.as_of), case.filters.sources) == ("2021-06-01", ("Post",))


@pytest.mark.parametrize("span", [("a1", 0, 999), ("a1", 5, 5), ("a1", -1, 4), ("gone", 0, 9)])
def test_a_citation_that_does_not_fit_is_left_out(span: tuple[str, int, int]) -> None:
    assert "quotes" not in fields(replace(WHO, cited=(span,)))
