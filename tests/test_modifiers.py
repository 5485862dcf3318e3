"""Which of two alike a sentence is about: told by its modifiers, its title, or how it begins."""

from datetime import date

import pytest

from rag.modifiers import about_another, asked_apart
from tests.fakes import article

WOMEN = article(
    "Orle won the women's Shield on Sunday. The crowd was 900. The men's match is next week.",
    title="Orle women win the Shield",
)
MEN = article("Orle lost the men’s Shield on Monday. The crowd was 2,000.", title="Orle lose")
FERRY = article("The Heron-2 weighs 40 tonnes. The second ferry is late.", title="Two ferries")


@pytest.mark.parametrize(
    ("question", "told", "sentence", "other"),
    [
        ("How big was the crowd at the men's match?", WOMEN, "The crowd was 900.", True),
        ("How big was the crowd at the men's match?", MEN, "The crowd was 2,000.", False),
        ("When is the men's match?", WOMEN, "The men's match is next week.", False),
        ("When did the women win?", MEN, "Orle lost the men’s Shield on Monday.", True),
        ("Was the men's crowd larger than the women's?", WOMEN, "The crowd was 900.", False),
        ("How big was the crowd?", WOMEN, "The crowd was 900.", False),
        ("What does Heron-1 weigh?", FERRY, "The Heron-2 weighs 40 tonnes.", True),
        ("What does Heron-2 weigh?", FERRY, "The Heron-2 weighs 40 tonnes.", False),
        ("What does Heron-1 weigh?", MEN, "The crowd was 2,000.", True),
        ("When is the first ferry due?", FERRY, "The second ferry is late.", True),
        ("When did the first passenger come?", FERRY, "The second ferry is late.", False),
        ("Who won the under-21 match?", MEN, "The crowd was 2,000.", True),
    ],
)
def test_a_sentence_about_the_other_one_is_told(
    question: str, told: object, sentence: str, other: bool
) -> None:
    assert about_another(asked_apart(question), told, sentence) is other  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "sentence", "other"),
    [
        ("the new bridge", "The old bridge is closed.", True),
        ("the new bridge", "The old town hall is closed.", False),
        ("the new harbour bridge", "The old bridge is closed.", True),
        ("South Orle", "In North Orle it rained.", True),
        ("South Orle", "The north wind blew.", False),
        ("the second leg", "The first leg ended 1-1.", True),
        ("the second leg", "For the first time it rained.", False),
        ("the upper deck", "The lower deck was flooded.", True),
        ("World War II", "World War I ended.", True),
        ("the under-19 side", "The U21 side won.", True),
        ("the 2023 edition", "The 2024 edition was short.", True),
        ("the 2023 edition", "The 2024 budget was short.", False),
    ],
)
def test_what_excludes_what(asked: str, sentence: str, other: bool) -> None:
    found = about_another(asked_apart(f"What about {asked}?"), article(sentence), sentence)
    assert found is other


def test_a_later_year_that_never_names_the_year_asked_for_tells_of_its_own_days() -> None:
    asked = asked_apart("Who won the 2023 Shield?")
    text = "Orle won the Shield on Sunday."
    for day, other in (
        (date(2024, 5, 1), True),
        (date(2023, 5, 1), False),
        (date(2024, 1, 2), False),
    ):
        assert about_another(asked, article(text, published=day), text) is other
    named = article(f"{text} In 2023 it was Brann.", published=date(2024, 5, 1))
    assert not about_another(asked, named, "In 2023 it was Brann.")
