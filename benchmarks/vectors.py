"""What vectors in shards cost and save: memory while they go in, and time to ask.

`python -m benchmarks.vectors [--json] [--passages N] [--full N ...]` stores random unit vectors of
384 numbers in batches of 512, as an ingest does, once for each `--full` (passages of a shard; 0 for
one collection of all, as before there were shards), each in a process of its own. `bytes_a_passage`
is the slope of the process' memory over the second half, by least squares. Then 100 questions are
asked for 50 passages each, and what is found is compared with an exact search (`recall`); counting
the passages is what a question cost besides, before there were shards.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.memory import Memory
from benchmarks.standin import DIMENSIONS
from eval.provenance import commit_of, machine
from ingest.embed import Vectors
from ingest.types import Passage
from ingest.vectors import VectorStore, _embedded

BATCH = 512
QUESTIONS = 100
K = 50


def drawn(seed: int, count: int) -> Vectors:
    """Unit vectors, the same for the same seed."""
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSIONS), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def measure(passages: int, full: int) -> dict[str, Any]:
    """One way of storing them."""
    memory, curve = Memory(), list[tuple[int, int]]()
    with tempfile.TemporaryDirectory() as name:
        store = VectorStore(lambda: _embedded(Path(name)), full or None)
        began = time.perf_counter()
        for at in range(0, passages, BATCH):
            rows = drawn(at, min(BATCH, passages - at))
            some = [_passage(at + row) for row in range(len(rows))]
            store.upsert(some, rows)
            memory.look()
            curve.append((at + len(rows), memory.own_mb))
        seconds = time.perf_counter() - began
        late = [point for point in curve if point[0] > passages / 2]
        figures = {
            "full": full,
            "passages": passages,
            "vectors_per_s": round(passages / seconds),
            "bytes_a_passage": round(
                statistics.linear_regression(*zip(*late, strict=True)).slope * 2**20
            ),
            "peak_mb_filling": memory.peak_mb,
            **_asked(store, passages),
        }
        memory.look()
        store.close()
        return {**figures, "mb_asking": memory.own_mb}


def _asked(store: VectorStore, passages: int) -> dict[str, float]:
    questions = drawn(passages + 1, QUESTIONS)
    store.nearest(questions[0], K)  # everything is in memory now
    spent, counted, found = list[float](), list[float](), list[set[str]]()
    for question in questions:
        began = time.perf_counter()
        found.append({identity for identity, _ in store.nearest(question, K)})
        spent.append(1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        for shard in store._each():
            shard.count()
        counted.append(1000 * (time.perf_counter() - began))
    best: list[list[tuple[float, str]]] = [[] for _ in questions]
    for at in range(0, passages, BATCH):
        cosines = questions @ drawn(at, min(BATCH, passages - at)).T
        for ranked, row in zip(best, cosines, strict=True):
            ranked += [(float(row[i]), _passage(at + int(i)).id) for i in np.argsort(-row)[:K]]
            ranked.sort(reverse=True)
            del ranked[K:]
    shares = [
        len(ids & {identity for _, identity in ranked}) / K
        for ids, ranked in zip(found, best, strict=True)
    ]
    return {
        "p50_ms": round(statistics.median(spent), 2),
        "p95_ms": round(sorted(spent)[int(0.95 * len(spent))], 2),
        "p50_ms_of_counting": round(statistics.median(counted), 2),
        "recall": round(statistics.mean(shares), 3),
    }


def _passage(number: int) -> Passage:
    article = f"{number:016x}"
    return Passage(f"{article}-0123456789ab-0000", article, 0, "", 0, 0)


def main() -> None:
    """`python -m benchmarks.vectors`."""
    parser = argparse.ArgumentParser(description="Vectors in shards: memory and time to ask.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--full", type=int, nargs="+", default=[0, 20_000])
    options = parser.parse_args()
    rows = []
    for full in options.full:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            rows.append(alone.submit(measure, options.passages, full).result())
    if options.json:
        commit = commit_of(Path(__file__).resolve().parents[1])
        print(
            json.dumps(
                {"rows": rows, "load": os.getloadavg()[0], "commit": commit, "machine": machine()},
                indent=2,
            )
        )
        return
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
