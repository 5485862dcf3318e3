"""Several questions in one, told apart, each as it stands alone."""

import pytest

from rag.ways.parts import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When did Ida Moe die and how old was she?",
            ["When did Ida Moe die?", "How old was Ida Moe?"],
        ),
        (
            "Did Velia send tanks? Who says so?",
            ["Did Velia send tanks?", "Who says so (Velia send tanks)?"],
        ),
        ("When and where was it built?", []),
        ("I read that Velia sent tanks. Is that true?", []),
        ("What did the police and what did the firemen say?", []),
        ("Which is longer, the pier or the mill?", []),
        ("Who said that the doors were open?", []),
    ],
)
def test_the_questions_in_one(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts
