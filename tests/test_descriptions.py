"""What a sentence calls somebody, and what it does not."""

import pytest

from rag.descriptions import described
from rag.ways.identity import name_asked, role_asked


@pytest.mark.parametrize(
    ("name", "sentence", "what"),
    [
        ("Ida Lund", "“It ticks,” said Ida Lund, the curator, who sat down.", "the curator"),
        ("lund", "Ida Lund, the mayor of Orle, left.", "the mayor of Orle"),
        ("Lund", "Foreign Minister Ida Lund said so.", "Foreign Minister"),
        ("Ida Lund", "What counted, said Ida Lund, Orle’s clerk, was rain.", "Orle’s clerk"),
        ("Ida Lund", "On Pier Street the baker Ida Lund sold rolls.", "the baker"),
        ("Ida Lund", "A local watchmaker, Ida Lund, has offered help.", "A local watchmaker"),
        ("Ida Lund", "It began with a kick by their captain, Ida Lund, and rain.", "their captain"),
        ("Ida Lund", "The mayor's sister, Ida Lund, held shares.", "The mayor's sister"),
        ("Ida Lund", "It was opened by Ida Lund, 54, a retired judge.", "a retired judge"),
        (
            "Ida Lund",
            "Named is Ida Lund, chief of staff of the army.",
            "chief of staff of the army",
        ),
        ("Ida Lund", "Harbour master Ida Lund said it sank.", "Harbour master"),
        ("Ida Lund", "The prize went to novelist Ida Lund.", "novelist"),
        ("Ida Lund", "Ida Lund is a nurse from Orle.", "a nurse from Orle"),
        ("Keltan", "The payment company Keltan lost contact.", "The payment company"),
        ("Ida Lund", "The count was led by Ida Lund.", "led by"),
        ("Ida Lund", "Ida Lund, who leads the search, was tired.", "who leads the search"),
    ],
)
def test_the_words_beside_a_name_say_who_it_is(name: str, sentence: str, what: str) -> None:
    found = described(name, sentence)
    assert found is not None
    assert found.text == what
    assert sentence[found.start : found.end] == what


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Lund scored, sliding in at the far post.",
        "On Monday Ida Lund left.",
        "They saw Ida Lund, Petra Moe and a dog.",
        "Yesterday Ida Lund, waving a flag, left.",
        "Ida Lund, the town said, would resign.",
        "In the end, Ida Lund won.",
        "On the bridge, Ida Lund waited.",
        "Ida Lund was the first to leave.",
        "The mayor's name is not lund.",
        "Lunden, the mayor, left.",
    ],
)
def test_what_says_nothing_of_a_name(sentence: str) -> None:
    assert described("Lund", sentence) is None


@pytest.mark.parametrize(
    ("question", "name", "role"),
    [
        ("Who is Petra Moe?", "Petra Moe", ""),
        ("who is petra moe", "petra moe", ""),
        ("What is Keltan?", "Keltan", ""),
        ("Who was arrested?", "", ""),
        ("Who was hurt?", "", ""),
        ("Who is in charge?", "", ""),
        ("Who is the mayor of Orle?", "", "the mayor of Orle"),
        ("Who is the man who fell?", "", ""),
        ("Who is Ida Moe's brother?", "", "Ida Moe's brother"),
        ("What is the population of Orle?", "", ""),
        ("Who won?", "", ""),
    ],
)
def test_who_asks_for_a_name_or_for_a_role(question: str, name: str, role: str) -> None:
    assert name_asked(question) == name
    assert role_asked(question) == role
