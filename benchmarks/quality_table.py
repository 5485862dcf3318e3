"""The table of `benchmarks.quality`, between two marks of a Markdown page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.record import Run
from eval.report import number
from eval.text import grid

BEGIN, END = "<!-- quality: begin -->", "<!-- quality: end -->"

FIGURES = {
    "right": "right",
    "article nDCG@10": "article_ndcg_at_10",
    "passage hit@5": "hit_at_5",
    "EM": "short_em",
    "F1": "short_f1",
    "contains": "answer_contains",
    "cites gold": "citation_hits_gold",
    "carried": "citation_recall",
    "abstention F1": "abstention_f1",
    "answered": "answered_when_answerable",
}
"""Columns, and the metric of each (docs/evaluation.md)."""
OF_SEARCH = ("article_ndcg_at_10", "hit_at_5")
"""The metrics that a system which only searches has."""
WITH_INTERVAL = ("right", "article_ndcg_at_10")


@dataclass(frozen=True)
class Row:
    """One system on one set of questions."""

    asked: str
    system: str
    run: Run | None
    """None where the set could not be asked."""
    left_out: str = ""

    @property
    def searches_alone(self) -> bool:
        """Whether it gave no answer of any sort."""
        answers = [r.answer for r in self.run.records] if self.run else []
        return bool(answers) and not any(a and (a["text"] or a["abstained"]) for a in answers)


def write_table(page: Path, rows: Sequence[Row]) -> None:
    """Put the table of `rows` between the marks of `page`, which must have them."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{page} has no {BEGIN} … {END} to write between")
    page.write_text(f"{before}{BEGIN}\n\n{table(rows)}\n\n{END}{after}", encoding="utf-8")


def table(rows: Sequence[Row]) -> str:
    """Figures, then where each row comes from."""
    figures = grid(["", "system", "cases", *FIGURES, "p50 ms"], map(_figures, rows))
    origins = grid(
        ["", "system", "command", "commit", "models", "machine", "left out"], map(_origin, rows)
    )
    return f"{figures}\n\nWhere each row comes from:\n\n{origins}"


def _figures(row: Row) -> list[str]:
    if row.run is None:
        return [row.asked, row.left_out, "0", *("–" for _ in FIGURES), "–"]
    return [row.asked, row.system, *_values(row, row.run)]


def _values(row: Row, run: Run) -> Iterator[str]:
    summary, intervals = run.summary(), run.intervals()
    failed = f" ({summary['failed']} crashed)" if summary["failed"] else ""
    yield f"{summary['cases']}{failed}"
    for name in FIGURES.values():
        if row.searches_alone and name not in OF_SEARCH:
            yield "–"
            continue
        interval = intervals.get(name) if name in WITH_INTERVAL else None
        spread = f" ({interval[0]:.2f}–{interval[1]:.2f})" if interval else ""
        yield f"{number(summary[name])}{spread}"
    yield "–" if row.searches_alone else f"{summary['latency_p50_ms']:.0f}"


def _origin(row: Row) -> list[str]:
    if row.run is None:
        return [row.asked, "", "", "", "", "", row.left_out]
    origin = row.run.provenance
    models = ", ".join(f"{job} {name}" for job, name in origin.models.items())
    machine = f"{origin.machine['cores']} cores, {origin.machine['cpu']}"
    code = f"{origin.commit[:10]} (code {origin.code_hash}), {origin.date[:10]}"
    left = f"{origin.gold}; {row.left_out}".rstrip("; ")
    return [row.asked, row.system, f"`{origin.command}`", code, models, machine, left]
