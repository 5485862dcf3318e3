"""`python -m benchmarks.metrics --json`: are our metrics those of the reference tools?

Retrieval: SciFact's 300 queries ranked by BM25 and by meaning, each metric of each query computed
by `eval.ranking` and by pytrec_eval on the same ranking; and nDCG@10 beside what others publish for
the two (Anserini's BM25 0.679, MTEB's all-MiniLM-L6-v2 0.645; our passages and tokeniser differ).

Answers: exact match and F1 of made predictions for all of SQuAD dev 1.1 and 2.0, by `eval.answers`
and by the official script, where `--squad-script evaluate-v2.0.py` names it (not ours to ship).
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytrec_eval

from benchmarks.corpora import DATA, library_of, require
from eval.answers import exact_match, token_f1
from eval.ranking import ARTICLES, PASSAGES, score_ranking
from eval.statistics import mean
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
    worst, sums = 0.0, dict.fromkeys(PASSAGES, 0.0)
    for query, ids in ranking.items():
        ours = score_ranking(ids, qrels[query], {**PASSAGES, **ARTICLES})
        for name, measure in {**PASSAGES, **ARTICLES}.items():
            expected = theirs[query][TREC.get(measure, "recip_rank")]
            worst = max(worst, abs(ours[name] - expected))
        sums = {name: total + ours[name] for name, total in sums.items()}
    return {
        "queries": len(ranking),
        "greatest_difference": worst,
        **{name: round(total / len(ranking), 4) for name, total in sums.items()},
    }


def compare_answers(path: Path, script: Path | None) -> dict[str, Any]:
    """Exact match and F1 of made predictions, in percent, by us and by the official script."""
    paragraphs = [p for entry in json.loads(path.read_text())["data"] for p in entry["paragraphs"]]
    rng = random.Random(5)
    predictions: dict[str, str] = {}
    golds: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        for qa in paragraph["qas"]:
            golds[qa["id"]] = [answer["text"] for answer in qa["answers"]]
            predictions[qa["id"]] = _prediction(golds[qa["id"]], paragraph["context"], rng)
    scores = [
        (exact_match(predictions[q], gold), token_f1(predictions[q], gold))
        for q, gold in golds.items()
    ]
    ours = {"exact": 100 * (mean([e for e, _ in scores]) or 0), "total": len(scores)}
    ours["f1"] = 100 * (mean([f for _, f in scores]) or 0)
    if script is None:
        return {"ours": ours, "script": "not given: --squad-script evaluate-v2.0.py"}
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "predictions.json"
        written.write_text(json.dumps(predictions))
        told = subprocess.run(
            [sys.executable, str(script), str(path), str(written)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    theirs = json.loads(told)
    same = all(abs(ours[name] - theirs[name]) < 1e-9 for name in ("exact", "f1", "total"))
    return {"ours": ours, "script": {n: theirs[n] for n in ("exact", "f1", "total")}, "same": same}


def _prediction(gold: Sequence[str], context: str, rng: random.Random) -> str:
    """Right, nearly right, wrong or nothing, as a reader's answers are."""
    words = context.split()
    start = rng.randrange(len(words))
    wrong = " ".join(words[start : start + rng.randint(1, 5)])
    right = rng.choice(gold) if gold else wrong
    return rng.choice([right, f"The {right.upper()}.", f"{right} {wrong}", wrong, ""])


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line; exits with 1 where a metric differs from its reference."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metrics", description=__doc__)
    parser.add_argument("--squad-script", type=Path, help="SQuAD's own evaluate-v2.0.py")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    squad = require(DATA / "squad" / "dev-v1.1.json").parent
    figures: dict[str, Any] = {
        name: compare_answers(squad / f"dev-{name}.json", asked.squad_script)
        for name in ("v1.1", "v2.0")
    }
    with tempfile.TemporaryDirectory() as folder:
        rankings, qrels = scifact_rankings(Path(folder))
        figures |= {way: compare_ranking(found, qrels) for way, found in rankings.items()}
    print(json.dumps(figures, indent=None if asked.json else 1))
    apart = [figures[way]["greatest_difference"] > 1e-9 for way in rankings]
    told = [figures[name].get("same", True) for name in ("v1.1", "v2.0")]
    sys.exit(1 if any(apart) or not all(told) else 0)


if __name__ == "__main__":
    main()
