"""2,000 malformed inputs: no crash, no hang, bounded memory, each one named with a reason.

`python -m benchmarks.malformed [--json] [--count 2000] [--seed 0]` makes them by mutating files of
every format and from a list of known bad ideas (bombs, NUL bytes, long lines, deep pages, odd
names; benchmarks/hostile.py has those of servers: redirect loops, cyclic feeds, bombs in gzip,
bytes that drip). Each goes into one library as `byline ingest` does it, with the real tokenizer,
the parsing process and both indexes; only the vectors are made (benchmarks/standin.py). What failed
must stand in the run's report and be what `byline library failures` tells.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.bad_ideas import made
from benchmarks.hostile import hostile
from benchmarks.memory import Memory
from benchmarks.mutations import MUTATIONS
from benchmarks.standin import StandIn
from eval.provenance import commit_of, machine
from ingest.embed import Embedder, OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.isolated import IsolatedParser
from ingest.library import Library
from ingest.models import DEFAULT_EMBEDDING_MODEL
from ingest.pipeline import Ingest
from ingest.sources import FileSource, Source
from tests import files

LONGEST = 30.0
"""Seconds that one input may take."""
NOTED = 10.0
"""Seconds from which an input is told at once."""
LARGEST = 1536
"""MB that Byline and the process it reads in may have together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    name: str
    kind: str
    seconds: float
    articles: int
    reasons: tuple[str, ...]
    crash: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether it gave an article, or a reason on one line."""
        told = all(reason and "\n" not in reason for reason in self.reasons)
        return not self.crash and told and bool(self.articles or self.reasons)


def inputs(count: int, seed: int, scale: int = 1) -> Iterator[tuple[str, str, bytes]]:
    """`count` inputs: (file name, kind, bytes). The same for the same seed."""
    chosen = random.Random(seed)
    known = list(made(scale))[:count]
    for name, build in known:
        yield name, "made", build()
    whole = files.every_format()
    whole.update({"ice.jsonl": json.dumps({"text": files.TEXT}).encode()})
    names = sorted(whole)
    for number in range(count - len(known)):
        name = names[number % len(names)]
        mutation = MUTATIONS[(number // len(names)) % len(MUTATIONS)]
        yield f"{number}-{name}", mutation.__name__.strip("_"), mutation(whole[name], chosen)


@dataclass(slots=True)
class Desk:
    """A library that everything goes into."""

    library: Library
    embedder: Embedder
    parser: IsolatedParser

    def take(self, find: Callable[[], Sequence[Path | Source]], name: str, kind: str) -> Outcome:
        """Ingest one input: what `find` gives."""
        began = time.monotonic()
        articles, reasons, crash = 0, tuple[str, ...](), ""
        try:
            report = Ingest(self.library, self.embedder, parser=self.parser).run(find())
            articles = report.read
            reasons = tuple(failure.reason for failure in report.failed)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            crash = f"{type(error).__name__}: {error}"[:200]
        outcome = Outcome(name, kind, time.monotonic() - began, articles, reasons, crash)
        if outcome.seconds > NOTED or crash or not outcome.is_reported:
            print(f"{kind} {name[-40:]!r}: {outcome.seconds:.1f} s {crash}", file=sys.stderr)
        return outcome

    def untold(self, outcomes: Sequence[Outcome]) -> list[str]:
        """Inputs with a reason in the report that the library does not remember."""
        kept = Counter(failure.reason for failure in self.library.catalogue.failures())
        return [item.name for item in outcomes if any(not kept[reason] for reason in item.reasons)]


def measure(count: int, seed: int, scale: int = 1) -> dict[str, Any]:
    """Figures over `count` inputs."""
    outcomes: list[Outcome] = []
    memory = Memory()
    watching = threading.Thread(target=memory.watch, daemon=True)
    watching.start()
    real = OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
    with (
        tempfile.TemporaryDirectory() as name,
        closing(IsolatedParser()) as parser,
        closing(
            Library.open(Path(name) / "library", f"stand-in for {real.name}", create=True)
        ) as library,
        hostile(scale) as served,
    ):
        desk = Desk(library, StandIn(real), parser)
        for address, find in served:
            outcomes.append(desk.take(find, address.partition("/")[2], "server"))
        known = inputs(count - len(outcomes), seed, scale)
        for number, (file, kind, data) in enumerate(known):
            path = Path(name) / str(number) / file
            path.parent.mkdir()
            path.write_bytes(data)
            del data
            outcomes.append(desk.take(partial(list, (path,)), FileSource(path).name, kind))
            path.unlink()
            if number % 100 == 99:
                print(f"{len(outcomes)} inputs, {memory.peak_mb} MB", file=sys.stderr)
        untold = desk.untold(outcomes)
        problems = library.verify()
        held = library.count()
    memory.end()
    watching.join()
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    return {
        "inputs": len(outcomes),
        "crashes": [f"{item.name}: {item.crash}" for item in outcomes if item.crash],
        "hangs": [item.name for item in outcomes if item.seconds > LONGEST],
        "unreported": [item.name for item in outcomes if not item.is_reported],
        "not_in_library_failures": untold,
        "read_all_the_same": sum(item.articles > 0 and not item.reasons for item in outcomes),
        "articles_held": held,
        "verify": problems,
        "slowest_s": round(slowest.seconds, 1),
        "slowest": slowest.name[-40:],
        "over_10_s": {
            item.name[-40:]: round(item.seconds, 1) for item in outcomes if item.seconds > NOTED
        },
        "peak_mb": memory.peak_mb,
        "kinds": dict(Counter(item.kind for item in outcomes)),
        "seed": seed,
        "scale": scale,
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }


def main() -> None:
    """`python -m benchmarks.malformed`; exit code 1 when anything crashed, hung or was not told."""
    parser = argparse.ArgumentParser(description="Malformed inputs, each to be reported by name.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", type=int, default=1, help="divide the large inputs' sizes")
    options = parser.parse_args()
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    figures = measure(options.count, options.seed, options.scale)
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        for key, value in figures.items():
            print(f"{key:18} {value}")
    faults = ("crashes", "hangs", "unreported", "not_in_library_failures", "verify")
    bad = any(figures[fault] for fault in faults)
    sys.exit(1 if bad or figures["peak_mb"] > LARGEST else 0)


if __name__ == "__main__":
    main()
