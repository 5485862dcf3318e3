"""How many short records go in, at what rate and in how much memory.

`python -m benchmarks.scale [--json] [--records N] [--standin] [--full N] [--folder DIR]
[--minutes M]` writes a JSONL file of `--records` made records (a title and 30 to 60 words each, all
different) and ingests it as `byline ingest` does, with its parsing process. Memory is what this
process and the parsing process have in RAM together, looked at every quarter of a second.
`--standin` puts made vectors in place of the model's (see benchmarks/standin.py), so that what is
measured is everything else. `--full` is the number of passages that a collection of vectors takes:
more than there are keeps them in one, as before there were shards. With `--folder` the library is
kept: a run that was stopped (Ctrl-C, or after `--minutes`) goes on where it was.
"""

import argparse
import json
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import ingest.vectors
from benchmarks.memory import Memory
from benchmarks.standin import StandIn
from eval.provenance import commit_of, machine
from ingest.embed import Embedder, OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.library import Library
from ingest.models import DEFAULT_EMBEDDING_MODEL
from ingest.pipeline import Ingest
from ingest.progress import Progress
from rag.build import build_parser
from rag.settings import load_settings

ROWS = 50
"""Of the curve that is printed."""
SETTLED = 0.25
"""The line is fitted to what comes after this share of the records."""


def write_records(file: Path, count: int, words: list[str]) -> None:
    """`count` records, the same for the same count."""
    weights = 1 / (np.arange(len(words)) + 10)
    cumulated = np.cumsum(weights)
    cumulated /= cumulated[-1]  # ends in 1 exactly, which no draw reaches
    chosen = np.random.default_rng(17)
    with file.open("w") as stream:
        for number in range(count):
            draws = chosen.random(chosen.integers(36, 66))
            drawn = [words[at] for at in np.searchsorted(cumulated, draws).tolist()]
            title, rest = drawn[:6], drawn[6:]
            middle = len(rest) // 2
            record = {
                "id": f"record-{number}",
                "title": " ".join(title).capitalize(),
                "published": f"{2015 + number % 10}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "source": f"Outlet {number % 50}",
                "text": f"{' '.join(rest[:middle]).capitalize()}. "
                f"{' '.join(rest[middle:]).capitalize()}.",
            }
            stream.write(json.dumps(record) + "\n")


def vocabulary() -> list[str]:
    """The whole words that the model's tokenizer knows, about 20,000, commonest first."""
    from tokenizers import Tokenizer

    known = Tokenizer.from_file(str(ensure_exported(DEFAULT_EMBEDDING_MODEL) / "tokenizer.json"))
    ranked = sorted(known.get_vocab().items(), key=lambda item: item[1])
    return [word for word, _ in ranked if word.isascii() and word.isalpha() and len(word) > 1]


def growth(curve: Sequence[Mapping[str, float]]) -> float | None:
    """Bytes a passage: the slope of the straight line through the curve's memory of both processes,
    by least squares, without its beginning; None for too few points."""
    least = SETTLED * max((at["passages"] for at in curve), default=0)
    points = [
        (at["passages"], at["mb"] + at["parser_mb"]) for at in curve if at["passages"] > least
    ]
    if len(points) < 3:
        return None
    slope = statistics.linear_regression(*zip(*points, strict=True)).slope
    return round(slope * 2**20)


def measure(records: int, standin: bool, folder: Path, minutes: float) -> dict[str, Any]:
    """One run into the library in `folder`."""
    file = folder / "records.jsonl"
    if not file.exists():
        write_records(file, records, vocabulary())
    real = OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
    embedder: Embedder = StandIn(real) if standin else real
    settings = load_settings()
    library = Library.open(folder / "library", embedder.name, create=True)
    before = library.count()
    run = Ingest(
        library, embedder, passage_tokens=settings.passages.tokens,
        overlap=settings.passages.overlap, parser=build_parser(settings),
    )  # fmt: skip
    signal.signal(signal.SIGINT, lambda number, frame: run.stop())
    memory, curve = Memory(), list[dict[str, float]]()
    memory.look()
    began_with = memory.own_mb
    deadline = time.monotonic() + 60 * minutes

    def listen(heard: Progress) -> None:
        if heard.passages >= len(curve) * records / ROWS and (
            not curve or heard.passages > curve[-1]["passages"]
        ):
            curve.append({
                "passages": heard.passages, "seconds": round(heard.seconds, 1),
                "mb": memory.own_mb, "parser_mb": memory.children_mb,
            })  # fmt: skip
            print(curve[-1], file=sys.stderr)
        if time.monotonic() > deadline:
            run.stop()

    watching = threading.Thread(target=memory.watch, daemon=True)
    watching.start()
    report = run.run([file], listener=listen)
    memory.end()
    watching.join()
    held, passages = library.count(), library.catalogue.count_passages()
    library.close()
    new = held - before
    return {
        "records": records,
        "held_before": before,
        "held": held,
        "passages": passages,
        "stopped": report.stopped,
        "failed": len(report.failed),
        "full": ingest.vectors.FULL,
        "embedding": embedder.name,
        "seconds": round(report.seconds, 1),
        "records_per_s": round(new / report.seconds, 1),
        "stages": {name: round(spent, 1) for name, spent in report.stages.items()},
        "mb_before": began_with,
        "peak_mb": memory.peak_mb,
        "bytes_a_passage": growth(curve),
        "curve": curve,
        "file_mb": file.stat().st_size >> 20,
        "library_mb": sum(
            part.stat().st_size for part in (folder / "library").rglob("*") if part.is_file()
        ) >> 20,
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }  # fmt: skip


def main() -> None:
    """`python -m benchmarks.scale`."""
    parser = argparse.ArgumentParser(description="Many short records: rate and memory.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--standin", action="store_true", help="Made vectors, not the model's.")
    parser.add_argument("--folder", type=Path, help="Keep file and library here, and go on.")
    parser.add_argument("--minutes", type=float, default=1e6, help="Stop after these.")
    parser.add_argument("--full", type=int, default=ingest.vectors.FULL, help="Of a shard.")
    options = parser.parse_args()
    ingest.vectors.FULL = options.full
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        figures = measure(options.records, options.standin, folder, options.minutes)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for key, value in figures.items():
        print(f"{key:16} {value}")


if __name__ == "__main__":
    main()
