"""A file of questions to a file of answers, in order, one JSON object a line; resumable."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import UserError
from ui.protocols import Assistant


def answer_batch(
    assistant: Assistant, questions: Path, out: Path, as_of: date | None = None
) -> tuple[int, int]:
    """Answer every line of `questions` into `out`; how many were answered, and were there already.

    A line is a JSON string, or an object with `question` and optionally `id` and `as_of`; what
    else it holds is ignored. A run that was cut off goes on where it stopped: a torn last line of
    `out` is dropped, and whole lines are kept when their questions agree.
    """
    asked = list(read_questions(questions))
    kept = _kept(out, [item["question"] for item in asked])
    with out.open("a", encoding="utf-8") as file:
        for item in asked[kept:]:
            day = date.fromisoformat(item["as_of"]) if item.get("as_of") else as_of
            answer = assistant.ask(item["question"], as_of=day).to_dict()
            row = {"id": item["id"], **answer} if "id" in item else answer
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
    return len(asked) - kept, kept


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a file. Raises UserError that names the line and what to mend."""
    if not path.is_file():
        raise UserError(f"{path}: no such file")
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise UserError(f"{path}:{number}: not JSON: {error.msg}") from None
        item = {"question": item} if isinstance(item, str) else item
        question = item.get("question") if isinstance(item, dict) else None
        if not isinstance(question, str) or not question.strip():
            raise UserError(f'{path}:{number}: no "question"')
        _check_day(item.get("as_of"), f"{path}:{number}")
        yield item


def _check_day(day: Any, place: str) -> None:
    try:
        if day is not None:
            date.fromisoformat(day)
    except (TypeError, ValueError):
        raise UserError(f'{place}: "as_of" must be a day as YYYY-MM-DD, not {day!r}') from None


def _kept(out: Path, questions: list[str]) -> int:
    """How many answers `out` holds already, after dropping a torn last line."""
    if not out.exists():
        return 0
    data = out.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    rows = whole.decode("utf-8").split("\n")[:-1]
    try:
        answered = [json.loads(row)["question"] for row in rows]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise UserError(f"{out} exists and is no file of answers: name another --out") from None
    if answered != questions[: len(answered)]:
        raise UserError(f"{out} answers other questions: name another --out or delete it")
    if len(whole) < len(data):
        out.write_bytes(whole)
    return len(answered)
