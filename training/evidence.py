"""Fit the evidence model: `python -m training.evidence [--write]`.

Data: questions of the titles kept for choosing (SQuAD 1.1 and 2.0, SQuADShifts; see
`training.reader.titles`), which the reader never trained on, asked of a library of their
paragraphs. For every second answerable question the gold paragraph is hidden, so that nothing
answers it. A sentence is positive when it holds a gold answer inside the gold paragraph. Two thirds
of the paragraphs fit the weights; the figures printed are of the last third.
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from benchmarks.corpora import library_of
from ingest.embed import OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.library import Library
from ingest.models import DEFAULT_EMBEDDING_MODEL
from ingest.types import Article
from rag.build import build_reader
from rag.evidence import LOWEST, Candidate, EvidenceFinder, sentences_of
from rag.question import read_question
from rag.rank import ReaderRanker
from rag.retrieve import HybridRetriever
from rag.settings import Settings
from training.reader.sources import Question, shifts, squad

FOLDS, SEED = 3, 7
ANSWERABLE = 2 / 3
"""Share of the questions that readers ask which the articles answer; in the data it is smaller."""
SAID = ("best", "span", "relevance")
"""What tells whether the articles answer at all: the best sentence's logit, span and relevance."""
OUT = Path(__file__).resolve().parents[1] / "rag" / "evidence.json"


