import pytest

from rag.condense import LLMCondenser, condense, points_back

DRONES = ("Which country has ordered drones from Iran?", "Russia has ordered 2,000 of them.")
HERON = ("What is Heron-2 meant to measure?", "The thickness of sea ice.")
WHO = ("Who chairs the inquiry?", "Amara Feld, a judge.")


@pytest.mark.parametrize(
    ("question", "history", "resolved"),
    [
        ("How much does it weigh?", [HERON], "How much does Heron-2 weigh?"),
        ("And what is its orbit?", [HERON], "What is Heron-2's orbit?"),
        ("When did she first visit the pit?", [WHO], "When did Amara Feld first visit the pit?"),
        (
            "And how many had been used by then?",
            [DRONES],
            "How many had been used by then (country ordered drones Iran)?",
        ),
        (
            "What about 2021?",
            [("How many came to Osmark in 2020?", "300")],
            "How many came to Osmark in 2021?",
        ),
        (
            "How much does it weigh?",
            [HERON, ("When will it fly?", "On 29 October.")],
            "How much does Heron-2 weigh?",
        ),
    ],
)
def test_what_points_back_is_resolved(
    question: str, history: list[tuple[str, str]], resolved: str
) -> None:
    assert condense(question, history) == resolved


@pytest.mark.parametrize(
    "question",
    [
        "How many puffins were counted on Gannet Holm?",
        "When did the Fennick mine flood?",
        "Who said that the bridge was closed?",
        "Is it possible to visit the tidal mill at Senlow?",
    ],
)
def test_what_stands_by_itself_is_left_alone(question: str) -> None:
    assert not points_back(question)
    assert condense(question, [HERON]) == question


def test_the_first_question_is_left_alone() -> None:
    assert condense("And how much does it weigh?", []) == "And how much does it weigh?"


class Model:
    """Answers every prompt with the same text, and keeps the prompts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.prompts: list[str] = []

    def complete(self, prompt: str) -> "Model":
        self.prompts.append(prompt)
        return self


def test_a_model_rewrites_what_points_back_only() -> None:
    model = Model("How heavy is Heron-2?\nIt is heavy.")
    ask = LLMCondenser(model)  # type: ignore[arg-type]
    assert ask("How heavy is it?", [HERON]) == "How heavy is Heron-2?"
    assert "The thickness of sea ice." in model.prompts[0]
    assert ask("When did the Fennick mine flood?", [HERON]) == "When did the Fennick mine flood?"
    assert len(model.prompts) == 1


@pytest.mark.parametrize("text", ["", "Jupiter orbits beyond distant Mars quietly.", "x" * 400])
def test_a_model_that_invents_is_not_heard(text: str) -> None:
    ask = LLMCondenser(Model(text))  # type: ignore[arg-type]
    assert ask("How much does it weigh?", [HERON]) == "How much does Heron-2 weigh?"
