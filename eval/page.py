"""The report as one HTML file that opens offline: figures, plots, and every question."""

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from eval.compare import Comparison, compare
from eval.headline import figures
from eval.passages import question_html
from eval.plots import coverage_plot, kind_plot, latency_plot, reliability_plot
from eval.record import Record, Run
from eval.report import OVERALL, number, to_dict

# No request of any sort: whatever an article or a model wrote cannot call home.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def to_html(run: Run, baseline: Run | None = None) -> str:
    """The whole page. With `baseline`, every figure and question shows the difference to it."""
    report, compared = to_dict(run), compare(baseline, run) if baseline else None
    body = [
        _masthead(report, baseline),
        _comparison(compared) if compared else "",
        f'<section class="figures">{"".join(figures(report, baseline, compared))}</section>',
        f'<section class="plots">{"".join(_plots(run, report, baseline))}</section>',
        _questions(run, baseline),
        _metrics(report),
        _provenance(report),
    ]
    title = escape(run.provenance.name or "Evaluation")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · Byline evaluation</title><style>{styles()}</style></head>"
        f"<body>{''.join(body)}<script>{_asset('report.js')}</script></body></html>\n"
    )


def styles() -> str:
    """The colours of the chat page, and what the reports make of them."""
    return _asset("colours.css") + _asset("report.css")


def _asset(name: str) -> str:
    return files("eval").joinpath("assets", name).read_text(encoding="utf-8")


def _masthead(report: Mapping[str, Any], baseline: Run | None) -> str:
    origin, summary = report["provenance"], report["summary"]
    facts = [
        f"{summary['cases']} questions",
        f"{origin['articles']} articles",
        origin["date"][:10],
        f"commit {origin['commit'][:10]}" if origin["commit"] else "",
        ", ".join(origin["models"].values()),
    ]
    if baseline:
        facts.append(f"against {baseline.provenance.name}")
    failed = f'<p class="alarm">{summary["failed"]} crashed</p>' if summary["failed"] else ""
    line = " · ".join(escape(fact) for fact in facts if fact)
    name = escape(origin["name"] or "Evaluation")
    return f"<header><h1>{name}</h1><p>{line}</p>{failed}</header>"


def _comparison(found: Comparison) -> str:
    won = sum(change.won for change in found.changes)
    lost = len(found.changes) - won
    clear = [d.metric for d in found.metrics if d.significant]
    told = ", ".join(name.replace("_", " ") for name in clear) if clear else "no metric"
    lines = [*found.changed, *found.warnings]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return (
        f'<section class="against"><p><b>{won}</b> questions won and <b>{lost}</b> lost against '
        f"{escape(found.a)}. Beyond chance (paired permutation test, Holm, 5%): {escape(told)}.</p>"
        f"<ul>{items}</ul></section>"
    )


def _plots(run: Run, report: Mapping[str, Any], baseline: Run | None) -> list[str]:
    curves, kinds = report["curves"], report["summary"]["by_kind"]
    old = baseline.curves()["coverage_error"] if baseline else []
    times = [_seconds(r) for r in (run, baseline) if r]
    plots = {
        "By kind of question": kind_plot(
            {kind: summary["right"] or 0.0 for kind, summary in kinds.items()},
            {kind: summary["cases"] for kind, summary in kinds.items()},
            report["kind_intervals"],
        ),
        "What abstaining buys": coverage_plot(curves["coverage_error"], old),
        "Is its confidence to be believed?": reliability_plot(curves["reliability"]),
        "How long a question takes": latency_plot(*times),
    }
    dashed = " Dashed: the baseline." if baseline else ""
    notes = {
        "By kind of question": "Share right; the line is the 95% interval.",
        "What abstaining buys": _coverage_note(curves["coverage_error"]) + dashed,
        "Is its confidence to be believed?": "Share right by tenths of the stated confidence; "
        "the number is how many answers. On the diagonal it means what it says.",
        "How long a question takes": _stages(report) + dashed,
    }
    return [
        f"<figure><h2>{title}</h2>{svg}<figcaption>{escape(notes[title])}</figcaption></figure>"
        for title, svg in plots.items()
    ]


def _coverage_note(points: list[list[float]]) -> str:
    note = "The error as less sure answers are let in."
    if not points:
        return note
    answered, wrong = points[-1]
    return f"{note} At the dot: {answered:.0%} answered, {wrong:.0%} of them wrong."


def _seconds(run: Run) -> list[float]:
    return [record.seconds for record in run.records if record.answer is not None]


def _stages(report: Mapping[str, Any]) -> str:
    stages = {name: t["p50_ms"] for name, t in report["stages"].items() if name != "total"}
    told = ", ".join(f"{name} {ms:.0f}" for name, ms in stages.items() if ms and ms >= 0.5)
    return f"Median by stage, ms: {told}." if told else ""


def _questions(run: Run, baseline: Run | None) -> str:
    old = {r.case.id: r for r in baseline.records} if baseline else {}
    kinds = sorted({record.case.kind.value for record in run.records})
    count = len(run.records)
    options = "".join(f"<option>{kind}</option>" for kind in kinds)
    marks = ["wrong", "right", "abstained", "crashed", *(["won", "lost"] if baseline else [])]
    choices = "".join(f'<option value="{mark}">{mark}</option>' for mark in marks)
    rows = "".join(question_html(record, old.get(record.case.id)) for record in _in_order(run))
    return (
        '<section class="questions"><h2>Every question</h2><form class="filter">'
        '<input type="search" name="text" placeholder="Words, or an id" aria-label="Search">'
        f'<select name="mark" aria-label="Outcome"><option value="">any outcome</option>{choices}'
        '</select><select name="kind" aria-label="Kind"><option value="">any kind</option>'
        f"{options}"
        f'</select><output aria-live="polite">{count} of {count}</output>'
        f'</form><div class="rows">{rows}</div></section>'
    )


def _in_order(run: Run) -> list[Record]:
    """Crashed, then wrong, then right: what is to be mended is read first."""
    return sorted(run.records, key=lambda record: (not record.error, record.right))


def _metrics(report: Mapping[str, Any]) -> str:
    rows = []
    for name in OVERALL:
        interval = report["intervals"].get(name)
        spread = f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else ""
        cells = (name, number(report["summary"][name]), spread, str(report["counts"].get(name, "")))
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    head = "<tr><th>metric</th><th>value</th><th>95% interval</th><th>cases</th></tr>"
    return (
        "<details class='more'><summary>All metrics</summary><div class='scroll'><table>"
        f"{head}{''.join(rows)}</table></div></details>"
    )


def _provenance(report: Mapping[str, Any]) -> str:
    rows = []
    for name, value in report["provenance"].items():
        inner = value.items() if isinstance(value, Mapping) else None
        text = "; ".join(f"{k}: {v}" for k, v in inner) if inner is not None else str(value)
        label = escape(name.replace("_", " "))
        rows.append(f"<tr><td>{label}</td><td>{escape(text)}</td></tr>")
    return (
        "<details class='more'><summary>Where the numbers come from</summary><div class='scroll'>"
        f"<table>{''.join(rows)}</table></div></details>"
    )
