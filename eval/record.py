"""What became of each case, and what that adds up to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.calibration import abstention, calibration_error, coverage_errors, reliability
from eval.gold import Case, case_from_dict
from eval.provenance import UNKNOWN, Provenance
from eval.scores import MEANS, Scores
from eval.statistics import bootstrap_interval, bootstrap_of, mean, percentile

Interval = tuple[float, float] | None


@dataclass(frozen=True)
class Record:
    """What became of one case."""

    case: Case
    answer: Mapping[str, Any] | None
    """`Answer.to_dict()` of the first ask; None when it crashed."""
    hits: Sequence[Mapping[str, Any]]
    """The passages found, `Hit.to_dict()` with `passage_id` and `gold`; [] after a crash."""
    scores: Scores
    """Means over the asks."""
    seconds: float
    """What the first `ask` took, wall clock."""
    error: str = ""
    """The exception that ended an ask, with the line that raised it; empty when none did."""
    samples: tuple[Scores, ...] = ()
    """The scores of each ask, where the question was asked more than once."""

    @property
    def abstained(self) -> bool:
        """Whether the assistant said that the articles do not say; a crash says nothing."""
        return self.answer is not None and bool(self.answer["abstained"])

    @property
    def right(self) -> bool:
        """Whether the answer of every ask was right."""
        return self.scores["right"] == 1.0

    @property
    def rank(self) -> int | None:
        """Rank of the first gold passage among `hits`; None when it is not among them."""
        return next((n for n, hit in enumerate(self.hits, 1) if hit["gold"]), None)

    def asks(self, name: str) -> list[float]:
        """One metric in each ask; empty where it does not apply."""
        values = (scores.get(name) for scores in self.samples or (self.scores,))
        return [value for value in values if value is not None]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields in the order above."""
        return {
            "case": self.case.to_dict(),
            "answer": self.answer,
            "hits": list(self.hits),
            "scores": self.scores,
            "seconds": self.seconds,
            "error": self.error,
            "samples": list(self.samples),
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Record":
        """The record that `to_dict` wrote. Raises KeyError, TypeError or ValueError for another."""
        return cls(
            case_from_dict(record["case"]),
            record["answer"],
            record["hits"],
            record["scores"],
            record["seconds"],
            record["error"],
            tuple(record["samples"]),
        )


@dataclass(frozen=True)
class Run:
    """The records of one gold set, in its order, and where they come from."""

    records: tuple[Record, ...]
    provenance: Provenance = UNKNOWN

    def summary(self) -> dict[str, Any]:
        """Every metric by its stable name (None where it applies to no case), and `by_kind`."""
        kinds = sorted({record.case.kind.value for record in self.records})
        by_kind = {
            kind: _summarize([r for r in self.records if r.case.kind == kind]) for kind in kinds
        }
        memory = {"memory_mb": self.provenance.memory_mb}
        return {**_summarize(self.records), **memory, "by_kind": by_kind}

    def counts(self) -> dict[str, int]:
        """For each mean, how many cases it is taken over."""
        return {name: len(values(self.records, name)) for name in MEANS}

    def intervals(self) -> dict[str, Interval]:
        """For each mean and for abstention, the 95% bootstrap interval over the cases."""
        means = {name: bootstrap_interval(values(self.records, name)) for name in MEANS}
        pairs = np.array(list(judgements(self.records)), dtype=float).reshape(-1, 2)
        return means | {
            f"abstention_{name}": bootstrap_of(_abstention_of(pairs, name), len(pairs))
            for name in ("precision", "recall", "f1")
        }

    def kind_intervals(self) -> dict[str, Interval]:
        """For each kind, the 95% bootstrap interval of `right`."""
        kinds = sorted({record.case.kind.value for record in self.records})
        return {
            kind: bootstrap_interval(
                values([r for r in self.records if r.case.kind == kind], "right")
            )
            for kind in kinds
        }

    def stages(self) -> dict[str, dict[str, float | None]]:
        """For each stage of an answer, the 50th and 95th percentile of its milliseconds."""
        timings = [r.answer["timings"] for r in self.records if r.answer is not None]
        names = list(dict.fromkeys(name for timing in timings for name in timing))
        found = {name: [t[name] * 1000 for t in timings if name in t] for name in names}
        return {
            name: {"p50_ms": percentile(ms, 50), "p95_ms": percentile(ms, 95)}
            for name, ms in found.items()
        }

    def curves(self) -> dict[str, list[Any]]:
        """Of the answered cases: the coverage-error points and the reliability bins."""
        judged = confidences(self.records)
        points = coverage_errors(judged, len(self.records))
        return {
            "coverage_error": [list(point) for point in points],
            "reliability": [group._asdict() for group in reliability(judged)],
        }


def values(records: Iterable[Record], name: str) -> list[float]:
    """One metric of every case that it applies to."""
    found = (record.scores.get(name) for record in records)
    return [value for value in found if value is not None]


def confidences(records: Iterable[Record]) -> list[tuple[float, bool]]:
    """The confidence of every answered case, and whether it was right."""
    return [
        (float(r.answer["confidence"]), r.right)
        for r in records
        if r.answer is not None and not r.abstained
    ]


def judgements(records: Iterable[Record]) -> Iterator[tuple[bool, bool]]:
    """Whether each case was met with an abstention, and whether it should have been."""
    for record in records:
        mended = not record.case.should_answer and not record.abstained and record.scores["right"]
        # A false premise answered with the words that contradict it is as good as abstaining.
        if not mended:
            yield record.abstained, not record.case.should_answer


def _summarize(records: Sequence[Record]) -> dict[str, Any]:
    judged = abstention(judgements(records))
    # A crash is quick: its time says nothing about answering.
    answered = [record for record in records if record.answer is not None]
    seconds = [record.seconds * 1000 for record in answered]
    usage = [r.answer["usage"] for r in answered if r.answer is not None]
    tokens = {
        name: mean([float(used.get(name, 0)) for used in usage])
        for name in ("prompt_tokens", "completion_tokens")
    }
    return {
        "cases": len(records),
        "failed": sum(bool(record.error) for record in records),
        **{name: mean(values(records, name)) for name in MEANS},
        "abstention_precision": judged.precision,
        "abstention_recall": judged.recall,
        "abstention_f1": judged.f1,
        "calibration_error": calibration_error(confidences(records)),
        "latency_p50_ms": percentile(seconds, 50),
        "latency_p95_ms": percentile(seconds, 95),
        **tokens,
    }


def _abstention_of(pairs: Any, name: str) -> Any:
    """Precision, recall or F1 of the pairs in each row of row numbers; NaN where undefined."""

    def of(rows: Any) -> Any:
        did, due = pairs[rows, 0], pairs[rows, 1]
        both, did_all, due_all = (did * due).sum(axis=1), did.sum(axis=1), due.sum(axis=1)
        below = {"precision": did_all, "recall": due_all, "f1": (did_all + due_all) / 2}[name]
        return np.divide(both, below, out=np.full(len(rows), np.nan), where=below > 0)

    return of
