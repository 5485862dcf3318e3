"""One run for each value of a setting, side by side."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import product

from eval.compare import compare
from eval.page import styles
from eval.plots import sweep_plot
from eval.record import Interval, Run
from eval.report import number
from eval.text import grid
from ingest.errors import UserError

SWEPT = ("right", "ndcg_at_10", "citation_hits_gold", "answered_when_answerable", "abstention_f1")
"""The metrics of the table; the first four are plotted."""

SHAPE_THE_LIBRARY = ("library", "embedding", "passages", "jsonl", "chroma_url")
"""Settings that another library would be needed for."""

Values = Mapping[str, str]
"""A value for each swept setting, by its dotted name."""


def combinations(chosen: Sequence[str], most: int = 50) -> list[dict[str, str]]:
    """`["answer.threshold=0.4,0.5"]` to a dictionary for each combination of the values.

    Raises UserError for another form, for a setting that shapes the library, and for more than
    `most` combinations.
    """
    axes = []
    for text in chosen:
        name, equals, values = text.partition("=")
        parts = [value.strip() for value in values.split(",") if value.strip()]
        if not equals or not parts or "." not in name:
            raise UserError(f"--set {text}: write section.key=value,value")
        if name.split(".")[0] in SHAPE_THE_LIBRARY:
            raise UserError(
                f"--set {name}: this shapes the library; ingest into one library for each value "
                "and compare the runs"
            )
        axes.append([(name.strip(), value) for value in parts])
    found = [dict(chosen) for chosen in product(*axes)]
    if len(found) > most:
        raise UserError(f"{len(found)} combinations, {most} at most: sweep fewer values")
    return found


def nested(values: Values) -> dict[str, dict[str, str]]:
    """`{"answer.threshold": "0.4"}` as the settings take it: `{"answer": {"threshold": "0.4"}}`."""
    found: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        section, _, key = name.partition(".")
        found.setdefault(section, {})[key] = value
    return found


def label(values: Values) -> str:
    """The values in a few words, as in `threshold=0.4`."""
    return ", ".join(f"{name.rpartition('.')[2]}={value}" for name, value in values.items())


def rows(runs: Mapping[str, Run]) -> list[list[str]]:
    """For each run its label and `SWEPT`, a star where it differs from the first beyond chance."""
    first = next(iter(runs.values()))
    table = []
    for name, run in runs.items():
        clear = {d.metric for d in compare(first, run).metrics if d.significant}
        summary = run.summary()
        marked = (number(summary[m]) + ("*" if m in clear else "") for m in SWEPT)
        table.append([name, *marked, number(summary["latency_p50_ms"])])
    return table


HEAD = ("setting", *(metric.replace("_", " ") for metric in SWEPT), "p50 ms")


def to_markdown(runs: Mapping[str, Run]) -> str:
    """The table for a page."""
    return grid(HEAD, rows(runs)) + "\n\n\\* differs from the first row beyond chance\n"


def to_html(runs: Mapping[str, Run], title: str) -> str:
    """The table and a plot with 95% intervals, in one file that opens offline."""
    series: dict[str, list[tuple[float, Interval]]] = {}
    known = [(run.summary(), run.intervals()) for run in runs.values()]
    for metric in SWEPT[:4]:
        found = [(summary[metric], intervals[metric]) for summary, intervals in known]
        if all(value is not None for value, _ in found):
            series[metric] = found
    plot = sweep_plot([name.rpartition("=")[2] for name in runs], series, title)
    cells = [f"<tr>{''.join(f'<th>{escape(text)}</th>' for text in HEAD)}</tr>"]
    cells += [f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in rows(runs)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Sweep · {escape(title)}</title><style>{styles()}</style></head><body>"
        f"<header><h1>{escape(title)}</h1><p>{len(runs)} runs; * differs from the first beyond "
        f'chance</p></header><section class="plots sweep"><figure>{plot}</figure></section>'
        f'<div class="scroll"><table>{"".join(cells)}</table></div></body></html>\n'
    )
