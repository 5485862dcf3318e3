"""`python -m benchmarks.metrics --json`: are our metrics those of the reference tools?

Retrieval: SciFact's 300 queries ranked by BM25 and by meaning, each metric of each query computed
by `eval.ranking` and by pytrec_eval on the same ranking; and nDCG@10 beside what others publish for
the two (Anserini's BM25 0.679, MTEB's all-MiniLM-L6-v2 0.645; our passages and tokeniser differ).

Answers: exact match and F1 of the reader's and of made predictions for all of SQuAD dev 1.1 and
2.0, by `eval.answers` and by each `--squad-script` (benchmarks/squad_scripts.py says where to have
them).
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytrec_eval

from benchmarks.corpora import DATA, library_of, require
from benchmarks.squad_scripts import TOLERANCE, compare, script_at
from eval.ranking import ARTICLES, PASSAGES, score_ranking
from ingest.types import Article
from rag.build import build_embedder
from rag.settings import Settings

DEPTH = 100
TREC = {
    "R@5": "recall_5", "R@10": "recall_10", "P@5": "P_5", "AP@10": "map_cut_10",
    "nDCG@10": "ndcg_cut_10", "Success@1": "success_1", "Success@5": "success_5",
    "Success@10": "success_10",
}  # fmt: skip
"""Our measures by ir_measures' name, and what trec_eval calls each."""
Ranking = Mapping[str, Sequence[str]]
"""Query to document ids, the best first."""


def scifact_rankings(folder: Path) -> tuple[dict[str, Ranking], dict[str, dict[str, int]]]:
    """SciFact ranked by the words and by the vectors of its passages, and its judgements."""
    rows = _lines(require(DATA / "scifact" / "corpus.jsonl"))
    qrels: dict[str, dict[str, int]] = {}
    for line in (DATA / "scifact" / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, document, grade = line.split("\t")
        qrels.setdefault(query, {})[document] = int(grade)
    queries = {r["_id"]: r["text"] for r in _lines(DATA / "scifact" / "queries.jsonl")}
    articles = [Article(row["_id"], row["text"], row["title"]) for row in rows]
    embedder = build_embedder(Settings())
    library = library_of(articles, embedder, folder)
    asked = {name: queries[name] for name in qrels}
    vectors = embedder.embed(list(asked.values()))
    of_article = {p: article.id for p, (_, article) in _passages(library).items()}
    found: dict[str, dict[str, list[str]]] = {"bm25": {}, "dense": {}}
    for (name, text), vector in zip(asked.items(), vectors, strict=True):
        ranked = {
            "bm25": library.words.best(text, DEPTH),
            "dense": library.vectors.nearest(np.asarray(vector), DEPTH),
        }
        for way, hits in ranked.items():
            found[way][name] = list(dict.fromkeys(of_article[p] for p, _ in hits))
    library.close()
    return {**found}, qrels


def _passages(library: Any) -> dict[str, Any]:
    known: dict[str, Any] = library.catalogue.passages(sorted(library.catalogue.passage_ids()))
    return known


def compare_ranking(ranking: Ranking, qrels: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The greatest difference between ours and trec_eval's over queries and measures; the means."""
    evaluator = pytrec_eval.RelevanceEvaluator(
        {q: dict(found) for q, found in qrels.items()}, {*TREC.values(), "recip_rank"}
    )
    runs = {q: {d: float(-n) for n, d in enumerate(ids)} for q, ids in ranking.items()}
    theirs = evaluator.evaluate(runs)
    # trec_eval's reciprocal rank has no cut: it is given the first ten alone.
    tens = {q: dict(list(found.items())[:10]) for q, found in runs.items()}
    for query, found in evaluator.evaluate(tens).items():
        theirs[query]["recip_rank"] = found["recip_rank"]
    greatest, sums = 0.0, dict.fromkeys(PASSAGES, 0.0)
    for query, ids in ranking.items():
        ours = score_ranking(ids, qrels[query], {**PASSAGES, **ARTICLES})
        for name, measure in {**PASSAGES, **ARTICLES}.items():
            expected = theirs[query][TREC.get(measure, "recip_rank")]
            greatest = max(greatest, abs(ours[name] - expected))
        sums = {name: total + ours[name] for name, total in sums.items()}
    return {
        "queries": len(ranking),
        "greatest_difference": greatest,
        **{name: round(total / len(ranking), 4) for name, total in sums.items()},
    }


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line; exits with 1 where a metric differs from its reference."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metrics", description=__doc__)
    parser.add_argument(
        "--squad-script", type=Path, action="append", default=[], help="again: one more"
    )
    parser.add_argument("--read", type=int, default=20_000, help="questions asked of the reader")
    parser.add_argument("--only", choices=["answers", "ranking"], help="half of it")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    figures: dict[str, Any] = {}
    if asked.only != "ranking":
        squad = require(DATA / "squad" / "dev-v1.1.json").parent
        scripts = [script_at(path) for path in asked.squad_script]
        for name in ("v1.1", "v2.0"):
            figures[f"squad_{name}"] = compare(
                name, squad / f"dev-{name}.json", scripts, asked.read
            )
        if not scripts:
            figures["scripts"] = "none given: --squad-script"
    if asked.only != "answers":
        with tempfile.TemporaryDirectory() as folder:
            rankings, qrels = scifact_rankings(Path(folder))
            figures |= {way: compare_ranking(found, qrels) for way, found in rankings.items()}
    print(json.dumps(figures, indent=None if asked.json else 1))
    sys.exit(1 if worst(figures) > TOLERANCE else 0)


def worst(figures: Any) -> float:
    """The greatest difference anywhere in `figures`."""
    if not isinstance(figures, Mapping):
        return 0.0
    return max(float(figures.get("greatest_difference", 0)), *map(worst, figures.values()))


if __name__ == "__main__":
    main()
