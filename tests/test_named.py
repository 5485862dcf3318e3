"""What a question names must stand in the article that answers it."""

from datetime import date

from rag.named import is_elsewhere, is_of_another_year, naming
from rag.types import Hit
from tests.fakes import article, evidence

ORLE = evidence(
    "The mayor of Orle left.\n\nThe line to Brann is shut. Nobody was hurt.",
    identity="orle",
    title="Flood in Orle",
).hit
BRANN = evidence("The mayor, Ida Moe, stayed in Brann.", identity="brann", title="Brann").hit


def ids(question: str) -> list[str]:
    found: list[Hit] = naming(question, [ORLE, BRANN])
    return [hit.article.id for hit in found]


def test_articles_without_the_name_are_left_out() -> None:
    assert ids("Who is the mayor of Orle?") == ["orle"]
    assert ids("Who is the mayor of Brann?") == ["orle", "brann"]
    assert ids("Who is the mayor?") == ["orle", "brann"]
    assert ids("Who is the mayor of Paris?") == []


def test_a_number_of_one_year_is_told_where_that_year_stands() -> None:
    text = "Last week 3,000 came.\n\nIn 2019 there were 340."
    told = article(text, published=date(2024, 7, 9))
    start = text.index("In 2019")
    asked = "How many came in 2019?"
    assert is_of_another_year(asked, told, 0, 21)
    assert not is_of_another_year(asked, told, start, len(text))
    assert not is_of_another_year("How many came?", told, 0, 21)
    assert not is_of_another_year("How many came in 2018?", told, 0, 21)


def test_a_short_sentence_without_a_name_is_of_the_place_of_its_paragraph() -> None:
    told = article("Rain fell.\n\nOrle was under water. Nobody was hurt.", title="The flood")
    start = told.text.index("Nobody")
    assert not is_elsewhere("Was anyone hurt in Orle?", told, start, "Nobody was hurt.")
    assert is_elsewhere("Was anyone hurt in Brann?", told, start, "Nobody was hurt.")
    assert not is_elsewhere("Was anyone hurt?", told, start, "Nobody was hurt.")
