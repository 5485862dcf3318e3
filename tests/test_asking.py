"""What is only polite in front of a question is no part of it."""

import pytest

from rag.asking import names_something, without_courtesy


@pytest.mark.parametrize(
    ("asked", "plainly"),
    [
        ("Can you tell me how many were hurt?", "How many were hurt?"),
        ("could you please explain why it sank", "Why it sank"),
        ("Please, who opened the pier?", "Who opened the pier?"),
        ("I would like to know who opened the pier.", "Who opened the pier."),
        ("Tell me more about the pier", "Tell me more about the pier"),
        ("Do you know when the pier opened?", "Do you know when the pier opened?"),
        ("  Who opened the pier?", "Who opened the pier?"),
        ("Can you swim?", "Can you swim?"),
    ],
)
def test_courtesy_is_left_out(asked: str, plainly: str) -> None:
    assert without_courtesy(asked) == plainly


def test_words_that_ask_name_nothing() -> None:
    assert [w for w in ("timeline", "Compare", "what", "ferry") if names_something(w)] == ["ferry"]
