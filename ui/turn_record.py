"""A turn as JSON and back, exactly as it was; fields that came later have their defaults."""

import json
from dataclasses import fields, replace
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from ingest.types import Article, Passage
from rag.types import Answer, Hit
from ui.turn import Turn


def turn_record(turn: Turn) -> str:
    """`turn` as one JSON object."""
    record = _written(turn)
    record["answer"] = _answer_record(turn.answer) if turn.answer else None
    return json.dumps(record, ensure_ascii=False)


def read_turn(record: str) -> Turn:
    """The turn that `turn_record` wrote."""
    kept = json.loads(record)
    answer = kept.pop("answer", None)
    turn = Turn(**_read(Turn, kept))
    return replace(turn, answer=_read_answer(answer)) if answer else turn


def _answer_record(answer: Answer) -> dict[str, Any]:
    record = _written(answer)
    record["nearest"] = [_hit_record(hit) for hit in answer.nearest]
    return record


def _read_answer(kept: dict[str, Any]) -> Answer:
    nearest = tuple(_read_hit(hit) for hit in kept.pop("nearest", ()))
    return Answer(**_read(Answer, kept), nearest=nearest)


def _hit_record(hit: Hit) -> dict[str, Any]:
    # The whole article is kept once, beside the conversation; the reader's vectors nowhere.
    article = replace(hit.article, text="")
    return {
        "passage": _adapter(Passage).dump_python(hit.passage, mode="json"),
        "article": article.to_dict(),
        "score": hit.score,
        "signals": dict(hit.signals),
    }


def _read_hit(kept: dict[str, Any]) -> Hit:
    passage = _adapter(Passage).validate_python(kept["passage"])
    article = _adapter(Article).validate_python(kept["article"])
    return Hit(passage, article, kept["score"], kept["signals"])


def _written(kept: Any) -> dict[str, Any]:
    kind: Any = type(kept)
    known = _adapters(kind)
    return {name: known[name].dump_python(getattr(kept, name), mode="json") for name in known}


def _read(kind: Any, kept: dict[str, Any]) -> dict[str, Any]:
    known = _adapters(kind)
    return {name: known[name].validate_python(kept[name]) for name in known if name in kept}


@cache
def _adapters(kind: Any) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(kind)
    by_hand = {"answer", "nearest"}  # a hit holds what its reader saw, which is no JSON
    names = [field.name for field in fields(kind) if field.name not in by_hand]
    return {name: TypeAdapter(hints[name]) for name in names}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
