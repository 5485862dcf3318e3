"""The check, measured: `python -m benchmarks.verify --json`.

Errors of ten kinds planted in true sentences, and true sentences in other words, from development
articles (`benchmarks.statements`). The check was tuned on one half of the articles; the figures are
of the other, unless `--half tune`. The support model is the one that `rag.build` chooses.
"""

import argparse
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from benchmarks.planted import PLANTERS, Case, Planter
from benchmarks.statements import HALVES, Statement, statements
from benchmarks.truths import REWORDS, paraphrases, reworded
from rag.build import build_embedder, build_reader, build_support
from rag.protocols import Draft, DraftSentence, Support
from rag.settings import Settings
from rag.types import Verdict
from rag.verify import Checked, Verifier

UNCHANGED = ("verbatim", "wrong_citation", "no_source")
"""Kinds whose sentence is the article's own."""


class AlwaysSupports:
    """Stands in for the model of meaning, to see what the exact checks catch alone."""

    def support(self, sentence: str, spans: Sequence[str]) -> list[float]:
        """Certainty for every span."""
        return [1.0] * len(spans)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--half", choices=HALVES, default="report")
    parser.add_argument("--each", type=int, default=60, help="cases of each kind")
    parser.add_argument("--hard-only", action="store_true", help="without the model of meaning")
    parser.add_argument("--show", metavar="KIND", help="print what went wrong (tune half only)")
    args = parser.parse_args()
    if args.show and args.half != "tune":
        parser.error("--show needs --half tune: the reported half is not looked at")
    began = time.perf_counter()
    support = AlwaysSupports() if args.hard_only else _support()
    verifier = Verifier(support, Settings().answer.support)
    errors, truths = cases(args.half, args.each)
    if args.show:
        errors = [case for case in errors if case.kind == args.show]
        truths = [case for case in truths if case.kind == args.show]
    figures = measure(verifier, errors, truths, show=args.show or "")
    figures |= {"half": args.half, "hard_only": args.hard_only}
    figures["seconds"] = round(time.perf_counter() - began, 1)
    print(json.dumps(figures, indent=2) if args.json else _table(figures))


def cases(half: str, each: int) -> tuple[list[Case], list[Case]]:
    """Planted errors and true sentences, `each` of every kind as far as the articles give them."""
    pool = statements(half)
    near: dict[str, list[Statement]] = {}
    for statement in pool:
        near.setdefault(statement.article.id, []).append(statement)
    errors = [
        case
        for kind, plant in PLANTERS.items()
        for case in _made(plant, pool, near, each, random.Random(kind))
    ]
    truths = [
        case
        for kind in REWORDS
        for case in _made(
            partial(reworded, kind),
            pool,
            near,
            2 * each,
            random.Random(kind),
        )
    ]
    return errors, truths + paraphrases(half, pool, random.Random(5))


def _made(
    make: Planter,
    pool: Sequence[Statement],
    near: dict[str, list[Statement]],
    count: int,
    rng: random.Random,
) -> Iterator[Case]:
    """Up to `count` cases, each from another statement."""
    made = 0
    for statement in rng.sample(pool, len(pool)):
        if made == count:
            return
        others = [*near[statement.article.id], *rng.sample(pool, 12)]
        case = make(statement, others, rng)
        if case is not None and (case.kind in UNCHANGED or case.text != statement.text):
            made += 1
            yield case


def measure(
    verifier: Verifier, errors: Sequence[Case], truths: Sequence[Case], show: str = ""
) -> dict[str, Any]:
    """`caught` and `lost` as shares, and both by kind with their counts."""
    caught = {kind: [0, 0] for kind in dict.fromkeys(case.kind for case in errors)}
    for case in errors:
        checked = _check(verifier, case)
        good = case.caught(checked)
        caught[case.kind][0] += good
        caught[case.kind][1] += 1
        if show == case.kind and not good:
            _tell(case, checked)
    lost = {kind: [0, 0] for kind in dict.fromkeys(case.kind for case in truths)}
    for case in truths:
        checked = _check(verifier, case)
        dropped = checked.sentence.verdict is Verdict.DROPPED
        lost[case.kind][0] += dropped
        lost[case.kind][1] += 1
        if show == case.kind and dropped:
            _tell(case, checked)
    return {
        "caught": _share(caught.values()),
        "lost": _share(lost.values()),
        "errors": len(errors),
        "true_sentences": len(truths),
        "by_kind": {
            "caught": {k: _row(v) for k, v in caught.items()},
            "lost": {k: _row(v) for k, v in lost.items()},
        },
    }


def _check(verifier: Verifier, case: Case) -> Checked:
    (checked,) = verifier.check(Draft((DraftSentence(case.text, case.cites),)), case.evidence)
    return checked


def _support() -> Support:
    settings = Settings()
    return build_support(build_reader(settings), build_embedder(settings))


def _row(counts: Sequence[int]) -> dict[str, float]:
    return {"share": _share([counts]), "of": counts[1]}


def _share(rows: Iterable[Sequence[int]]) -> float:
    rows = list(rows)
    return round(sum(r[0] for r in rows) / max(1, sum(r[1] for r in rows)), 4)


def _tell(case: Case, checked: Checked) -> None:
    print(f"\n{case.kind}: {case.text}")
    print(f"   cites {case.cites}: {[case.evidence[n - 1].text for n in case.cites]}")
    print(f"   {checked.sentence.verdict}: {checked.sentence.why or checked.citations[0].quote}")


def _table(figures: dict[str, Any]) -> str:
    lines = [f"caught {figures['caught']:.1%} of {figures['errors']} planted errors"]
    lines += [
        f"  {kind:16} {row['share']:7.1%} of {row['of']}"
        for kind, row in figures["by_kind"]["caught"].items()
    ]
    lines.append(f"lost {figures['lost']:.1%} of {figures['true_sentences']} true sentences")
    lines += [
        f"  {kind:16} {row['share']:7.1%} of {row['of']}"
        for kind, row in figures["by_kind"]["lost"].items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
