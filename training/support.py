"""Fit the support model: `python -m training.support [--write]`.

Data: AttributionBench's development set, 1,198 claims with references, half of them attributable,
and sentences made from questions and answers of the SQuAD titles kept for choosing, true and
changed in one place. The reader trained on neither. A claim is compared with the stretch of its
references that carries it best. The figures printed are of cross-validation by source data set:
each is judged by a model that never saw it.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

from benchmarks.corpora import DATA, require
from rag.build import build_embedder, build_reader
from rag.settings import Settings
from rag.support import ReaderSupport
from training.reader.attribution import stretches
from training.reader.claims import claims, focused
from training.reader.sources import squad
from training.reader.titles import Part

SOURCE = DATA / "attributionbench" / "dev_all_subset_balanced.jsonl"
OUT = Path(__file__).resolve().parents[1] / "rag" / "support.json"
MADE, SEED = 600, 5


@dataclass(frozen=True)
class Judged:
    """A claim, what may carry it, whether it does, and where it comes from."""

    claim: str
    spans: Sequence[str]
    supported: bool
    source: str


def main() -> None:
    """Fit, print the figures, and with --write replace `rag/support.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    judged = [*attribution(), *made("choose", MADE)]
    rows, names = features(build_support(), judged)
    labels = np.array([one.supported for one in judged])
    sources = np.array([one.source for one in judged])
    given = _apart(rows, judged)
    model = LogisticRegression(max_iter=5000).fit(rows, labels)
    weights = {name: round(float(c), 4) for name, c in zip(names, model.coef_[0], strict=True)}
    weights["bias"] = round(float(model.intercept_[0]), 4)
    about = {
        "fitted_on": "AttributionBench dev and made sentences; python -m training.support --write",
        "cross_validated_by_source": {
            source: figures(labels[sources == source], given[sources == source])
            for source in sorted(set(sources))
        }
        | {"AttributionBench": figures(labels[sources != "made"], given[sources != "made"])},
        "weights": weights,
    }
    print(json.dumps(about, indent=2))
    if write:
        OUT.write_text(json.dumps(about, indent=2) + "\n")


def figures(labels: np.ndarray, given: np.ndarray) -> dict[str, float]:
    """How well probabilities tell supported from not."""
    return {
        "claims": len(labels),
        "balanced_accuracy": round(balanced_accuracy_score(labels, given >= 0.5), 4),
        "auroc": round(roc_auc_score(labels, given), 4),
        "brier": round(brier_score_loss(labels, given), 4),
    }


def attribution() -> list[Judged]:
    """AttributionBench: a claim beside the stretches of its references."""
    found = []
    for line in require(SOURCE).read_text().splitlines():
        item = json.loads(line)
        spans = [piece for text in item["references"] if text.strip() for piece in stretches(text)]
        if spans:
            attributable = item["attribution_label"] == "attributable"
            found.append(Judged(item["claim"], spans, attributable, item["src_dataset"]))
    return found


def made(part: Part, count: int) -> list[Judged]:
    """True sentences and changed ones over a few sentences of passages of a part of the titles."""
    questions = squad(part, "1.1")
    pool = [one.answers[0] for one in questions]
    randomness = random.Random(SEED)
    found: list[Judged] = []
    for question in randomness.sample(questions, len(questions)):
        pair = claims(focused(question, randomness), pool, randomness)
        if len(pair) == 2 and {one.label for one in pair} == {0, 1}:
            found += [Judged(one.sentence, [one.passage], one.label == 0, "made") for one in pair]
    return found[:count]


def build_support() -> ReaderSupport:
    """The support model as it ships."""
    settings = Settings()
    return ReaderSupport(build_reader(settings), build_embedder(settings))


def apart(support: ReaderSupport, judged: Sequence[Judged]) -> np.ndarray:
    """(claims,) the probability of each, by a model fitted on the other sources and `made`."""
    every = [*judged, *made("choose", MADE)]
    return _apart(features(support, every)[0], every)[: len(judged)]


def _apart(rows: np.ndarray, judged: Sequence[Judged]) -> np.ndarray:
    labels = np.array([one.supported for one in judged])
    sources = np.array([one.source for one in judged])
    return np.asarray(
        cross_val_predict(
            LogisticRegression(max_iter=5000),
            rows,
            labels,
            groups=sources,
            cv=LeaveOneGroupOut(),
            method="predict_proba",
        )[:, 1]
    )


def features(support: ReaderSupport, judged: Sequence[Judged]) -> tuple[np.ndarray, list[str]]:
    """(claims, features) of each claim with the span that carries it best, and their names."""
    rows = []
    for one in judged:
        found = support.features(one.claim, one.spans)
        rows.append(max(found, key=lambda row: row["not_open"] + row["not_contradicted"]))
    return np.array([list(row.values()) for row in rows]), list(rows[0])


if __name__ == "__main__":
    main()
