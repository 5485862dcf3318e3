"""Plots as inline SVG: drawn in a box of 360 by 220 that scales, coloured by the page's CSS."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from eval.record import Interval

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 348, 12, 180

Scale = Callable[[float], float]


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def _svg(title: str, body: Iterable[str], height: int = HEIGHT) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"{''.join(body)}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "middle", kind: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _axes(
    x: Scale, y: Scale, xs: Mapping[float, str], ys: Mapping[float, str], below: str, beside: str
) -> list[str]:
    """Rules at each tick of y, labels at each tick of both, and what the axes measure."""
    parts = []
    for value, label in ys.items():
        parts += [_line(LEFT, y(value), RIGHT, y(value), "rule")]
        parts += [_text(LEFT - 6, y(value) + 3.5, label, "end")]
    parts += [_text(x(value), BOTTOM + 15, label) for value, label in xs.items()]
    parts += [_text((LEFT + RIGHT) / 2, HEIGHT - 6, below, kind="axis")]
    middle = (TOP + BOTTOM) / 2
    parts += [
        f'<text transform="translate(11 {middle}) rotate(-90)" text-anchor="middle" class="axis">'
        f"{escape(beside)}</text>"
    ]
    return parts


_PERCENT = {0.0: "0", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100%"}


def coverage_plot(
    points: Sequence[Sequence[float]], baseline: Sequence[Sequence[float]] = ()
) -> str:
    """The coverage-error curve: points (share answered, share of those wrong), both in [0, 1]."""
    x, y = _scale(0, 1, LEFT, RIGHT), _scale(0, 1, BOTTOM, TOP)
    body = _axes(x, y, _PERCENT, _PERCENT, "questions answered, the surest first", "wrong")
    if baseline:
        body.append(_path(baseline, x, y, "old"))
    if points:
        body.append(_path(points, x, y, "new"))
        end = points[-1]
        body.append(f'<circle cx="{x(end[0]):.1f}" cy="{y(end[1]):.1f}" r="3.5" class="dot"/>')
    return _svg("Coverage-error curve", body)


def _path(points: Sequence[Sequence[float]], x: Scale, y: Scale, kind: str) -> str:
    steps = " ".join(f"{x(p[0]):.1f},{y(p[1]):.1f}" for p in points)
    return f'<polyline points="{steps}" class="curve {kind}"/>'


def reliability_plot(bins: Sequence[Mapping[str, Any]]) -> str:
    """Share right by tenths of the confidence; on the diagonal, confidence means what it says."""
    x, y = _scale(0, 1, LEFT, RIGHT), _scale(0, 1, BOTTOM, TOP)
    body = _axes(x, y, _PERCENT, _PERCENT, "stated confidence", "right")
    for group in bins:
        left, right = x(group["low"]) + 2, x(group["high"]) - 2
        top = y(group["right"])
        body.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
            f'height="{max(BOTTOM - top, 1):.1f}" class="bar"/>'
        )
        body.append(_text((left + right) / 2, top - 4, str(group["answers"]), kind="small"))
    body.append(_line(x(0), y(0), x(1), y(1), "ideal"))
    return _svg("Reliability of the confidence", body)


def latency_plot(seconds: Sequence[float], baseline: Sequence[float] = ()) -> str:
    """What share of the questions was answered within a time (milliseconds on the axis)."""
    longest = max([*seconds, *baseline], default=0.0) * 1000 or 1.0
    x, y = _scale(0, longest, LEFT, RIGHT), _scale(0, 1, BOTTOM, TOP)
    ticks = {value: _milliseconds(value) for value in _round_ticks(longest)}
    body = _axes(x, y, ticks, _PERCENT, "time of a question", "answered within")
    for times, kind in ((baseline, "old"), (seconds, "new")):
        ordered = sorted(times)
        points = [(t * 1000, n / len(ordered)) for n, t in enumerate(ordered, 1)]
        if points:
            body.append(_path([(points[0][0], 0.0), *points], x, y, kind))
    return _svg("Time of a question", body)


def _round_ticks(longest: float) -> list[float]:
    """0 and up to five round values, evenly apart, up to `longest`."""
    rough = longest / 5
    power: float = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough)
    return [n * step for n in range(int(longest / step + 1e-9) + 1)]


def _milliseconds(value: float) -> str:
    return f"{value:g} ms" if value < 1000 else f"{value / 1000:g} s"


ROW = 24


def kind_plot(
    shares: Mapping[str, float], counts: Mapping[str, int], intervals: Mapping[str, Interval]
) -> str:
    """The share right of each kind of question, with its 95% interval."""
    x = _scale(0, 1, 128, RIGHT - 34)
    height = TOP + ROW * len(shares) + 34
    bottom = TOP + ROW * len(shares)
    body = [_line(x(value), TOP, x(value), bottom, "rule") for value in _PERCENT]
    body += [_text(x(value), bottom + 15, label) for value, label in _PERCENT.items()]
    for n, (kind, share) in enumerate(shares.items()):
        top, middle = TOP + ROW * n + 5, TOP + ROW * n + ROW / 2
        body.append(_text(122, middle + 3.5, f"{kind.replace('_', ' ')} ({counts[kind]})", "end"))
        body.append(
            f'<rect x="{x(0):.1f}" y="{top:.1f}" width="{max(x(share) - x(0), 1):.1f}" '
            f'height="{ROW - 10}" class="bar"/>'
        )
        if interval := intervals.get(kind):
            body.append(_line(x(interval[0]), middle, x(interval[1]), middle, "spread"))
        body.append(_text(RIGHT, middle + 3.5, f"{share:.0%}", "end", "strong"))
    return _svg("Share right by kind of question", body, height)


def sweep_plot(
    labels: Sequence[str], series: Mapping[str, Sequence[tuple[float, Interval]]], below: str
) -> str:
    """A metric or several at each value of a setting, each with its 95% interval."""
    x, y = _scale(0, max(len(labels) - 1, 1), LEFT + 20, RIGHT - 20), _scale(0, 1, BOTTOM, TOP)
    ticks = {float(n): label for n, label in enumerate(labels)}
    body = _axes(x, y, ticks, _PERCENT, below, "")
    for n, (name, values) in enumerate(series.items()):
        kind = f"line{n % 4}"
        aside = (n - 1.5) * 3  # so that the intervals do not lie on each other
        places = [(x(i) + aside, y(value)) for i, (value, _) in enumerate(values)]
        body.append(_path(places, lambda at: at, lambda at: at, kind))
        for (across, up), (_, interval) in zip(places, values, strict=True):
            if interval:
                spread = f"spread {kind}"
                body.append(_line(across, y(interval[0]), across, y(interval[1]), spread))
            body.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="3" class="dot {kind}"/>')
        below_it = (LEFT + n % 2 * 160, HEIGHT + 12 + n // 2 * 14)
        body.append(_text(*below_it, name, "start", f"name {kind}"))
    return _svg(f"Metrics by {below}", body, HEIGHT + 34)
