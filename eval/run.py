"""A run: every case asked, scored and recorded, one JSON line each; resumable at any point."""

import hashlib
import json
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from eval.gold import Case, Library, case_from_dict
from eval.metrics import (
    Check,
    Scores,
    Target,
    abstention,
    bootstrap_interval,
    mean,
    percentile,
    score_case,
)
from ingest.errors import UserError
from rag.types import Answer, Hit

MEANS = (
    "right", "hit_at_1", "hit_at_5", "hit_at_10", "mrr", "short_em", "short_f1", "answer_contains",
    "date_correct", "report_date_given", "citation_support", "support_mean", "citation_verbatim",
    "citation_hits_gold", "answered_when_answerable",
)  # fmt: skip
"""The metrics that are means over the cases to which they apply."""

DEPTH = 10
"""How many passages are searched for a gold quote."""


class Assistant(Protocol):
    """What an evaluation needs of an assistant."""

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The answer to `question`, from articles published by `as_of` where it is given."""
        ...

    def search(self, question: str, k: int = 10, *, as_of: date | None = None) -> Sequence[Hit]:
        """The `k` best passages, best first."""
        ...


Condense = Callable[[str, Sequence[tuple[str, str]]], str]
"""A follow-up and the (question, answer) turns before it to a question that stands by itself."""


@dataclass(frozen=True)
class Record:
    """What became of one case."""

    case: Case
    answer: Mapping[str, Any] | None
    """`Answer.to_dict()`; None when the case crashed."""
    rank: int | None
    """Rank of the first gold passage among the 10 searched; None when it is not among them."""
    scores: Scores
    seconds: float
    """What `ask` took, wall clock."""
    error: str = ""
    """The exception that ended the case, with the line that raised it; empty when none did."""

    @property
    def abstained(self) -> bool:
        """Whether the assistant said that the articles do not say; a crash says nothing."""
        return self.answer is not None and bool(self.answer["abstained"])

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields in the order above."""
        return {
            "case": self.case.to_dict(),
            "answer": self.answer,
            "rank": self.rank,
            "scores": self.scores,
            "seconds": self.seconds,
            "error": self.error,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Record":
        """The record that `to_dict` wrote. Raises KeyError, TypeError or ValueError for another."""
        values = [record[name] for name in ("answer", "rank", "scores", "seconds", "error")]
        return cls(case_from_dict(record["case"]), *values)


@dataclass(frozen=True)
class Run:
    """The records of one gold set, in its order."""

    records: tuple[Record, ...]
    settings_hash: str = ""
    library_fingerprint: str = ""
    code_hash: str = ""
    articles: int = 0
    """How many articles the library held."""

    def summary(self) -> dict[str, Any]:
        """Every metric by its stable name (None where it applies to no case), and `by_kind`."""
        kinds = sorted({record.case.kind.value for record in self.records})
        by_kind = {
            kind: _summarize([r for r in self.records if r.case.kind == kind]) for kind in kinds
        }
        return {**_summarize(self.records), "by_kind": by_kind}

    def counts(self) -> dict[str, int]:
        """For each mean, how many cases it is taken over."""
        return {name: len(_values(self.records, name)) for name in MEANS}

    def intervals(self) -> dict[str, tuple[float, float] | None]:
        """For each mean, its 95% bootstrap interval over the cases; None for fewer than two."""
        return {name: bootstrap_interval(_values(self.records, name)) for name in MEANS}


def _summarize(records: Sequence[Record]) -> dict[str, float | int | None]:
    judged = abstention(_judgements(records))
    # A crash is quick: its time says nothing about answering.
    seconds = [record.seconds * 1000 for record in records if not record.error]
    return {
        "cases": len(records),
        "failed": sum(bool(record.error) for record in records),
        **{name: mean(_values(records, name)) for name in MEANS},
        "abstention_precision": judged.precision,
        "abstention_recall": judged.recall,
        "abstention_f1": judged.f1,
        "latency_p50_ms": percentile(seconds, 50),
        "latency_p95_ms": percentile(seconds, 95),
    }


def _values(records: Iterable[Record], name: str) -> list[float]:
    values = (record.scores.get(name) for record in records)
    return [value for value in values if value is not None]


def _judgements(records: Iterable[Record]) -> Iterator[tuple[bool, bool]]:
    for record in records:
        mended = not record.case.should_answer and not record.abstained and record.scores["right"]
        # A false premise answered with the words that contradict it is as good as abstaining.
        if not mended:
            yield record.abstained, not record.case.should_answer


def run_gold(
    cases: Sequence[Case],
    assistant: Assistant,
    library: Library,
    out: Path | None = None,
    on_case: Callable[[Record], None] | None = None,
    *,
    settings_hash: str = "",
    check: Check | None = None,
    condense: Condense | None = None,
) -> Run:
    """Ask every case and score it; each is appended to `out` as soon as it is done.

    Cases that `out` already holds with the same settings hash, library fingerprint, code and
    wording are taken from there, unless they crashed: those are asked again. `on_case` hears of
    every record, taken or new. `check` judges whether quotes carry a sentence
    (`rag.claims.check_claims` by default); without `condense`, follow-ups are asked as they
    stand. KeyboardInterrupt passes through and leaves `out` whole.

    Raises UserError for an id that occurs twice and for an `out` that holds something else.
    """
    name, times = next(iter(Counter(case.id for case in cases).most_common(1)), ("", 0))
    if times > 1:
        raise UserError(f"the gold set has {times} cases with the id {name}: give each its own")
    key = _Key(settings_hash, library.fingerprint(), code_hash())
    ask = _Asking(assistant, library, check or _default_check(), condense)
    done = _finished(out, key) if out else {}
    records = []
    with _log(out, key) if out else nullcontext(_forget) as write:
        for case in cases:
            record = done.get(case.id)
            if record is None or record.case != case:
                record = ask(case)
                write(record)
            records.append(record)
            if on_case:
                on_case(record)
    return Run(tuple(records), *key, articles=library.count())


def code_hash() -> str:
    """12 hex digits that change with any file of the packages that answer and score."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent
    for file in sorted(f for name in ("ingest", "rag", "eval") for f in (root / name).rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


class _Key(NamedTuple):
    """What must be the same for a record to be taken over."""

    settings_hash: str
    library_fingerprint: str
    code_hash: str
    """Else a run resumed after an edit would mix the answers and scores of two programs."""


@dataclass(frozen=True)
class _Asking:
    assistant: Assistant
    library: Library
    check: Check
    condense: Condense | None

    def __call__(self, case: Case) -> Record:
        began = time.perf_counter()
        try:
            question = self._standalone(case)
            answer = self.assistant.ask(question, as_of=case.as_of)
            seconds = time.perf_counter() - began
            hits = self.assistant.search(question, DEPTH, as_of=case.as_of) if case.quotes else ()
            scores = score_case(case, answer, hits, self.library, self.check)
        except Exception as error:  # noqa: BLE001 - a crash of any sort is a result, and counts
            seconds = time.perf_counter() - began
            scores = score_case(case, None, (), self.library, self.check)
            return Record(case, None, None, scores, seconds, _told(error))
        rank = Target.of(case, self.library).rank(hits)
        return Record(case, answer.to_dict(), rank, scores, seconds)

    def _standalone(self, case: Case) -> str:
        if self.condense is None or not case.history:
            return case.question
        return self.condense(case.question, [(t.question, t.answer) for t in case.history])


def _told(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"


def _default_check() -> Check:
    from rag.claims import check_claims

    return check_claims


def _forget(record: Record) -> None:
    """Stands in for the log when there is no file."""


_OPENING = b'{"settings_hash": '
"""How every line begins: what ends in a torn line that does not is not ours to cut."""


@contextmanager
def _log(out: Path, key: _Key) -> Iterator[Callable[[Record], None]]:
    """Appends records; each line is on the disk before the next case is asked."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("ab") as file:

        def write(record: Record) -> None:
            # float: a model's numpy scalars are numbers too.
            line = json.dumps(key._asdict() | record.to_dict(), ensure_ascii=False, default=float)
            # One write a line, so that an interrupt leaves either all of it or nothing.
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")
            file.flush()
            os.fsync(file.fileno())

        yield write


def _finished(out: Path, key: _Key) -> dict[str, Record]:
    """The records of `out` under `key` that did not crash, by case id; mends a torn last line."""
    content = out.read_bytes() if out.exists() else b""
    *lines, torn = content.split(b"\n")
    found = [_read(line, f"{out}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if torn:
        if not (torn.startswith(_OPENING) or _OPENING.startswith(torn)):
            raise _foreign(f"{out}:{len(lines) + 1}")
        with out.open("r+b") as file:
            file.truncate(len(content) - len(torn))
    latest = {record.case.id: record for other, record in found if other == key}
    return {name: record for name, record in latest.items() if not record.error}


def _read(line: bytes, place: str) -> tuple[_Key, Record]:
    try:
        fields = json.loads(line)
        return _Key(*(fields[name] for name in _Key._fields)), Record.from_dict(fields)
    except (ValueError, TypeError, KeyError) as error:
        raise _foreign(place) from error


def _foreign(place: str) -> UserError:
    return UserError(f"{place}: not a record of an evaluation run; write to another file")
