"""Two runs of the same questions: what was won, what was lost, and what of it may be chance.

Everything is paired: a question is compared with itself, so that hard questions, which are hard
for both runs, do not hide a difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.record import Interval, Record, Run
from eval.report import answered
from eval.scores import LOWER_IS_BETTER
from eval.statistics import bootstrap_interval, holm, mean, sign_flip_p

COMPARED = (
    "right", "hit_at_5", "recall_at_10", "mrr", "ndcg_at_10", "article_ndcg_at_10", "short_f1",
    "answer_contains", "date_correct", "citation_recall", "citation_precision",
    "citation_hits_gold", "answered_when_answerable", "brier", "seconds",
)  # fmt: skip
"""The metrics that are compared; `seconds` is the time of a question."""

Pair = tuple[Record, Record]


@dataclass(frozen=True)
class Difference:
    """One metric in two runs, over the questions to which it applies in both."""

    metric: str
    cases: int
    a: float
    b: float
    delta: float
    """b - a."""
    interval: Interval
    """95% paired bootstrap interval of `delta`; None for fewer than two questions."""
    p: float
    """Of the paired permutation test that `delta` is 0."""
    p_adjusted: float
    """By Holm's method, over all metrics (or kinds) of the comparison."""
    wins: int
    """Questions on which b is better than a."""
    losses: int

    @property
    def significant(self) -> bool:
        """Whether chance is ruled out at the 5% level."""
        return self.p_adjusted <= 0.05


@dataclass(frozen=True)
class Change:
    """A question that one run had right and the other had not."""

    id: str
    kind: str
    question: str
    won: bool
    """By b."""
    a: str
    """What a answered."""
    b: str


@dataclass(frozen=True)
class Comparison:
    """What `compare` found."""

    a: str
    b: str
    """Names of the runs."""
    metrics: tuple[Difference, ...]
    kinds: tuple[Difference, ...]
    """`right` by kind of question; `metric` holds the kind."""
    changes: tuple[Change, ...]
    questions: tuple[Mapping[str, Any], ...]
    """For each question its id and, by metric, b - a."""
    changed: tuple[str, ...]
    """What differs between the runs: settings, code, models."""
    warnings: tuple[str, ...]
    """What makes the runs hard to compare."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def compare(a: Run, b: Run) -> Comparison:
    """Compare run `b` with run `a`, question by question.

    Questions that are not in both runs, or whose gold was changed in between, are left out and
    named in `warnings`.
    """
    pairs, warnings = pair(a, b)
    kinds = sorted({old.case.kind.value for old, _ in pairs})
    by_kind = {kind: [(o, n) for o, n in pairs if o.case.kind == kind] for kind in kinds}
    return Comparison(
        a=a.provenance.name,
        b=b.provenance.name,
        metrics=_differences({name: (name, pairs) for name in COMPARED}),
        kinds=_differences({kind: ("right", found) for kind, found in by_kind.items()}),
        changes=tuple(_changes(pairs)),
        questions=tuple(_question(old, new) for old, new in pairs),
        changed=tuple(_changed(a, b)),
        warnings=(*warnings, *_warnings(a, b)),
    )


def pair(a: Run, b: Run) -> tuple[list[Pair], list[str]]:
    """The records of both runs by case, and which cases had to be left out."""
    new = {record.case.id: record for record in b.records}
    pairs = [(r, new[r.case.id]) for r in a.records if r.case.id in new]
    same = [(old, now) for old, now in pairs if old.case == now.case]
    warnings = []
    alone = len(a.records) + len(b.records) - 2 * len(pairs)
    if alone:
        warnings.append(f"{alone} questions are in one run only and were left out")
    reworded = [old.case.id for old, now in pairs if old.case != now.case]
    if reworded:
        warnings.append(f"the gold of {', '.join(reworded)} was changed: left out")
    return same, warnings


def metric_of(record: Record, name: str) -> float | None:
    """A metric of one record; `seconds` of one that did not crash."""
    if name == "seconds":
        return record.seconds if record.answer is not None else None
    return record.scores.get(name)


def lower_is_better(name: str) -> bool:
    """Whether a fall of this metric is a gain."""
    return name in LOWER_IS_BETTER or name == "seconds"


def _differences(asked: Mapping[str, tuple[str, Sequence[Pair]]]) -> tuple[Difference, ...]:
    """One difference for each label: a metric over some pairs; Holm's correction over all."""
    rows = []
    for label, (name, pairs) in asked.items():
        found = [
            (old, new)
            for old, new in ((metric_of(o, name), metric_of(n, name)) for o, n in pairs)
            if old is not None and new is not None
        ]
        if found:
            rows.append((label, name, found))
    deltas = [[new - old for old, new in found] for _, _, found in rows]
    p_values = [sign_flip_p(delta) for delta in deltas]
    adjusted = holm(p_values)
    return tuple(
        _difference(label, name, found, p, q)
        for (label, name, found), p, q in zip(rows, p_values, adjusted, strict=True)
    )


