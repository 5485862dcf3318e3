"""Choose how passages are ranked: `python -m training.ranking [--write]`.

Data: SQuAD 1.1 questions of the titles kept for choosing (`training.reader.titles`), which the
reader never trained on, asked of all 48 titles as an open library. Chosen are the weights of the
reader's span and of the retrieval score beside its relevance, and the span logit from which the
first passages suffice. Half of the questions choose, by paragraph; the figures are of the others.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import DATA, Asked, kept_library, squad
from benchmarks.readings import RememberingReader
from rag.build import build_embedder, build_reader, build_retriever, reader_folder
from rag.rank import read_hits
from rag.reader import weights_digest
from rag.settings import Settings
from rag.types import Hit
from training.reader.sources import squad_parts

OUT = Path(__file__).resolve().parents[1] / "rag" / "ranking.json"
FIRST, SEED, LOWEST = 8, 7, -20.0
SPANS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
FUSED = (0.0, 2.0, 4.0, 8.0, 12.0, 16.0, 24.0, 32.0)
NEVER = 1000.0
SUREST = 2.0
"""No lower logit counts as sure, whatever these questions say."""
LOSS = 0.002
"""So many hits at 1 may be lost by reading the first passages only, as a share of questions."""

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """Candidates of each question, the best fused first; missing ones score very low."""

    fused: Table
    """(questions, candidates), as the two below."""
    relevance: Table
    span: Table
    right: NDArray[np.bool_]
    """Whether the passage holds the answer."""

    def of(self, chosen: NDArray[np.bool_]) -> "Ranked":
        """The questions chosen."""
        return Ranked(
            self.fused[chosen], self.relevance[chosen], self.span[chosen], self.right[chosen]
        )

    def scores(self, span: float, fused: float) -> Table:
        """What each candidate is ranked by."""
        return self.relevance + span * self.span + fused * self.fused

    def hit(self, scores: Table, k: int) -> float:
        """Share of questions with a right one among the `k` best."""
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return float(np.take_along_axis(self.right, best, 1).any(axis=1).mean())

    def stopped(self, scores: Table, sure: float) -> NDArray[np.bool_]:
        """The questions whose best of the first has a span of `sure`."""
        best = scores[:, :FIRST].argmax(axis=1)
        sure_enough: NDArray[np.bool_] = self.span[np.arange(len(best)), best] >= sure
        return sure_enough

    def walked(self, scores: Table, sure: float) -> Table:
        """The scores when the others are left unread where the first suffice."""
        scores = scores.copy()
        behind = scores[:, :FIRST].min(axis=1, keepdims=True)
        unread = behind - np.arange(1, scores.shape[1] - FIRST + 1)
        stopped = self.stopped(scores, sure)
        scores[stopped, FIRST:] = unread[stopped]
        return scores


def main() -> None:
    """Choose, print the figures, and with --write replace `rag/ranking.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sample", type=int, default=800, help="questions, of 825")
    asked = parser.parse_args()
    found, halves = collect(asked.sample)
    chosen = choose(found.of(halves))
    about = {
        "weights": chosen,
        "held_out": judge(found.of(~halves), chosen),
        "fitted_on": (
            f"half of {len(halves)} SQuAD questions of titles kept for choosing; "
            "python -m training.ranking --write"
        ),
    }
    print(json.dumps(about, indent=2))
    if asked.write:
        OUT.write_text(json.dumps(about, indent=2) + "\n")


def collect(sample: int) -> tuple[Ranked, NDArray[np.bool_]]:
    """The candidates of the questions, read, and which questions choose."""
    articles, every = squad(DATA / "squad" / "dev-v1.1.json")
    titles = {article.id: article.title.replace(" ", "_") for article in articles}
    kept = [one for one in every if squad_parts()[titles[one.article_id]] == "choose"]
    # The same first ones for every size: what was read for a smaller sample is remembered.
    asked = random.Random(SEED).sample(kept, len(kept))[:sample]
    settings = Settings()
    embedder, digest = build_embedder(settings), weights_digest(reader_folder(settings))
    reader = RememberingReader(build_reader(settings), digest)
    rows = []
    with closing(kept_library("squad", articles, embedder)) as library:
        retriever = build_retriever(settings, library, embedder)
        for number, one in enumerate(asked, 1):
            hits = retriever.retrieve(one.question, settings.retrieval.ranked)
            rows.append(_row(one, read_hits(reader, one.question, hits)))
            if number % 20 == 0:
                print(f"{number} of {len(asked)} questions", file=sys.stderr, flush=True)
    table = np.array(rows)
    halves = np.array([one.paragraph[0] % 2 == 0 for one in asked])
    return Ranked(table[..., 0], table[..., 1], table[..., 2], table[..., 3] > 0), halves


def _row(asked: Asked, hits: Sequence[Hit]) -> list[tuple[float, float, float, bool]]:
    row = []
    for hit in hits:
        assert hit.reading is not None
        span = max(LOWEST, hit.reading.best_span().score)
        row.append((hit.score, hit.reading.relevance, span, _holds(asked, hit)))
    return row


def _holds(asked: Asked, hit: Hit) -> bool:
    return hit.article.id == asked.article_id and any(
        hit.passage.start <= start and end <= hit.passage.end for start, end in asked.spans
    )


def choose(found: Ranked) -> dict[str, float]:
    """The weights with the most hits at 1 and 5, and the lowest logit that loses next to none."""
    span, fused = _plainest(found)
    scores = found.scores(span, fused)
    least = found.hit(scores, 1) - LOSS
    sure = next(
        float(logit)
        for logit in np.append(np.arange(SUREST, 16, 0.25), NEVER)
        if found.hit(found.walked(scores, logit), 1) >= least
    )
    return {"span": span, "fused": fused, "first": FIRST, "sure": sure}


def _plainest(found: Ranked) -> tuple[float, float]:
    """The weights that lean least on retrieval, of those within a standard error of the best.

    The one-standard-error rule (Breiman et al. 1984), the error that of the difference by question:
    these questions share more words with their paragraphs than a reader's would, so what retrieval
    seems to add is partly theirs.
    """
    each = {pair: _hits(found, found.scores(*pair)) for pair in product(SPANS, FUSED)}
    best = max(each.values(), key=np.mean)
    near = [
        pair
        for pair, hits in each.items()
        if np.mean(best - hits) <= np.std(best - hits) / math.sqrt(len(hits))
    ]
    return min(near, key=lambda pair: (pair[1], -np.mean(each[pair])))


def _hits(found: Ranked, scores: Table) -> Table:
    """(questions,) hit at 1 plus hit at 5."""
    places = np.argsort(-scores, axis=1, kind="stable")
    right = np.take_along_axis(found.right, places, 1)
    both: Table = right[:, :1].any(1).astype(float) + right[:, :5].any(1)
    return both


def judge(found: Ranked, chosen: dict[str, float]) -> dict[str, Any]:
    """Hits of fusion alone, with all read, and as the walk goes; how often the first suffice."""
    scores = found.scores(chosen["span"], chosen["fused"])
    ways = {
        "fusion": found.fused,
        "all_read": scores,
        "walked": found.walked(scores, chosen["sure"]),
    }
    figures: dict[str, Any] = {"questions": len(found.right)}
    for name, way in ways.items():
        figures |= {f"hit{k}_{name}": round(found.hit(way, k), 4) for k in (1, 5, 10)}
    figures["first_sufficed"] = round(float(found.stopped(scores, chosen["sure"]).mean()), 4)
    return figures


if __name__ == "__main__":
    main()
