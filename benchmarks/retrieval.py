"""`python -m benchmarks.retrieval --json`: does the right passage come first?

SciFact (Wadden et al. 2020, as in BEIR): nDCG@10 of the abstracts, each ranked by its best passage.
SQuAD dev 1.1 as an open library: each title's paragraphs joined into one article, all questions; a
passage is a hit when it holds a gold answer inside the gold paragraph. The baseline is plain
LlamaIndex (`benchmarks.plain`) in the same run, with its own chunks and, with --thorough, chunks of
the size of Byline's. Titles that the reader trained on are counted apart. The libraries and what
the reader read are kept in `~/.cache/byline`, so a run that was stopped goes on where it was.
"""

import argparse
import json
import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import nDCG
from llama_index.core import Document

from benchmarks.corpora import DATA, Asked, kept_library, require, squad
from benchmarks.plain import plain_retriever
from benchmarks.readings import RememberingReader
from ingest.library import Library
from ingest.types import Article
from rag.build import build_embedder, build_reader, build_retriever, reader_folder
from rag.rank import ReaderRanker
from rag.reader import weights_digest
from rag.settings import Settings
from rag.types import Hit
from training.reader.sources import squad_parts

Figures = dict[str, Any]
Found = tuple[str, int, int]
"""Article, and the characters of it that a passage holds."""
DEPTH, CUTS = 50, (1, 5, 10)


def main() -> None:
    """Runs both parts, or one, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=("scifact", "squad"))
    parser.add_argument("--sample", type=int, help="so many SQuAD questions instead of all 10,570")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--thorough", action="store_true", help="also with every candidate read")
    how.add_argument("--fusion-only", action="store_true", help="without the reader: minutes")
    asked = parser.parse_args()
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        if asked.only != "squad":
            figures |= scifact(reading=not asked.fusion_only)
        if asked.only != "scifact":
            figures |= open_squad(
                Path(folder),
                asked.sample,
                reading=not asked.fusion_only,
                thorough=asked.thorough,
            )
    print(json.dumps(figures) if asked.json else json.dumps(figures, indent=1))


class Search:
    """Byline's way to passages, with its default settings: fusion, then the reader."""

    def __init__(self, name: str, articles: Sequence[Article]) -> None:
        settings = Settings()
        embedder = build_embedder(settings)
        self._library: Library = kept_library(name, articles, embedder)
        self._retriever = build_retriever(settings, self._library, embedder)
        reader = build_reader(settings)
        self.reader = RememberingReader(reader, weights_digest(reader_folder(settings)))
        self._ranker = ReaderRanker.of(self.reader)
        self._thorough = ReaderRanker.of(self.reader, sure=math.inf)
        self._ranked = settings.retrieval.ranked

    def fused(self, question: str) -> list[Hit]:
        """The best DEPTH passages by fusion alone."""
        return self._retriever.retrieve(question, DEPTH)

    def ranked(self, question: str, fused: list[Hit], *, thorough: bool = False) -> list[Hit]:
        """The same, the first of them in the order of the ranker; `thorough` reads all of those."""
        best, rest = fused[: self._ranked], fused[self._ranked :]
        ranker = self._thorough if thorough else self._ranker
        return [*ranker.rank(question, best), *rest]


def scifact(*, reading: bool) -> Figures:
    """nDCG@10 of all 300 test queries, by fusion alone and as Byline ranks."""
    source = require(DATA / "scifact" / "corpus.jsonl")
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    articles = [Article(row["_id"], row["text"], row["title"]) for row in rows]
    search = Search("scifact", articles)
    qrels = [
        ir_measures.Qrel(query, document, int(grade))
        for query, document, grade in (
            line.split("\t")
            for line in (DATA / "scifact" / "qrels" / "test.tsv").read_text().splitlines()[1:]
        )
    ]
    judged = {qrel.query_id for qrel in qrels}
    queries = [
        (row["_id"], row["text"])
        for row in map(json.loads, (DATA / "scifact" / "queries.jsonl").read_text().splitlines())
        if row["_id"] in judged
    ]
    runs: dict[str, list[ir_measures.ScoredDoc]] = {"fusion": [], "ranked": []}
    for identity, text in progress(queries, "SciFact queries"):
        fused = search.fused(text)
        runs["fusion"] += _documents(identity, fused)
        if reading:
            runs["ranked"] += _documents(identity, search.ranked(text, fused))
    scores = {
        name: round(ir_measures.calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10], 4)
        for name, run in runs.items()
        if run
    }
    return {
        "scifact_ndcg10": scores.get("ranked"),
        "scifact_ndcg10_fusion": scores["fusion"],
        "scifact_queries": len(queries),
    }


