import json
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import UserError
from rag.scope import Scope
from rag.types import Answer, Hit
from ui.batch import answer_batch


class Echo:
    """Answers with the question, and counts how often it was asked."""

    def __init__(self, fail_at: int = -1) -> None:
        self.asked: list[tuple[str, date | None]] = []
        self.scopes: list[Scope | None] = []
        self._fail_at = fail_at

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: object = (),
        scope: Scope | None = None,
        on_sentence: object = None,
    ) -> Answer:
        if len(self.asked) == self._fail_at:
            raise KeyboardInterrupt
        self.asked.append((question, as_of))
        self.scopes.append(scope)
        return Answer(question, as_of=as_of)

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        as_of: date | None = None,
        scope: Scope | None = None,
    ) -> list[Hit]:
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


def test_limits_of_a_line_go_before_those_of_the_run(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '"First?"\n{"question": "Second?", "sources": ["Post"], "since": "2024-05-01"}\n'
    )
    echo = Echo()
    given = Scope(("Wire",), until=date(2024, 6, 1))
    answer_batch(echo, path, tmp_path / "out.jsonl", scope=given)
    assert echo.scopes == [given, Scope(("Post",), date(2024, 5, 1), date(2024, 6, 1))]


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ('"until": "soon"', r':1: "until" must be a day as YYYY-MM-DD'),
        ('"sources": "Post"', r':1: "sources" must be a list of outlets'),
        ('"language": 3', r':1: "language" must be a code'),
    ],
)
def test_a_bad_limit_is_named(tmp_path: Path, field: str, says: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"question": "First?", {field}}}\n')
    with pytest.raises(UserError, match=says):
        answer_batch(Echo(), path, tmp_path / "out.jsonl")
