import pytest

from rag.numbers import find_numbers
from rag.ways.measures import compared, direction, holds, measure_of


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Which is longer, the pier or the mill?", 1),
        ("Which cost less, the pier or the mill?", -1),
        ("How do the pier and the mill differ?", 0),
    ],
)
def test_a_question_asks_for_more_or_for_less(question: str, way: int) -> None:
    assert direction(question) == way


@pytest.mark.parametrize(
    ("one", "two", "order"),
    [
        ("412 metres", "388 metres", 1),
        ("£95,000", "£140,000", -1),
        ("14 months", "three years", -1),
        ("€61 million", "£47 million", 0),
        ("12 people", "12 people", 0),
    ],
)
def test_amounts_compare_only_in_one_unit(one: str, two: str, order: int) -> None:
    ours, theirs = (measure_of(find_numbers(words)[0]) for words in (one, two))
    assert compared(ours, theirs) == order


def test_an_amount_bears_a_claim_out_or_not() -> None:
    assert holds("The pier is shorter than 400 metres.", "The pier is 388 metres long.") is True
    assert holds("The pier is longer than 400 metres.", "The pier is 388 metres long.") is False
    assert holds("The pier is longer than 400 metres.", "The pier has 388 steps.") is None
    assert holds("The pier leaks.", "The pier is 388 metres long.") is None
    assert holds("The pier is longer than 4 metres.", "It is 9 metres, or 10 metres.") is None
