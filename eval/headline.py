"""The figures at the top of the report, with their intervals and how far they moved."""

from collections.abc import Mapping
from html import escape
from typing import Any

from eval.compare import Comparison
from eval.record import Run

HEADLINES = {
    "right": "right",
    "ndcg_at_10": "passages found (nDCG@10)",
    "citation_recall": "sentences carried by their quotes",
    "citation_hits_gold": "citations on gold words",
    "answered_when_answerable": "answerable questions answered",
    "abstention_f1": "abstention (F1)",
    "calibration_error": "calibration error",
    "latency_p50_ms": "median time of a question",
}
"""The figures at the top: metric and what it is called there."""


def figures(
    report: Mapping[str, Any], baseline: Run | None, compared: Comparison | None
) -> list[str]:
    """Each of `HEADLINES` that the run has, as HTML, with how far it moved from `baseline`."""
    summary, old = report["summary"], baseline.summary() if baseline else {}
    paired = {d.metric: d for d in compared.metrics} if compared else {}
    found = []
    for name, label in HEADLINES.items():
        if (value := summary[name]) is None:
            continue
        moved = ""
        if name in paired:
            # Over the questions to which it applies in both, unlike the figure itself.
            moved = _difference(name, paired[name].delta, paired[name].significant)
        elif (before := old.get(name)) is not None:
            moved = _difference(name, value - before, False)
        below = _cost(summary) if name == "latency_p50_ms" else ""
        found.append(_figure(name, label, value, report["intervals"].get(name), moved, below))
    return found


def _cost(summary: Mapping[str, Any]) -> str:
    """What stands below the median time: the slow end, and what it took."""
    parts = [f"95% within {_time(summary['latency_p95_ms'])}"] if summary["latency_p95_ms"] else []
    tokens = (summary["prompt_tokens"] or 0) + (summary["completion_tokens"] or 0)
    parts += [f"{tokens:.0f} tokens a question"] if tokens else []
    parts += [f"{summary['memory_mb'] / 1000:.1f} GB of memory"] if summary["memory_mb"] else []
    return f"<em>{escape('; '.join(parts))}</em>"


def _time(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def _figure(name: str, label: str, value: float, interval: Any, moved: str, below: str = "") -> str:
    shown, spread = _shown(name, value), below
    if interval:
        low, high = (100 * bound for bound in interval)
        where = f"--low:{low:.1f}%;--high:{high:.1f}%;--at:{100 * value:.1f}%"
        spread = f'<span class="range" style="{where}"></span><em>{low:.0f} to {high:.0f}%</em>'
    return f'<div class="figure"><b>{shown}</b>{moved}<p>{escape(label)}</p>{spread}</div>'


def _shown(name: str, value: float) -> str:
    if name == "latency_p50_ms":
        number, unit = _time(value).split()
        return f"{number}<small> {unit}</small>"
    if name == "calibration_error":
        return f"{value:.2f}"
    return f"{100 * value:.0f}<small>%</small>"


def _difference(name: str, moved: float, significant: bool) -> str:
    """How far a figure moved; a star says that chance is ruled out."""
    if name == "latency_p50_ms":
        text = f"{'+' if moved > 0 else '−' if moved < 0 else ''}{_time(abs(moved))}"
    else:
        text = f"{moved:+.2f}" if name == "calibration_error" else f"{100 * moved:+.1f}"
    gain = moved < 0 if name in ("latency_p50_ms", "calibration_error") else moved > 0
    kind = "same" if moved == 0 else "gain" if gain else "loss"
    return f'<i class="{kind}">{text}{" *" if significant else ""}</i>'
