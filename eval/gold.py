"""Gold sets: questions with the answers and the exact words that should carry them."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from eval.filters import Filters
from ingest.errors import UserError

Span = tuple[int, int]
"""Start and end offsets into `Article.text`; the end is exclusive."""

Words = Annotated[str, Field(pattern=r"\S")]
"""A string with something in it."""


class Kind(StrEnum):
    """What sort of question a case asks; it decides what counts as right (docs/evaluation.md)."""

    FACT = "fact"
    DATE = "date"
    LIST = "list"
    COMPARISON = "comparison"
    SUMMARY = "summary"
    YES_NO = "yes_no"
    UNANSWERABLE = "unanswerable"
    FALSE_PREMISE = "false_premise"
    FOLLOW_UP = "follow_up"


_STRICT = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


@dataclass(frozen=True)
class Turn:
    """An earlier question of the same conversation, and what it was answered."""

    __pydantic_config__ = _STRICT

    question: Words
    answer: str


@dataclass(frozen=True)
class Source:
    """A gold article and the words in it that count."""

    __pydantic_config__ = _STRICT

    article: Words
    """URL or file name."""
    quotes: tuple[Words, ...] = ()
    """Exact words of the article; without any, the whole article counts."""
    relevance: Annotated[int, Field(ge=1)] = 1
    """How relevant the article is, for nDCG: 1 or more."""


@dataclass(frozen=True)
class Case:
    """One gold question; one line of a gold set."""

    __pydantic_config__ = _STRICT

    id: Words
    question: Words
    kind: Kind
    answers: tuple[Words, ...] = ()
    """Accepted short answers, any one of which is right; empty when none should be given."""
    article: Words | None = None
    """URL or file name of the gold article; None when no article answers the question."""
    quotes: tuple[Words, ...] = ()
    """Exact words of the gold article; a citation that overlaps one of them is right."""
    notes: str = ""
    history: tuple[Turn, ...] = ()
    """The conversation before a follow-up, oldest turn first."""
    as_of: date | None = None
    """Ask as if it were this day."""
    sources: tuple[Source, ...] = ()
    """Further gold articles, where one does not hold the whole answer."""
    filters: Filters | None = None
    """Ask among some articles only, as a reader who limits outlets or days does."""

    @property
    def gold(self) -> tuple[Source, ...]:
        """Every gold article with its quotes, `article` first."""
        first = (Source(self.article, self.quotes),) if self.article else ()
        return (*first, *self.sources)

    @property
    def has_quotes(self) -> bool:
        """Whether the gold is known to the word, and not only to the article."""
        return any(source.quotes for source in self.gold)

    @property
    def should_answer(self) -> bool:
        """True unless the question has no answer or rests on a false premise."""
        return self.kind not in (Kind.UNANSWERABLE, Kind.FALSE_PREMISE)

    @property
    def undated(self) -> bool:
        """True when the article reports the event and gives no date for it."""
        return self.kind is Kind.DATE and not self.answers and self.article is not None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form of a gold line, every field present."""
        return {
            "id": self.id,
            "question": self.question,
            "kind": self.kind.value,
            "answers": list(self.answers),
            "article": self.article,
            "quotes": list(self.quotes),
            "notes": self.notes,
            "history": [{"question": t.question, "answer": t.answer} for t in self.history],
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "sources": [
                {"article": s.article, "quotes": list(s.quotes), "relevance": s.relevance}
                for s in self.sources
            ],
            "filters": self.filters.to_dict() if self.filters else None,
        }


_ADAPTER: TypeAdapter[Case] = TypeAdapter(Case)


def load_gold(path: Path) -> list[Case]:
    """Read a gold set in JSON Lines (UTF-8, one case a line, blank lines allowed), in file order.

    Raises `UserError` naming file and line for the first line that is not a valid case, and for a
    file that cannot be read or holds no case.
    """
    cases = []
    for number, line in gold_lines(path):
        try:
            cases.append(parse_case(line))
        except ValueError as error:
            raise UserError(f"{path}:{number}: {error}") from error
    return cases


def gold_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a gold set that are not blank, each with its number from 1.

    Raises `UserError` for a file that cannot be read or holds no case.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot read the gold set: {error}") from error
    if not text.strip():
        raise UserError(f"{path}: holds no case; write one JSON object a line (docs/evaluation.md)")
    # Not splitlines(): a quote may hold U+2028, which is no line end in JSON Lines.
    return ((n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip())


def write_gold(path: Path, cases: Iterable[Case]) -> int:
    """Write `cases` as a gold set, fields at their defaults left out; returns how many.

    Each is on the disk before the next is asked for: a slow model may be interrupted.
    Raises `UserError` rather than write over a file that is there.
    """
    if path.exists():
        raise UserError(f"{path} exists: name another file, or move it away")
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("x", encoding="utf-8") as file:
        for case in cases:
            print(json.dumps(_brief(case), ensure_ascii=False), file=file, flush=True)
            count += 1
    return count


def _brief(case: Case) -> dict[str, Any]:
    return {name: value for name, value in case.to_dict().items() if value not in ([], "", None)}


def case_from_dict(record: Mapping[str, Any]) -> Case:
    """The case that `Case.to_dict` wrote. Raises pydantic's `ValidationError`, a `ValueError`."""
    return _ADAPTER.validate_json(json.dumps(record))


def parse_case(line: str) -> Case:
    """One line of a gold set. Raises ValueError that says what to mend."""
    try:
        case = _ADAPTER.validate_json(line)
    except ValidationError as error:
        raise ValueError(_explain(error.errors(include_url=False)[0])) from error
    if problem := _contradiction(case):
        raise ValueError(problem)
    return case


def _explain(error: ErrorDetails) -> str:
    name = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "json_invalid":
            return f"not JSON ({error['msg']}); write one object on one line"
        case "missing":
            return f"`{name}` is missing; add it"
        case "unexpected_keyword_argument":
            inside = Filters if name.startswith("filters.") else Case
            known = [field.name for field in fields(inside)]
            near = difflib.get_close_matches(name.rpartition(".")[2], known, n=1)
            return f"unknown field `{name}`; " + (f"use `{near[0]}`" if near else "remove it")
        case "string_pattern_mismatch":
            return f"`{name}` is empty; write it out or leave it away"
        case _:
            return f"`{name}`: {error['msg']}" if name else f"{error['msg']}; write a JSON object"


def _contradiction(case: Case) -> str:
    if case.quotes and case.article is None:
        return "`quotes` without `article`; name the article they stand in"
    if case.kind is Kind.UNANSWERABLE and case.answers:
        return "an unanswerable case has `answers`; empty them or change `kind`"
    if case.sources and case.article is None:
        return "`sources` without `article`; name the first one in `article`"
    if case.should_answer and not case.answers and not case.gold:
        return "neither `answers` nor `article`: nothing to check an answer against; add one"
    if case.undated and not case.quotes:
        return "an undated event needs the `quotes` that report it"
    return case.filters.problem() if case.filters else ""


def find_spans(text: str, quotes: Iterable[str]) -> list[Span]:
    """Where the quotes stand in `text`, every occurrence, sorted and without duplicates."""
    spans = set()
    for quote in quotes:
        start = text.find(quote) if quote else -1
        while start >= 0:
            spans.add((start, start + len(quote)))
            start = text.find(quote, start + 1)
    return sorted(spans)


def gold_schema() -> dict[str, Any]:
    """The JSON Schema of one line; `eval/gold.schema.json` is this, written out."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_ADAPTER.json_schema()}
