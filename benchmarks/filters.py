"""What limits on source and time cost in a large library.

`python -m benchmarks.filters [--json] [--passages N]`: articles of five passages with random
vectors and words, from 50 outlets over ten years; the median of 30 retrievals for limits that leave
more or less, by Byline's retriever. Vectors are random, so this is about time alone.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from eval.provenance import commit_of, machine
from ingest.embed import Vectors
from ingest.library import Entry, Library
from ingest.types import Article, Passage
from rag.retrieve import HybridRetriever
from rag.scope import Scope

DIMENSIONS = 384
PASSAGES_EACH = 5
ARTICLES_AT_ONCE = 1_000
FIRST = date(2014, 1, 1)
WORDS = [f"word{n}" for n in range(3_000)]
ROUNDS = 30
SCOPES = {
    "none": Scope(),
    "half": Scope(since=date(2019, 1, 1)),
    "one_year": Scope(since=date(2020, 1, 1), until=date(2020, 12, 31)),
    "one_outlet": Scope(sources=("Outlet 7",)),
    "one_month": Scope(since=date(2020, 5, 1), until=date(2020, 5, 31)),
    "one_outlet_one_month": Scope(("Outlet 7",), date(2020, 5, 1), date(2020, 5, 31)),
    "nothing": Scope(sources=("Nobody",)),
}


class RandomEmbedder:
    """Unit vectors drawn at random."""

    name = "random"
    window = 256

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape `(len(texts), 384)`."""
        rows = self._random.normal(size=(len(texts), DIMENSIONS)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words."""
        return [len(text.split()) for text in texts]


def main() -> None:
    """Build, ask, and print JSON or a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args()
    embedder = RandomEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), embedder.name, create=True)
        with library.writing():
            for entries in made(options.passages // PASSAGES_EACH, embedder):
                library.write(entries)
        figures: dict[str, Any] = {"passages": options.passages, "median_ms": {}, "matching": {}}
        retriever = HybridRetriever(library, embedder)
        for name, scope in SCOPES.items():
            figures["median_ms"][name] = _median(retriever, scope)
            figures["matching"][name] = len(
                library.catalogue.article_ids(
                    sources=scope.sources, since=scope.since, until=scope.until
                )
            )
        library.close()
    figures |= {"machine": machine(), "commit": commit_of(Path(__file__).parent.parent)}
    print(json.dumps(figures, indent=2) if options.json else _table(figures))


def made(count: int, embedder: RandomEmbedder) -> Iterator[list[Entry]]:
    """`count` articles, some at a time."""
    randomness = random.Random(1)
    for start in range(0, count, ARTICLES_AT_ONCE):
        numbers = range(start, min(count, start + ARTICLES_AT_ONCE))
        yield [_entry(number, randomness, embedder) for number in numbers]


def _entry(number: int, randomness: random.Random, embedder: RandomEmbedder) -> Entry:
    parts = [" ".join(randomness.choices(WORDS, k=40)) for _ in range(PASSAGES_EACH)]
    text, identity, passages, at = "\n\n".join(parts), f"a{number:06d}", list[Passage](), 0
    for ordinal, part in enumerate(parts):
        end = at + len(part)
        passages.append(Passage(f"{identity}-{ordinal}", identity, ordinal, part, at, end))
        at = end + 2
    day = FIRST + timedelta(days=randomness.randrange(3_650))
    outlet = f"Outlet {randomness.randrange(50)}"
    article = Article(identity, text, f"Title {number}", outlet, published=day)
    return Entry(article, "filters", identity, passages, embedder.embed(parts))


def _median(retriever: HybridRetriever, scope: Scope) -> float:
    randomness = random.Random(2)
    seconds = []
    for _ in range(ROUNDS):
        question = " ".join(randomness.choices(WORDS, k=5))
        began = time.perf_counter()
        retriever.retrieve(question, 12, scope=scope)
        seconds.append(time.perf_counter() - began)
    return round(1000 * statistics.median(seconds), 1)


def _table(figures: dict[str, Any]) -> str:
    rows = [f"{'limit':22} {'articles':>9} {'ms':>8}"]
    rows += [
        f"{name:22} {figures['matching'][name]:>9} {value:>8}"
        for name, value in figures["median_ms"].items()
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
