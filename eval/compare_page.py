"""Two runs compared, as HTML: a section for a page, or one file that opens offline."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from eval.compare import Change, Comparison, Difference
from eval.text import difference_row

if TYPE_CHECKING:
    from eval.gate import Verdict

HEAD = ("", "questions", "A → B", "B − A", "95% interval", "p", "won : lost")


def to_html(found: Comparison, verdict: "Verdict | None" = None) -> str:
    """One file that opens offline."""
    from eval.page import POLICY, styles

    title = f"{escape(found.b)} against {escape(found.a)}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · Byline evaluation</title><style>{styles()}</style></head>"
        f"<body>{comparison_html(found, verdict)}</body></html>\n"
    )


def comparison_html(found: Comparison, verdict: "Verdict | None" = None) -> str:
    """A section: what changed, the verdict of the gate, the metrics, the kinds, the questions."""
    won = sum(change.won for change in found.changes)
    lost = len(found.changes) - won
    clear = [d.metric.replace("_", " ") for d in found.metrics if d.significant]
    told = f"Beyond chance: {', '.join(clear)}." if clear else "Nothing in it is beyond chance."
    parts = [
        f'<p class="verdict"><b>{won}</b> questions won, <b>{lost}</b> lost. {escape(told)}</p>',
        _gate(verdict),
        _list("changed", [f"Changed: {line}" for line in found.changed]),
        _list("mind", [f"Mind: {line}" for line in found.warnings]),
        _table("Metrics", found.metrics),
        _table("Right, by kind", found.kinds),
        '<p class="note">p: paired permutation test, adjusted by Holm’s method; * at most 0.05. '
        "The intervals are of the difference, by paired bootstrap.</p>",
        _changes(found.changes),
    ]
    title = f"<h2>{escape(found.b)} <small>(B)</small> against {escape(found.a)} "
    return f'<section class="comparison">{title}<small>(A)</small></h2>{"".join(parts)}</section>'


def _gate(verdict: "Verdict | None") -> str:
    if verdict is None:
        return ""
    kind = "gain" if verdict.passed else "loss"
    word = "passed" if verdict.passed else "failed"
    return f'<p class="{kind}">The gate {word}.</p>{_list("gate", verdict.reasons)}'


def _list(kind: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{kind}">{items}</ul>' if items else ""


def _table(title: str, differences: Sequence[Difference]) -> str:
    if not differences:
        return ""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in HEAD)
    rows = "".join(_row(difference) for difference in differences)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>'
        f"<caption>{title}</caption><tr>{head}</tr>{rows}</table></div>"
    )


def _row(difference: Difference) -> str:
    name, *cells = difference_row(difference)
    tone = _tone(difference) if difference.significant else ""
    inside = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    label = escape(name.replace("_", " "))
    return f'<tr class="{tone}"><th scope="row">{label}</th>{inside}</tr>'


def _tone(difference: Difference) -> str:
    return "gain" if difference.wins > difference.losses else "loss"


def _changes(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    return f'<h3>Questions won and lost</h3><div class="changes">{"".join(_told(changes))}</div>'


def _told(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        tone, word = ("gain", "won") if change.won else ("loss", "lost")
        yield (
            f'<details class="change"><summary><span class="{tone}">{word}</span> '
            f'<span class="asked">{escape(change.question)}</span> '
            f'<span class="kind">{escape(change.kind.replace("_", " "))} · {escape(change.id)}'
            f"</span></summary><dl><dt>A</dt><dd>{escape(change.a)}</dd>"
            f"<dt>B</dt><dd>{escape(change.b)}</dd></dl></details>"
        )
