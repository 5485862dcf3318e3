"""Whether the gate lets pass what is the same and stops what is worse.

`python -m benchmarks.gate --json` ingests the sample library, asks the shipped gold set for a
baseline, and then judges

- twenty identical reruns, each asked anew: all must pass;
- as many reruns with a regression planted: an assistant that abstains on so many of the questions
  it had right that `right` falls by three points at least. All must fail.

With `--folder` the library and every run are kept there, and the same command goes on after Ctrl-C.
"""

import argparse
import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from eval.gate import Verdict, gate
from eval.gold import Case, load_gold
from eval.library import Shelf
from eval.provenance import Provenance
from eval.record import Run
from eval.run import Assistant, run_gold
from rag.build import build_assistant, build_ingest, open_library
from rag.condense import History
from rag.scope import Scope
from rag.settings import Settings
from rag.types import Answer, Hit

EXAMPLES = Path(__file__).parent.parent / "examples"
POINTS = 0.03


@dataclass(frozen=True)
class Forgetful:
    """An assistant that abstains on some questions and else answers as the one it wraps."""

    assistant: Assistant
    forgotten: frozenset[str]

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: History = (),
        scope: Scope | None = None,
    ) -> Answer:
        """An abstention on a forgotten question."""
        if question in self.forgotten:
            return Answer(question, abstained=True, reason="Planted by benchmarks.gate.")
        return self.assistant.ask(question, as_of=as_of, history=history, scope=scope)

    def search(
        self, question: str, k: int = 10, *, as_of: date | None = None, scope: Scope | None = None
    ) -> Sequence[Hit]:
        """What the wrapped assistant finds."""
        return self.assistant.search(question, k, as_of=as_of, scope=scope)


def forgotten(baseline: Run, points: float, seed: int) -> list[Case]:
    """Answerable questions that the baseline has right, the least number worth `points`."""
    known = [r.case for r in baseline.records if r.right and r.case.should_answer]
    wanted = math.ceil(points * len(baseline.records))
    if len(known) < wanted:
        raise SystemExit(f"the baseline has only {len(known)} right: nothing to take {wanted} from")
    return random.Random(seed).sample(known, wanted)


def plant(baseline: Run, rerun: Run, assistant: Assistant, shelf: Shelf, seed: int) -> Run:
    """`rerun` with some questions asked again of a forgetful assistant."""
    lost = forgotten(baseline, POINTS, seed)
    worse = Forgetful(assistant, frozenset(case.question for case in lost))
    asked = {r.case.id: r for r in run_gold(lost, worse, shelf).records}
    return replace(rerun, records=tuple(asked.get(r.case.id, r) for r in rerun.records))


def measure(settings: Settings, gold: Path, reruns: int, repeats: int, parallel: int) -> Any:
    """Everything above, as one JSON-ready dictionary; runs are kept beside the library."""
    runs = settings.library.parent / "runs"
    cases = load_gold(gold)
    with closing(open_library(settings)) as library:
        shelf, assistant = Shelf(library), build_assistant(settings, library)
        origin = Provenance.here(
            repeats=repeats, parallel=parallel, settings_hash=settings.digest(),
            library_fingerprint=shelf.fingerprint(),
        )  # fmt: skip
        baseline = run_gold(cases, assistant, shelf, runs / "baseline", provenance=origin)
        _say(f"baseline: {baseline.summary()['right']:.3f} right, {repeats} asks a question")
        once = replace(origin, repeats=1)
        identical: list[Verdict] = []
        planted: list[Verdict] = []
        for seed in range(reruns):
            rerun = run_gold(cases, assistant, shelf, runs / f"rerun-{seed}", provenance=once)
            identical.append(gate(baseline, rerun))
            planted.append(gate(baseline, plant(baseline, rerun, assistant, shelf, seed)))
            _say(f"rerun {seed + 1} of {reruns}: {_told(identical[-1])}; {_told(planted[-1])}")
    return {
        "identical_passed": all(verdict.passed for verdict in identical),
        "regression_failed": not any(verdict.passed for verdict in planted),
        "reruns": reruns,
        "identical": [verdict.passed for verdict in identical],
        "planted": [verdict.passed for verdict in planted],
        "cases": len(cases),
        "baseline_right": baseline.summary()["right"],
        "baseline_asks": repeats,
        "planted_questions": math.ceil(POINTS * len(cases)),
        "least_visible_questions": planted[0].sees,
        "reasons": planted[0].reasons,
        "provenance": {"commit": origin.commit, "code_hash": origin.code_hash,
                       "settings_hash": origin.settings_hash, "machine": origin.machine},
    }  # fmt: skip


@contextmanager
def _kept(folder: Path | None) -> Iterator[Path]:
    """`folder`, or one that is removed afterwards."""
    if folder:
        yield folder
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)


def _told(verdict: Verdict) -> str:
    return "passed" if verdict.passed else verdict.reasons[0]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line; exits with 1 where the gate does not do what it is for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=__doc__)
    parser.add_argument("--gold", type=Path, default=EXAMPLES / "gold.jsonl")
    parser.add_argument("--reruns", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=4, help="asks a question in the baseline")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep everything here, and go on with it")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    with _kept(chosen.folder) as folder:
        settings = Settings(library=folder / "library")
        with closing(open_library(settings, create=True)) as library:
            build_ingest(settings, library).run([EXAMPLES / "articles"])
        found = measure(settings, chosen.gold, chosen.reruns, chosen.repeats, chosen.parallel)
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        print("\n".join(f"{name}: {value}" for name, value in found.items()))
    sys.exit(0 if found["identical_passed"] and found["regression_failed"] else 1)


if __name__ == "__main__":
    main()
