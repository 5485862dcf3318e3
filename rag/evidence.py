"""Passages to evidence: their sentences, each with the probability that it answers the question.

A logistic model over a few plain features, fitted by `training/evidence.py`; its weights lie in
`rag/evidence.json` with what they were fitted on.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ingest.embed import Embedder
from ingest.lexical import LexicalIndex, stems
from ingest.sentences import split_sentences
from rag.question import Question, Wanted
from rag.short import short_answers
from rag.types import Evidence, Hit

MIN_WORDS = 4
"""A shorter run of words (a heading, a stray label) is not evidence."""


SHORTLIST = 32
"""Sentences that are embedded for a question: of 1,200 development questions, reading all of their
68 sentences never changed the best one (docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True)
class Span:
    """One sentence of a hit, with offsets into its article."""

    hit: Hit
    rank: int
    """Of its passage: 1 for the best."""
    text: str
    start: int
    end: int


class EvidenceFinder:
    """Finds the sentences that answer a question."""

    def __init__(
        self, embedder: Embedder, words: LexicalIndex, weights: Mapping[str, float] | None = None
    ) -> None:
        """`weights`: one for each feature and `bias`; None takes those that ship with Byline."""
        self._embedder = embedder
        self._words = words
        self._weights = shipped_weights() if weights is None else weights

    def find(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """The sentences of `hits` that are most likely to answer, the most probable first."""
        spans = self._shortlist(question, sentences_of(hits))
        rows = self.features(question, spans)
        evidence = [
            Evidence(span.hit, span.text, span.start, span.end, _sigmoid(self._logit(row)))
            for span, row in zip(spans, rows, strict=True)
        ]
        return sorted(evidence, key=lambda item: -item.probability)

    def confidence(self, evidence: Sequence[Evidence]) -> float:
        """Probability in [0, 1] that the articles answer, from the best of `evidence`."""
        if not evidence:
            return 0.0
        best = min(max(item.probability for item in evidence), 1 - 1e-9)
        logit = math.log(best / (1.0 - best)) if best > 0 else -math.inf
        return _sigmoid(self._weights["answered_slope"] * logit + self._weights["answered_bias"])

    def features(self, question: Question, spans: Sequence[Span]) -> list[dict[str, float]]:
        """What the model sees of each sentence."""
        if not spans:
            return []
        vectors = self._embedder.embed([question.text, *(span.text for span in spans)])
        cosines = vectors[1:] @ vectors[0]
        rows = self._cheap_features(question, spans)
        return [{"cosine": float(c), **row} for c, row in zip(cosines, rows, strict=True)]

    def _shortlist(self, question: Question, spans: Sequence[Span]) -> list[Span]:
        """The sentences worth embedding: the best by what costs next to nothing."""
        if len(spans) <= SHORTLIST:
            return list(spans)
        logits = [self._logit(row) for row in self._cheap_features(question, spans)]
        best = sorted(range(len(spans)), key=lambda index: -logits[index])[:SHORTLIST]
        return [spans[index] for index in sorted(best)]

    def _cheap_features(self, question: Question, spans: Sequence[Span]) -> list[dict[str, float]]:
        rarity = {stem: self._rarity(stem) for stem in question.stems}
        floor = min(
            (s.hit.signals["dense"] for s in spans if "dense" in s.hit.signals), default=0.0
        )
        passages: dict[str, float] = {}
        rows = []
        for span in spans:
            passage = span.hit.passage
            if passage.id not in passages:
                around = f"{span.hit.article.title}\n{passage.text}"
                passages[passage.id] = coverage(rarity, around)
            has_form = bool(short_answers(question, span.text))
            rows.append(
                {
                    "passage_cosine": span.hit.signals.get("dense", floor),
                    "coverage": coverage(rarity, span.text),
                    "passage_coverage": passages[passage.id],
                    "form_found": float(question.wanted is not Wanted.OTHER and has_form),
                    "form_missing": float(question.wanted is not Wanted.OTHER and not has_form),
                    "rank": 1.0 / span.rank,
                }
            )
        return rows

    def _rarity(self, stem: str) -> float:
        return math.log(1.0 + 1.0 / (self._words.frequency(stem) + 0.02))

    def _logit(self, row: Mapping[str, float]) -> float:
        return self._weights["bias"] + sum(self._weights[name] * row[name] for name in row)


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, logit))))


def sentences_of(hits: Sequence[Hit]) -> list[Span]:
    """The sentences of `hits` in their order; overlapping passages give each sentence once."""
    seen: set[tuple[str, int]] = set()
    spans = []
    for rank, hit in enumerate(hits, 1):
        for start, end in split_sentences(hit.passage.text):
            text = hit.passage.text[start:end]
            start, end = start + hit.passage.start, end + hit.passage.start
            if (hit.article.id, start) in seen or len(text.split()) < MIN_WORDS:
                continue
            seen.add((hit.article.id, start))
            spans.append(Span(hit, rank, text, start, end))
    return spans


def coverage(rarity: Mapping[str, float], text: str) -> float:
    """Share of the question's words, weighted by rarity, that stand in `text`; in [0, 1]."""
    total = sum(rarity.values())
    if not total:
        return 0.0
    present = set(stems(text))
    return float(np.sum([weight for stem, weight in rarity.items() if stem in present])) / total


@cache
def shipped_weights() -> dict[str, float]:
    """The weights in `rag/evidence.json`."""
    text = files("rag").joinpath("evidence.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
