"""Ranks SQuAD dev's 2,067 paragraphs: fusion of dense and word search, then the reader on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.reader import OpenVINOReader
from training.reader.negatives import Words, embed, fuse
from training.reader.network import from_minilm
from training.reader.paths import MINILM, tokenizer
from training.reader.sources import Question, squad_paragraphs

Table = NDArray[np.float64]
DEPTH = 20


@dataclass(frozen=True)
class Ranked:
    """Scores of DEPTH candidates a question, best fused first; gold is the place or -1."""

    fused: Table
    relevance: Table
    span: Table
    gold: NDArray[np.int64]

    def hit1(self, span: float, fused: float) -> float:
        """Share of questions whose gold paragraph comes first by relevance + span + fused."""
        scores = self.relevance + span * self.span + fused * self.fused
        return float(np.mean(scores.argmax(1) == self.gold))

    def fusion_hit1(self) -> float:
        """Share whose gold paragraph fusion alone puts first."""
        return float(np.mean(self.gold == 0))

    def best_weights(self) -> tuple[float, float]:
        """The weights of span and fused scores with the most hits, from a small grid."""
        grid = [(a, b) for a in (0.0, 0.1, 0.2, 0.4, 0.8) for b in (0.0, 20.0, 50.0, 100.0, 200.0)]
        return max(grid, key=lambda pair: self.hit1(*pair))


def ranked(reader: OpenVINOReader, questions: Sequence[Question]) -> Ranked:
    """Candidates of every question among all paragraphs, read by the reader."""
    paragraphs = [text for _, text in squad_paragraphs()]
    network, words = from_minilm(MINILM, dropout=0), tokenizer()
    asked = [question.text for question in questions]
    dense = embed(network, words, asked) @ embed(network, words, paragraphs).T
    fused = fuse(dense, Words(paragraphs).scores(asked))
    # Ties of reciprocal ranks are broken by the dense score.
    order = np.argsort(-(fused + 1e-6 * dense), axis=1)[:, :DEPTH]
    readings = reader.read_pairs(
        [text for text in asked for _ in range(DEPTH)],
        [paragraphs[index] for row in order for index in row],
    )
    shape = order.shape
    gold = np.full(len(questions), -1)
    for at, question in enumerate(questions):
        places = [place for place, index in enumerate(order[at])
                  if paragraphs[index] == question.passage]  # fmt: skip
        gold[at] = places[0] if places else -1
    return Ranked(
        np.take_along_axis(fused, order, 1).astype(np.float64),
        np.array([one.relevance for one in readings]).reshape(shape),
        np.array([one.best_span().score for one in readings]).reshape(shape),
        gold,
    )
