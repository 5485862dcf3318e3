import json
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import UserError
from rag.types import Answer
from ui.batch import answer_batch


class Echo:
    """Answers with the question, and counts how often it was asked."""

    def __init__(self, fail_at: int = -1) -> None:
        self.asked: list[tuple[str, date | None]] = []
        self._fail_at = fail_at

    def ask(
        self, question: str, *, as_of: date | None = None, on_sentence: object = None
    ) -> Answer:
        if len(self.asked) == self._fail_at:
            raise KeyboardInterrupt
        self.asked.append((question, as_of))
        return Answer(question, as_of=as_of)

    def search(self, question: str, k: int = 10) -> list[object]:
        return []


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '"First?"\n\n{"id": "q2", "question": "Second?", "as_of": "2024-05-01"}\n'
        '{"question": "Third?", "kind": "fact"}\n'
    )
    return path


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_answers_come_in_order(questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    echo = Echo()
    assert answer_batch(echo, questions, out, date(2025, 1, 1)) == (3, 0)
    assert [row["question"] for row in rows(out)] == ["First?", "Second?", "Third?"]
    assert rows(out)[1]["id"] == "q2"
    assert [day for _, day in echo.asked] == [
        date(2025, 1, 1), date(2024, 5, 1), date(2025, 1, 1),
    ]  # fmt: skip


def test_an_interrupted_run_goes_on(questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    with pytest.raises(KeyboardInterrupt):
        answer_batch(Echo(fail_at=1), questions, out)
    with out.open("a") as file:
        file.write('{"question": "Sec')  # a torn line
    assert answer_batch(Echo(), questions, out) == (2, 1)
    assert [row["question"] for row in rows(out)] == ["First?", "Second?", "Third?"]
    assert answer_batch(Echo(), questions, out) == (0, 3)


@pytest.mark.parametrize(
    ("line", "told"),
    [("{", ":1: not JSON"), ("{}", ":1: no"), ("3", ":1: no"),
     ('{"question": "x", "as_of": "May"}', "as_of")],
)  # fmt: skip
def test_a_bad_line_is_named_before_anything_is_asked(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line)
    echo = Echo()
    with pytest.raises(UserError, match=told):
        answer_batch(echo, path, tmp_path / "out.jsonl")
    assert echo.asked == []


def test_answers_to_other_questions_are_not_overwritten(questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    out.write_text('{"question": "Something else?"}\n')
    with pytest.raises(UserError, match="other questions"):
        answer_batch(Echo(), questions, out)
    out.write_text("no answers\n")
    with pytest.raises(UserError, match="no file of answers"):
        answer_batch(Echo(), questions, out)
    assert out.read_text() == "no answers\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        answer_batch(Echo(), tmp_path / "missing.jsonl", tmp_path / "out.jsonl")
