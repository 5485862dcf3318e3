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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from benchmarks.corpora import library_of
from ingest.types import Article
from rag.build import build_embedder, build_reader, build_retriever
from rag.evidence import Candidate, EvidenceFinder, sentences_of, shipped_weights
from rag.question import Question as AskedQuestion
from rag.question import read_question
from rag.rank import ReaderRanker, were_read
from rag.reading import Span
from rag.settings import Settings
from training.reader.sources import Question, shifts, squad

FOLDS, SEED = 3, 7
ANSWERABLE = 2 / 3
"""The share of answerable questions that confidence is made for: readers ask of articles that they
know something of. At less, the question of tests/test_walk.py is not answered."""
OUT = Path(__file__).resolve().parents[1] / "rag" / "evidence.json"


@dataclass(frozen=True)
class Read:
    """What was found for one question: its sentences, the answers in them, their features."""

    question: AskedQuestion
    candidates: list[Candidate]
    answers: list[Span]
    rows: list[dict[str, float]]


@dataclass(frozen=True)
class Sentences:
    """Every sentence read for every question, a row each."""

    reads: list[Read]
    """By question."""
    finder: EvidenceFinder
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

    def signs(self, weights: dict[str, float]) -> tuple[NDArray[np.float64], list[str]]:
        """(questions, signs) whether anything answers, and the signs' names; 0 without evidence.

        `weights` put each question's sentences in order.
        """
        finder = self.finder.weighing(weights)
        rows = []
        for read in self.reads:
            found = finder.weighed(read.candidates, read.answers, read.rows)
            rows.append(finder.signs(read.question, found) if found else {})
        longest = max(rows, key=len)
        names = list(longest)
        return np.array([[row.get(name, 0.0) for name in names] for row in rows]), names


def main() -> None:
    """Fit, print the figures, and with --write replace `rag/evidence.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sample", type=int, default=1400, help="questions, of about 3,700")
    parser.add_argument(
        "--confidence-only", action="store_true", help="keep the weights of sentences as shipped"
    )
    asked = parser.parse_args()
    kept = shipped_weights() if asked.confidence_only else None
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        read = collect(walk, asked.sample)
        fitted = read.folds < FOLDS - 1
        weights = kept or fit_sentences(read, fitted)
        about: dict[str, Any] = {"weights": fit_confidence(read, fitted, weights)}
        about["held_out"] = judge(read, ~fitted, about["weights"])
        walk.library.close()
    about["fitted_on"] = (
        "SQuAD and SQuADShifts titles kept for choosing, half of the answerable questions with "
        f"their paragraph hidden, {asked.sample} questions; python -m training.evidence --write"
        + (" --confidence-only" if kept else "")
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


def collect(walk: "Walk", sample: int) -> Sentences:
    """Asks every question of a library of all the paragraphs."""
    asked = questions(sample)
    reads = []
    labels: list[bool] = []
    for number, question in enumerate(asked):
        reads.append(walk.read(question, hidden=_hidden(number, question)))
        labels += [_holds_answer(question, candidate) for candidate in reads[-1].candidates]
        if number % 200 == 199:
            print(f"{number + 1} of {len(asked)} questions", file=sys.stderr, flush=True)
    rows = [row for read in reads for row in read.rows]
    return Sentences(
        reads,
        walk.finder,
        np.array([list(row.values()) for row in rows]),
        np.array(labels),
        np.repeat(np.arange(len(reads)), [len(read.rows) for read in reads]),
        list(rows[0]),
        np.array([bool(q.spans) and not _hidden(n, q) for n, q in enumerate(asked)]),
        np.array([_fold(q.passage) for q in asked]),
    )


class Walk:
    """A question's way to its sentences, as the assistant goes it, among all paragraphs."""

    def __init__(self, folder: Path) -> None:
        paragraphs = sorted({(one.passage, one.title) for one in questions(10**9)})
        articles = [
            Article(f"p{at:05d}", text, "" if title.startswith(("Filtered", "Amazon")) else title)
            for at, (text, title) in enumerate(paragraphs)
        ]
        settings = Settings()
        embedder, reader = build_embedder(settings), build_reader(settings)
        self.library = library_of(articles, embedder, folder)
        self.finder = EvidenceFinder(reader, self.library.words, {})
        self._retriever = build_retriever(settings, self.library, embedder)
        self._ranker = ReaderRanker.of(reader)
        self._ranked = settings.retrieval.ranked
        self._passages = settings.retrieval.passages

    def read(self, question: Question, *, hidden: bool) -> Read:
        """The sentences that are read for `question`; `hidden` takes its own paragraph away."""
        hits = self._retriever.retrieve(question.text, self._ranked + 2)
        if hidden:
            hits = [hit for hit in hits if hit.article.text != question.passage]
        hits = were_read(self._ranker.rank(question.text, hits[: self._ranked]))
        asked, candidates = read_question(question.text), sentences_of(hits[: self._passages])
        answers = [candidate.answer() for candidate in candidates]
        return Read(asked, candidates, answers, self.finder.features(asked, candidates, answers))


def fit_sentences(read: Sentences, fitted: NDArray[np.bool_]) -> dict[str, float]:
    """The weights of sentences, from the questions chosen by `fitted`."""
    chosen = read.of(fitted)
    model = LogisticRegression(max_iter=5000).fit(read.rows[chosen], read.labels[chosen])
    weights = {
        name: round(float(value), 4) for name, value in zip(read.names, model.coef_[0], strict=True)
    }
    weights["bias"] = round(float(model.intercept_[0]), 4)
    return weights


def fit_confidence(
    read: Sentences, fitted: NDArray[np.bool_], sentences: Mapping[str, float]
) -> dict[str, float]:
    """The weights of `sentences`, and those that tell whether anything answers."""
    weights = {name: sentences[name] for name in [*read.names, "bias"]}
    signs, names = read.signs(weights)
    share = read.answerable[fitted].mean()
    weight = {True: ANSWERABLE / share, False: (1 - ANSWERABLE) / (1 - share)}
    answered = LogisticRegression(class_weight=weight, max_iter=5000)
    answered.fit(signs[fitted], read.answerable[fitted])
    for name, value in zip(names, answered.coef_[0], strict=True):
        weights[f"answered_{name}"] = round(float(value), 4)
    weights["answered_bias"] = round(float(answered.intercept_[0]), 4)
    return weights


def judge(read: Sentences, held: NDArray[np.bool_], weights: dict[str, float]) -> dict[str, float]:
    """Sentence ranking and calibration, and abstaining below one half."""
    logits = _logits(read, weights)
    best = read.best(logits)
    asked = held & (best >= 0)
    right = read.labels[best[asked]]
    answerable = read.answerable[asked]
    signs, names = read.signs(weights)
    of_answered = np.array([weights[f"answered_{name}"] for name in names])
    confidence = 1 / (1 + np.exp(-signs[asked] @ of_answered - weights["answered_bias"]))
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
