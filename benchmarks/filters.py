"""What limits on source and time cost in a large library.

`python -m benchmarks.filters [--json] [--passages N]`: articles of five passages with random
vectors and words, from 50 outlets over ten years; the median of 30 retrievals for limits that
leave more or less, by Byline's retriever (vectors and words) and, beside it, by Chroma's own
`where` on the same vectors (`chroma_where_ms`: day and outlet as metadata). Vectors are random, so
this is about time alone.
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
        plain = WhereCollection(Path(folder) / "plain")
        with library.writing():
            for entries in made(options.passages // PASSAGES_EACH, embedder):
                library.write(entries)
                plain.add(entries)
        figures: dict[str, Any] = {"passages": options.passages, "median_ms": {}, "matching": {}}
        figures["chroma_where_ms"] = {}
        retriever = HybridRetriever(library, embedder)
        for name, scope in SCOPES.items():
            figures["median_ms"][name] = _median(retriever, scope)
            figures["chroma_where_ms"][name] = plain.median(scope, embedder)
            figures["matching"][name] = len(
                library.catalogue.article_ids(
                    sources=scope.sources, since=scope.since, until=scope.until
                )
            )
        library.close()
        plain.close()
    figures |= {"machine": machine(), "commit": commit_of(Path(__file__).parent.parent)}
    print(json.dumps(figures, indent=2) if options.json else _table(figures))


class WhereCollection:
    """A Chroma collection with day and outlet as metadata, for its own filter."""

    def __init__(self, folder: Path) -> None:
        import chromadb

        self._client: Any = chromadb.PersistentClient(str(folder))
        self._collection = self._client.create_collection(
            "plain", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def close(self) -> None:
        """Let go of its files."""
        self._client.close()

    def add(self, entries: Sequence[Entry]) -> None:
        """Some thousand passages at once."""
        fields: Any = [
            {"day": _day(entry.article), "outlet": entry.article.source}
            for entry in entries
            for _ in entry.passages
        ]
        self._collection.add(
            ids=[passage.id for entry in entries for passage in entry.passages],
            embeddings=np.concatenate([entry.vectors for entry in entries]),
            metadatas=fields,
        )

    def median(self, scope: Scope, embedder: RandomEmbedder) -> float:
        """Milliseconds of the median of `ROUNDS` queries for 50 passages within `scope`."""
        conditions: list[dict[str, Any]] = [{"outlet": {"$in": list(scope.sources)}}]
        conditions = conditions if scope.sources else []
        if scope.since:
            conditions.append({"day": {"$gte": scope.since.toordinal()}})
        if scope.until:
            conditions.append({"day": {"$lte": scope.until.toordinal()}})
        where: Any = {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)
        seconds = []
        for _ in range(ROUNDS):
            vector = embedder.embed([""])
            began = time.perf_counter()
            self._collection.query(
                query_embeddings=vector, n_results=50, where=where, include=["distances"]
            )
            seconds.append(time.perf_counter() - began)
        return round(1000 * statistics.median(seconds), 1)


def _day(article: Article) -> int:
    assert article.published is not None
    return article.published.toordinal()


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
    rows = [f"{'limit':22} {'articles':>9} {'ms':>8} {'where, ms':>10}"]
    matching, plain = figures["matching"], figures["chroma_where_ms"]
    rows += [
        f"{name:22} {matching[name]:>9} {value:>8} {plain[name]:>10}"
        for name, value in figures["median_ms"].items()
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