@dataclass(frozen=True)
class Sentences:
    """Every sentence read for every question, a row each."""

    rows: NDArray[np.float64]
    """(sentences, features)"""
    labels: NDArray[np.bool_]
    """Whether the sentence answers."""
    questions: NDArray[np.int64]
    """The number of the sentence's question."""
    names: list[str]
    """Of the features."""
    answerable: NDArray[np.bool_]
    """(questions,) whether some passage in the library answers."""
    folds: NDArray[np.int64]
    """(questions,) by paragraph."""

    def of(self, folds: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The sentences of the questions chosen."""
        return folds[self.questions]

    def best(self, logits: NDArray[np.float64]) -> NDArray[np.int64]:
        """(questions,) the row of each question's best sentence; -1 for a question without any."""
        best = np.full(len(self.answerable), -1)
        for row in np.argsort(logits):
            best[self.questions[row]] = row
        return best


def main() -> None:
    """Fit, print the figures, and with --write replace `rag/evidence.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sample", type=int, default=1400, help="questions, of about 3,700")
    asked = parser.parse_args()
    read = collect(asked.sample)
    fitted = read.folds < FOLDS - 1
    about = fit(read, fitted)
    about["held_out"] = judge(read, ~fitted, about["weights"])
    about["fitted_on"] = (
        "SQuAD and SQuADShifts titles kept for choosing, half of the answerable questions with "
        f"their paragraph hidden, {asked.sample} questions; python -m training.evidence --write"
    )
    print(json.dumps(about, indent=2))
    if asked.write:
        OUT.write_text(json.dumps(about, indent=2) + "\n")


def questions(sample: int) -> list[Question]:
    """Of the titles kept for choosing, shuffled; each question once."""
    kept = [*squad("choose", "2.0"), *squad("choose", "1.1")]
    for name in ("wiki", "reddit", "amazon"):
        kept += shifts(name, "choose")
    distinct = {one.id: one for one in kept}
    return random.Random(SEED).sample(list(distinct.values()), min(sample, len(distinct)))


def collect(sample: int) -> Sentences:
    """Asks every question of a library of all the paragraphs."""
    asked = questions(sample)
    paragraphs = sorted({(one.passage, one.title) for one in questions(10**9)})
    articles = [
        Article(f"p{at:05d}", text, "" if title.startswith(("Filtered", "Amazon")) else title)
        for at, (text, title) in enumerate(paragraphs)
    ]
    embedder = OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
    rows: list[list[float]] = []
    labels: list[bool] = []
    numbers: list[int] = []
    names: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(articles, embedder, Path(folder))
        walk = Walk(library, embedder)
        for number, question in enumerate(asked):
            for features, answers in walk.sentences(question, hidden=_hidden(number, question)):
                names = list(features)
                rows.append(list(features.values()))
                labels.append(answers)
                numbers.append(number)
            if number % 200 == 199:
                print(f"{number + 1} of {len(asked)} questions", file=sys.stderr, flush=True)
        library.close()
    return Sentences(
        np.array(rows),
        np.array(labels),
        np.array(numbers),
        names,
        np.array([bool(q.spans) and not _hidden(n, q) for n, q in enumerate(asked)]),
        np.array([_fold(q.passage) for q in asked]),
    )


class Walk:
    """A question's way to its sentences, as the assistant goes it."""

    def __init__(self, library: Library, embedder: OpenVINOEmbedder) -> None:
        settings = Settings()
        reader = build_reader(settings)
        self._retriever = HybridRetriever(library, embedder)
        self._ranker = ReaderRanker.of(reader)
        self._finder = EvidenceFinder(reader, library.words, {})
        self._ranked = settings.retrieval.ranked
        self._passages = settings.retrieval.passages

    def sentences(
        self, question: Question, *, hidden: bool
    ) -> Iterator[tuple[dict[str, float], bool]]:
        """Features of each sentence, and whether it answers."""
        hits = self._retriever.retrieve(question.text, self._ranked + 2)
        if hidden:
            hits = [hit for hit in hits if hit.article.text != question.passage]
        hits = self._ranker.rank(question.text, hits[: self._ranked])
        candidates = sentences_of(hits[: self._passages])
        answers = [candidate.answer() for candidate in candidates]
        rows = self._finder.features(read_question(question.text), candidates, answers)
        for row, candidate in zip(rows, candidates, strict=True):
            yield row, _holds_answer(question, candidate)


def fit(read: Sentences, fitted: NDArray[np.bool_]) -> dict[str, Any]:
    """The weights, from the questions chosen by `fitted`."""
    chosen = read.of(fitted)
    model = LogisticRegression(max_iter=5000).fit(read.rows[chosen], read.labels[chosen])
    weights = {
        name: round(float(value), 4) for name, value in zip(read.names, model.coef_[0], strict=True)
    }
    weights["bias"] = round(float(model.intercept_[0]), 4)
    logits = _logits(read, weights)
    said = _said(read, logits)
    share = read.answerable[fitted].mean()
    weight = {True: ANSWERABLE / share, False: (1 - ANSWERABLE) / (1 - share)}
    answered = LogisticRegression(class_weight=weight).fit(said[fitted], read.answerable[fitted])
    for name, value in zip(SAID, answered.coef_[0], strict=True):
        weights[f"answered_{name}"] = round(float(value), 4)
    weights["answered_bias"] = round(float(answered.intercept_[0]), 4)
    return {"weights": weights}


def judge(read: Sentences, held: NDArray[np.bool_], weights: dict[str, float]) -> dict[str, float]:
    """Sentence ranking and calibration, and abstaining below one half."""
    logits = _logits(read, weights)
    best = read.best(logits)
    asked = held & (best >= 0)
    right = read.labels[best[asked]]
    answerable = read.answerable[asked]
    of_answered = np.array([weights[f"answered_{name}"] for name in SAID])
    confidence = 1 / (
        1 + np.exp(-_said(read, logits)[asked] @ of_answered - weights["answered_bias"])
    )
    abstained = confidence < 0.5
    precision = (~answerable & abstained).sum() / max(1, abstained.sum())
    recall = (~answerable & abstained).sum() / max(1, (~answerable).sum())
    rows = read.of(held)
    figures = {
        "questions": asked.sum(),
        "sentence_auroc": roc_auc_score(read.labels[rows], logits[rows]),
        "sentence_average_precision": average_precision_score(read.labels[rows], logits[rows]),
        "top_sentence_right_when_answerable": right[answerable].mean(),
        "answerable_auroc": roc_auc_score(answerable, confidence),
        "answerable_brier": brier_score_loss(answerable, confidence),
        "abstention_f1": 2 * precision * recall / max(1e-9, precision + recall),
        "answered_when_answerable": (~abstained[answerable]).mean(),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}


def _logits(read: Sentences, weights: dict[str, float]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = read.rows @ np.array([weights[name] for name in read.names])
    return found + weights["bias"]


def _said(read: Sentences, logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """(questions, 3) the best logit, span and relevance among each question's sentences."""
    columns = [read.names.index(name) for name in SAID[1:]]
    table = np.column_stack([logits, read.rows[:, columns]])
    best = np.full((len(read.answerable), len(SAID)), LOWEST)
    np.maximum.at(best, read.questions, table)
    return best


def _hidden(number: int, question: Question) -> bool:
    return bool(question.spans) and number % 2 == 1


def _fold(passage: str) -> int:
    return hashlib.sha256(passage.encode()).digest()[0] % FOLDS


def _holds_answer(question: Question, candidate: Candidate) -> bool:
    return candidate.hit.article.text == question.passage and any(
        candidate.start <= span.start and span.end <= candidate.end for span in question.spans
    )


if __name__ == "__main__":
    main()