def _difference(
    label: str, name: str, found: Sequence[tuple[float, float]], p: float, adjusted: float
) -> Difference:
    delta = [new - old for old, new in found]
    gains = [-d if lower_is_better(name) else d for d in delta]
    return Difference(
        metric=label,
        cases=len(found),
        a=mean([old for old, _ in found]) or 0.0,
        b=mean([new for _, new in found]) or 0.0,
        delta=mean(delta) or 0.0,
        interval=bootstrap_interval(delta),
        p=p,
        p_adjusted=adjusted,
        wins=sum(gain > 0 for gain in gains),
        losses=sum(gain < 0 for gain in gains),
    )


def _changes(pairs: Iterable[Pair]) -> Iterable[Change]:
    """Losses first: they are read first."""
    moved = [(old, new) for old, new in pairs if old.scores["right"] != new.scores["right"]]
    for old, new in sorted(moved, key=lambda p: _right(p[1]) > _right(p[0])):
        case = new.case
        won = _right(new) > _right(old)
        yield Change(case.id, case.kind.value, case.question, won, answered(old), answered(new))


def _right(record: Record) -> float:
    return record.scores["right"] or 0.0


def _question(old: Record, new: Record) -> dict[str, Any]:
    deltas = {}
    for name in COMPARED:
        before, now = metric_of(old, name), metric_of(new, name)
        if before is not None and now is not None:
            deltas[name] = now - before
    return {"id": old.case.id, "kind": old.case.kind.value, **deltas}


def _changed(a: Run, b: Run) -> Iterable[str]:
    old, new = _flat(a.provenance.settings), _flat(b.provenance.settings)
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key) and key != "library":
            yield f"{key}: {old.get(key)} → {new.get(key)}"
    if a.provenance.code_hash != b.provenance.code_hash:
        commits = [p.commit[:10] or "no commit" for p in (a.provenance, b.provenance)]
        hashes = [p.code_hash or "unknown" for p in (a.provenance, b.provenance)]
        yield f"code: {hashes[0]} ({commits[0]}) → {hashes[1]} ({commits[1]})"
    if a.provenance.models != b.provenance.models:
        yield f"models: {dict(a.provenance.models)} → {dict(b.provenance.models)}"


def _flat(settings: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in settings.items():
        name = f"{prefix}{key}"
        found |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return found


def _warnings(a: Run, b: Run) -> Iterable[str]:
    old, new = a.provenance, b.provenance
    if old.library_fingerprint != new.library_fingerprint:
        yield "the runs answered from different articles (library fingerprints differ)"
    served = [str(p.machine.get("arithmetic", "")) for p in (old, new)]
    if served[0] != served[1] and all(served):
        yield f"models were served in {served[0]} and in {served[1]}: a few answers turn on that"
    if old.machine != new.machine or old.parallel != new.parallel:
        yield "times do not compare: another machine, or another number of questions at a time"
