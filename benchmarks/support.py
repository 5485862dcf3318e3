"""Is the support score a probability? `python -m benchmarks.support --json`.

Three sets that the reader did not learn from, and what the shipped support model says of them:
AttributionBench (on which the model's few weights were fitted, so here each source is judged by a
model of the other sources), SciFact's validation claims (supported against contradicted by their
abstract), and sentences made from questions of the reported SQuAD titles, true and changed in one
place. Balanced accuracy at one half, AUROC, Brier, expected calibration error over ten bins, and
the bins themselves (reliability): share supported by probability given.
"""

import argparse
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, roc_auc_score

from eval.calibration import calibration_error, reliability
from rag.support import ReaderSupport
from training.reader.attribution import stretches
from training.reader.support_task import scifact_claims
from training.support import Judged, apart, attribution, build_support, made


def main() -> None:
    """Judge, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.support", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--made", type=int, default=1000, help="sentences made, of about 3,000")
    parser.add_argument("--only", choices=("attribution", "scifact", "made"))
    args = parser.parse_args()
    support = build_support()
    found: dict[str, Any] = {}
    if args.only in (None, "attribution"):
        judged = attribution()
        found["attributionbench"] = figures(judged, apart(support, judged))
    for name, judged in (("scifact", scifact()), ("made", made("report", args.made))):
        if args.only in (None, name):
            found[name] = figures(judged, given(support, judged))
    print(json.dumps(found, indent=None if args.json else 1))


def scifact() -> list[Judged]:
    """SciFact's validation claims with an abstract that supports or contradicts them."""
    return [
        Judged(claim.sentence, stretches(claim.passage), claim.label == 0, "scifact")
        for claim, _ in scifact_claims("validation")
        if claim.label != 2
    ]


def given(support: ReaderSupport, judged: Sequence[Judged]) -> NDArray[np.float64]:
    """The probability of each claim with the span that carries it best."""
    return np.array([max(support.support(one.claim, one.spans)) for one in judged])


def figures(judged: Sequence[Judged], said: NDArray[np.float64]) -> dict[str, Any]:
    """How well `said` tells supported from not, and how honest it is."""
    labels = np.array([one.supported for one in judged])
    pairs = list(zip(said.tolist(), labels.tolist(), strict=True))
    error = calibration_error(pairs)
    assert error is not None
    return {
        "claims": len(judged),
        "supported": round(float(labels.mean()), 4),
        "balanced_accuracy": round(float(balanced_accuracy_score(labels, said >= 0.5)), 4),
        "auroc": round(float(roc_auc_score(labels, said)), 4),
        "brier": round(float(brier_score_loss(labels, said)), 4),
        "calibration_error": round(error, 4),
        "reliability": [
            {"given": round(one.confidence, 2), "supported": round(one.right, 2), "of": one.answers}
            for one in reliability(pairs)
        ],
    }


if __name__ == "__main__":
    main()
