"""What a run found, as one JSON-ready dictionary; `eval.text` and `eval.page` show it."""

from dataclasses import asdict
from typing import Any

from eval.record import Record, Run
from eval.scores import MEANS

OVERALL = (
    "cases", "failed", *MEANS, "abstention_precision", "abstention_recall", "abstention_f1",
    "calibration_error", "latency_p50_ms", "latency_p95_ms", "prompt_tokens", "completion_tokens",
    "memory_mb",
)  # fmt: skip
"""The rows of the table of metrics, in this order."""

BY_KIND = ("cases", "failed", "right", "hit_at_5", "short_f1", "citation_hits_gold")
"""The columns of the table by kind."""

FAILURE = ("id", "kind", "question", "expected", "answered")
"""The columns of the table of failures."""


def to_dict(run: Run) -> dict[str, Any]:
    """The report: provenance, summary, counts, intervals, stages, curves, failures."""
    return {
        "provenance": asdict(run.provenance),
        "summary": run.summary(),
        "counts": run.counts(),
        "intervals": run.intervals(),
        "kind_intervals": run.kind_intervals(),
        "stages": run.stages(),
        "curves": run.curves(),
        "failures": [_failure(record) for record in run.records if not record.right],
    }


def _failure(record: Record) -> dict[str, Any]:
    return {
        "id": record.case.id,
        "kind": record.case.kind.value,
        "question": record.case.question,
        "expected": expected(record),
        "answered": answered(record),
        "rank": record.rank,
        "error": record.error,
    }


def expected(record: Record) -> str:
    """What would have been right, in a few words."""
    case = record.case
    if case.answers:
        return case.answers[0]
    if case.should_answer:
        if case.undated:
            return "the event, without a date"
        words = "the gold quotes" if case.has_quotes else "the gold article"
        return f"an answer citing {words}"
    contradiction = case.has_quotes and not case.should_answer
    return "no answer, or the words that contradict it" if contradiction else "no answer"


def answered(record: Record) -> str:
    """What was said, the short answer first."""
    if record.answer is None:
        return f"crashed: {record.error}"
    short, text = record.answer["short"], record.answer["text"]
    said = f"{short}: {text}" if short else text
    return f"abstained: {said}" if record.abstained else said


def number(value: float | int | None) -> str:
    """A metric as it is printed: three decimals of a share, one of anything larger."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:.1f}"
