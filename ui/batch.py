"""A file of questions to a file of answers, in order, one JSON object a line; resumable."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import UserError
from rag.scope import Scope
from ui.protocols import Assistant


def answer_batch(
    assistant: Assistant,
    questions: Path,
    out: Path,
    as_of: date | None = None,
    scope: Scope | None = None,
) -> tuple[int, int]:
    """Answer every line of `questions` into `out`; how many were answered, and were there already.

    A line is a JSON string, or an object with `question` and optionally `id`, `as_of` and limits
    (`sources`, `since`, `until`, `language`, `collections`), which go before `as_of` and `scope`;
    what else it holds is ignored. A run that was cut off goes on where it stopped: a torn last
    line of `out` is dropped, and whole lines are kept when their questions agree.
    """
    asked = list(read_questions(questions))
    kept = _kept(out, [item["question"] for item in asked])
    with out.open("a", encoding="utf-8") as file:
        for item in asked[kept:]:
            day, limits = _day(item, "as_of") or as_of, _limits(item).over(scope or Scope())
            answer = assistant.ask(item["question"], as_of=day, scope=limits).to_dict()
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
        _check(item, f"{path}:{number}")
        yield item


def _check(item: dict[str, Any], place: str) -> None:
    for key in ("as_of", "since", "until"):
        try:
            _day(item, key)
        except (TypeError, ValueError):
            said = f'"{key}" must be a day as YYYY-MM-DD, not {item[key]!r}'
            raise UserError(f"{place}: {said}") from None
    for key, what in (("sources", "outlets"), ("collections", "names")):
        names = item.get(key) or []
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise UserError(f'{place}: "{key}" must be a list of {what}, not {names!r}')
    if not isinstance(item.get("language") or "", str):
        raise UserError(f'{place}: "language" must be a code such as "en"')


def _day(item: dict[str, Any], key: str) -> date | None:
    return date.fromisoformat(item[key]) if item.get(key) is not None else None


def _limits(item: dict[str, Any]) -> Scope:
    return Scope(
        tuple(item.get("sources") or ()),
        _day(item, "since"),
        _day(item, "until"),
        item.get("language") or "",
        collections=tuple(item.get("collections") or ()),
    )


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
