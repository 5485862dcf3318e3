"""Passages to evidence: their sentences, each with the probability that it answers the question.

A logistic model over what the reader found in the passage and a few plain features, fitted by
`training/evidence.py`; its weights lie in `rag/evidence.json` with what they were fitted on.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ingest.lexical import LexicalIndex, stems
from ingest.sentences import split_sentences
from rag.answerable import LOWEST, relevance_of, signs
from rag.attributes import is_told, tells_of_harm
from rag.modifiers import about_another, asked_apart
from rag.named import is_elsewhere, is_of_another_year, naming
from rag.protocols import Reader
from rag.question import Question, Wanted
from rag.rank import read_hits
from rag.reading import NO_SPAN, Span, whole_words
from rag.short import short_answers
from rag.types import Evidence, Hit

MIN_WORDS = 4
"""A shorter run of words is evidence only where it is a sentence: "Nobody was hurt."."""
_SHORT_SENTENCE = re.compile(r"[A-Z0-9“\"][^:;,]*\s[^:;,]*\s[^:;,]*[.!][”\"]?")
"""Three words, the last with a full stop: a heading or a stray label has none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of a hit, with offsets into its article."""

    hit: Hit
    rank: int
    """Of its passage: 1 for the best."""
    text: str
    start: int
    end: int

    def answer(self) -> Span:
        """The reader's best answer inside the sentence, in characters of the article."""
        reading, shift = self.hit.reading, self.hit.passage.start
        if reading is None:
            return Span(self.start, self.start, NO_SPAN)
        span = reading.best_span(self.start - shift, self.end - shift)
        start, end = whole_words(self.hit.passage.text, span.start, span.end)
        return Span(start + shift, end + shift, span.score)


class EvidenceFinder:
    """Finds the sentences that answer a question."""

    def __init__(
        self, reader: Reader, words: LexicalIndex, weights: Mapping[str, float] | None = None
    ) -> None:
        """`weights`: one for each feature and `bias`; None takes those that ship with Byline."""
        self._reader = reader
        self._words = words
        self._weights = shipped_weights() if weights is None else weights

    def find(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """The sentences of `hits` that are most likely to answer, the most probable first.

        Hits that a ranker has not read yet are read here. What is about the women's final is no
        evidence on the men's (`rag.modifiers`).
        """
        asked = asked_apart(question.text)
        read = naming(question.text, read_hits(self._reader, question.text, hits))
        candidates = [
            one
            for one in sentences_of(read)
            if not about_another(asked, one.hit.article, one.text)
            and tells_of_harm(question.text, one.text)
            and not (
                question.wanted is Wanted.NUMBER
                and is_of_another_year(question.text, one.hit.article, one.start, one.end)
            )
            and not is_elsewhere(question.text, one.hit.article, one.start, one.text)
        ]
        answers = [candidate.answer() for candidate in candidates]
        return self.weighed(candidates, answers, self.features(question, candidates, answers))

    def weighing(self, weights: Mapping[str, float]) -> "EvidenceFinder":
        """The same finder with other weights."""
        return EvidenceFinder(self._reader, self._words, weights)

    def weighed(
        self,
        candidates: Sequence[Candidate],
        answers: Sequence[Span],
        rows: Sequence[Mapping[str, float]],
    ) -> list[Evidence]:
        """The candidates as evidence, the most probable first, from their features."""
        evidence = [
            Evidence(
                one.hit,
                one.text,
                one.start,
                one.end,
                _sigmoid(self._logit(row)),
                answer,
                as_first=_sigmoid(self._logit({**row, "rank": 1.0})),
            )
            for one, answer, row in zip(candidates, answers, rows, strict=True)
        ]
        return sorted(evidence, key=lambda item: -item.probability)

    def confidence(self, question: Question, evidence: Sequence[Evidence]) -> float:
        """Probability in [0, 1] that the articles answer, from `evidence`, best first."""
        if not evidence or not is_told(question.text, evidence[0]):
            return 0.0
        weights = self._weights
        told = self.signs(question, evidence)
        logit = sum(weights[f"answered_{name}"] * value for name, value in told.items())
        return _sigmoid(weights["answered_bias"] + logit)

    def signs(self, question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
        """What the model of confidence sees of the evidence (`rag.answerable`)."""
        best = min(max(1e-9, evidence[0].probability), 1 - 1e-9)
        return {
            "best": math.log(best / (1.0 - best)),
            **signs(question, evidence),
        }

    def features(
        self, question: Question, candidates: Sequence[Candidate], answers: Sequence[Span]
    ) -> list[dict[str, float]]:
        """What the model sees of each sentence and the reader's answer in it."""
        rarity = self._rarities(question)
        cosines = [one.hit.signals["dense"] for one in candidates if "dense" in one.hit.signals]
        floor = min(cosines, default=0.0)
        around = {
            one.hit.passage.id: coverage(rarity, f"{one.hit.article.title}\n{one.hit.passage.text}")
            for one in candidates
        }
        scores = [max(LOWEST, answer.score) for answer in answers]
        best = max(scores, default=LOWEST)
        rows = []
        for one, score in zip(candidates, scores, strict=True):
            has_form = bool(short_answers(question, one.text))
            rows.append(
                {
                    "relevance": relevance_of(one.hit),
                    "span": score,
                    "span_below_best": score - best,
                    "passage_cosine": one.hit.signals.get("dense", floor),
                    "coverage": coverage(rarity, one.text),
                    "passage_coverage": around[one.hit.passage.id],
                    "form_found": float(question.wanted is not Wanted.OTHER and has_form),
                    "form_missing": float(question.wanted is not Wanted.OTHER and not has_form),
                    "rank": 1.0 / one.rank,
                }
            )
        return rows

    def _rarities(self, question: Question) -> dict[str, float]:
        return {stem: self._rarity(stem) for stem in question.stems}

    def _rarity(self, stem: str) -> float:
        return math.log(1.0 + 1.0 / (self._words.frequency(stem) + 0.02))

    def _logit(self, row: Mapping[str, float]) -> float:
        return self._weights["bias"] + sum(self._weights[name] * row[name] for name in row)


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, logit))))


def sentences_of(hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of `hits` in their order; overlapping passages give each sentence once."""
    seen: set[tuple[str, int]] = set()
    candidates = []
    for rank, hit in enumerate(hits, 1):
        for start, end in split_sentences(hit.passage.text):
            text = hit.passage.text[start:end]
            start, end = start + hit.passage.start, end + hit.passage.start
            if (hit.article.id, start) in seen or not is_sentence(text):
                continue
            seen.add((hit.article.id, start))
            candidates.append(Candidate(hit, rank, text, start, end))
    return candidates


def is_sentence(text: str) -> bool:
    """Whether a run of words says something, and is no heading or stray label."""
    count = len(text.split())
    return count >= MIN_WORDS or (count == 3 and _SHORT_SENTENCE.fullmatch(text) is not None)


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
