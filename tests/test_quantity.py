import pytest

from rag.abstain import why_not
from rag.quantity import Quantity, quantity_asked, tells
from rag.question import Wanted, read_question
from rag.short import short_answer, short_answers
from tests.fakes import evidence


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        ("How much did the ferry cost?", Quantity.MONEY),
        ("How much will each household have to pay for it?", Quantity.MONEY),
        ("What did it cost to raise the wreck?", Quantity.MONEY),
        ("What was the average fare before May?", Quantity.MONEY),
        ("How high was the ransom?", Quantity.MONEY),
        ("How expensive is a berth?", Quantity.MONEY),
        ("What does the bell weigh?", Quantity.WEIGHT),
        ("How heavy is the bell?", Quantity.WEIGHT),
        ("How deep is the harbour?", Quantity.LENGTH),
        ("How cold was the water?", Quantity.TEMPERATURE),
        ("How much did the river rise?", None),
        ("How much water does the dam hold?", None),
        ("How many people paid?", None),
        ("What did the council pay attention to?", None),
        ("What did she pay for her mistake?", None),
        ("What was the death toll?", None),
        ("Who paid for the ferry?", None),
    ],
)
def test_the_quantity_that_a_question_asks_for(question: str, quantity: Quantity | None) -> None:
    assert quantity_asked(question) is quantity


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Raising the wreck took 40 days and 3.5 million kroner.", True),
        ("Raising the wreck took 40 days and 12 divers.", False),
        ("Islanders travel free of charge.", True),
        ("The county did not say what it had paid.", True),
        ("The owner declined to reveal the sum.", True),
    ],
)
def test_a_sum_of_money_or_what_stands_in_its_place(sentence: str, told: bool) -> None:
    assert tells(Quantity.MONEY, sentence) is told


def test_only_the_amount_of_that_quantity_is_a_short_answer() -> None:
    sentence = "The 300-tonne crane came for 12 days and cost £48,000."
    asked = read_question("What did the crane cost?")
    assert asked.wanted is Wanted.NUMBER
    (span,) = short_answers(asked, sentence)
    assert sentence[slice(*span)] == "£48,000"
    assert short_answer(asked, evidence(sentence)) == "£48,000"
    assert short_answer(asked, evidence("The crane came for 12 days.")) == ""


def test_an_abstention_says_that_no_such_quantity_is_told() -> None:
    crane = evidence("The 300-tonne crane came for 12 days and had its cost met.")
    told = why_not(read_question("What did the crane cost?"), [crane.hit], 0.3, None)
    assert told == "The articles do not say: the nearest passages give no sum of money."
