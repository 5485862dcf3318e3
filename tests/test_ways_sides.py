import pytest

from rag.question import read_question
from rag.ways.sides import sides_of


@pytest.mark.parametrize(
    ("question", "names", "first"),
    [
        ("Which is older, the pier or the mill?", ("pier", "mill"), "How old is the pier?"),
        (
            "Which drew more people, the men's or the women's final?",
            ("men's final", "women's final"),
            "How many people did the men's final draw?",
        ),
        (
            "Did the river stand higher in Orle or in Kirn?",
            ("Orle", "Kirn"),
            "How high did the river stand in Orle?",
        ),
        (
            "Are there more gulls or more terns on the pier?",
            ("gulls", "terns"),
            "How many gulls are there on the pier?",
        ),
        (
            "Who had more falls, the young or the old?",
            ("young", "old"),
            "How many falls did the young have?",
        ),
        (
            "Compare how long it took to build the pier and the mill.",
            ("pier", "mill"),
            "How long did it take to build the pier?",
        ),
        ("Compare the sales of Ek and Lund.", ("Ek", "Lund"), "What about the sales of Ek?"),
        (
            "Did more people die in Orle or in Kirn?",
            ("Orle", "Kirn"),
            "How many people died in Orle?",
        ),
        (
            "Compare what Velia and Ostria say about the dam.",
            ("Velia", "Ostria"),
            "What does Velia say about the dam?",
        ),
        (
            "What do Velia and Ostria say about the dam?",
            ("Velia", "Ostria"),
            "What does Velia say about the dam?",
        ),
        (
            "Compare the views of Ida Moe and Bruno Kast on the dam",
            ("Ida Moe", "Bruno Kast"),
            "What does Ida Moe say on the dam?",
        ),
        (
            "Which opened earlier, the pier or the mill?",
            ("pier", "mill"),
            "When did the pier open?",
        ),
        (
            "Which is cheaper to cross, the pier or the mill?",
            ("pier", "mill"),
            "How much does the pier cost to cross?",
        ),
        ("How do the pier and the mill differ?", ("pier", "mill"), "What about the pier?"),
        (
            "Compare the estimates of the owner and of the insurers.",
            ("estimates of the owner", "estimates of the insurers"),
            "",
        ),
        ("What is the difference between Orle and Kirn?", ("Orle", "Kirn"), "What about Orle?"),
        (
            "How many came in 2023 compared with 2024?",
            ("2023", "2024"),
            "How many came in 2023?",
        ),
        (
            "How many saw the men's final compared with the women's final of the Cup?",
            ("men's final of the Cup", "women's final of the Cup"),
            "How many saw the men's final of the Cup?",
        ),
    ],
)
def test_a_comparison_has_two_sides(question: str, names: tuple[str, str], first: str) -> None:
    sides = sides_of(read_question(question))
    assert sides is not None
    assert tuple(side.name for side in sides) == names
    assert not sides[0].stems & sides[1].stems
    if first:
        assert sides[0].question == first


def test_what_names_no_two_sides_has_none() -> None:
    assert sides_of(read_question("Which of the two piers is older?")) is None
    assert sides_of(read_question("Is the pier older or the pier?")) is None
