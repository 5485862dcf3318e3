"""Whether what is asked to be measured, or who came to harm, is spoken of at all."""

import pytest

from rag.attributes import is_told, tells_of_harm
from tests.fakes import evidence


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("What is the population of Orle?", "Orle loses £95,000 a year.", False),
        ("What is the population of Orle?", "Orle has 4,000 inhabitants.", True),
        ("What is the height of the dam?", "The wall is 54 metres high.", True),
        ("What is the price of a ticket?", "A ticket is £9.", True),
        ("What is the capital of Velia?", "The Ostrian capital was hit.", False),
        ("How many people live in Orle?", "None of the 31 on board was hurt.", False),
        ("How many people live in Orle?", "Orle is home to 31 people.", True),
        ("What is the cause of the fire?", "It was the wiring.", True),
        ("How many came?", "It was the wiring.", True),
    ],
)
def test_a_measure_must_be_spoken_of(question: str, sentence: str, told: bool) -> None:
    assert is_told(question, evidence(sentence)) is told


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("How many people died?", "About 1,600 people were taken away.", False),
        ("How many people died?", "One man died.", True),
        ("Who was hurt?", "Nobody was in the mill.", True),
        ("Who was hurt?", "The mill was old.", False),
        ("Why did he die?", "The mill was old.", True),
        ("How many people came?", "The mill was old.", True),
    ],
)
def test_harm_must_be_spoken_of(question: str, sentence: str, told: bool) -> None:
    assert tells_of_harm(question, sentence) is told