def _documents(query: str, hits: Sequence[Hit]) -> list[ir_measures.ScoredDoc]:
    order = dict.fromkeys(hit.article.id for hit in hits)
    return [
        ir_measures.ScoredDoc(query, document, float(-rank)) for rank, document in enumerate(order)
    ]


def open_squad(folder: Path, sample: int | None, *, reading: bool, thorough: bool) -> Figures:
    """Hits of Byline, of its fusion alone and of the baseline.

    `thorough`: also with all candidates read, and of a baseline with smaller chunks. Without
    `reading`, of fusion and the baseline only.
    """
    articles, asked = squad(DATA / "squad" / "dev-v1.1.json")
    if sample:
        asked = random.Random(3).sample(asked, min(sample, len(asked)))
    search = Search("squad", articles)
    documents = [Document(text=a.text, id_=a.id, metadata={}) for a in articles]
    plain = {"baseline": plain_retriever(documents, folder / "plain", max(CUTS))}
    if thorough:
        small = plain_retriever(documents, folder / "plain256", max(CUTS), 256)
        plain["baseline_256"] = small
    titles = {article.id: article.title.replace(" ", "_") for article in articles}
    unseen = [squad_parts().get(titles[one.article_id]) == "report" for one in asked]
    ways = ["fusion", *([""] if reading else []), *(["all_read"] if thorough else []), *plain]
    ranks: dict[str, list[int]] = {name: [] for name in ways}
    read = 0
    for one in progress(asked, "SQuAD questions"):
        fused = search.fused(one.question)
        ranks["fusion"].append(_rank(one, map(_of_hit, fused)))
        if reading:
            ranked = search.ranked(one.question, fused)
            read += sum(hit.reading is not None for hit in ranked)
            ranks[""].append(_rank(one, map(_of_hit, ranked)))
        if thorough:
            every = search.ranked(one.question, fused, thorough=True)
            ranks["all_read"].append(_rank(one, map(_of_hit, every)))
        for name, retriever in plain.items():
            nodes = retriever.retrieve(one.question)
            ranks[name].append(_rank(one, map(_of_node, nodes)))
    figures: Figures = {
        "squad_questions": len(asked),
        "squad_questions_unseen": sum(unseen),
        "squad_passages_read": round(read / len(asked), 2),
    }
    for name, found in ranks.items():
        for k in CUTS:
            key = f"squad_hit{k}" + (f"_{name}" if name else "")
            figures[key] = _share([rank <= k for rank in found])
            of_unseen = [rank <= k for rank, new in zip(found, unseen, strict=True) if new]
            figures[f"{key}_unseen"] = _share(of_unseen)
    return figures


def _of_hit(hit: Hit) -> Found:
    return hit.article.id, hit.passage.start, hit.passage.end


def _of_node(scored: Any) -> Found:
    node = scored.node
    return node.ref_doc_id, node.start_char_idx, node.end_char_idx


def _rank(asked: Asked, found: Iterable[Found]) -> int:
    """1 for the first; one more than any cut where no passage holds the answer."""
    for rank, (article, start, end) in enumerate(found, 1):
        if article == asked.article_id and any(
            start <= first and last <= end for first, last in asked.spans
        ):
            return rank
    return max(CUTS) + 1


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / max(1, len(values)), 4)


def progress(items: Sequence[Any], what: str) -> Iterable[Any]:
    """The items, with a line on standard error now and then."""
    say: Callable[[str], int] = sys.stderr.write
    for number, item in enumerate(items, 1):
        yield item
        if number % 500 == 0:
            say(f"{number} of {len(items)} {what}\n")


if __name__ == "__main__":
    main()
