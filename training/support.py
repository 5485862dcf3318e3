"""Fit the support model: `python -m training.support [--write]`.

Data: AttributionBench's development set, 1,198 claims with references, half of them attributable.
A claim is compared with the sentence of its references that is nearest to it. The figure printed
is of cross-validation by source data set: each source is judged by a model that never saw it.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

from benchmarks.corpora import DATA, require
from ingest.embed import OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.models import DEFAULT_EMBEDDING_MODEL
from ingest.sentences import split_sentences
from rag.support import EmbeddingSupport

FEATURES = ("cosine", "shared")
SOURCE = DATA / "attributionbench" / "dev_all_subset_balanced.jsonl"
OUT = Path(__file__).resolve().parents[1] / "rag" / "support.json"
MOST_SENTENCES = 200


def main() -> None:
    """Fit, print the figures, and with --write replace `rag/support.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    rows, labels, groups = collect()
    model = LogisticRegression()
    apart = cross_val_predict(
        model, rows, labels, groups=groups, cv=LeaveOneGroupOut(), method="predict_proba"
    )[:, 1]
    model.fit(rows, labels)
    weights = dict(zip(FEATURES, (round(float(c), 4) for c in model.coef_[0]), strict=True))
    weights["bias"] = round(float(model.intercept_[0]), 4)
    about = {
        "fitted_on": "AttributionBench dev; python -m training.support --write",
        "cross_validated_by_source": {
            "claims": len(labels),
            "balanced_accuracy": round(balanced_accuracy_score(labels, apart >= 0.5), 4),
            "auroc": round(roc_auc_score(labels, apart), 4),
        },
        "weights": weights,
    }
    print(json.dumps(about, indent=2))
    if write:
        OUT.write_text(json.dumps(about, indent=2) + "\n")


def collect() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of each claim with its nearest sentence, labels, and source data sets."""
    embedder = OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
    support = EmbeddingSupport(embedder, {})
    rows, labels, groups = [], [], []
    for line in require(SOURCE).read_text().splitlines():
        item = json.loads(line)
        text = "\n".join(item["references"])
        sentences = [text[a:b] for a, b in split_sentences(text)][:MOST_SENTENCES]
        if not sentences:
            continue
        found = support.features(item["claim"], sentences)
        best = max(found, key=lambda row: row["cosine"] + row["shared"])
        rows.append([best[name] for name in FEATURES])
        labels.append(item["attribution_label"] == "attributable")
        groups.append(item["src_dataset"])
    return np.array(rows), np.array(labels), np.array(groups)


if __name__ == "__main__":
    main()
