"""Fit the evidence model: `python -m training.evidence [--write]`.

Data: questions of SQuADShifts (new Wikipedia and Reddit), asked of a library of their own
paragraphs. For every second question the gold paragraph is hidden, so that nothing answers it. A
sentence is positive when it holds a gold answer inside the gold paragraph. Two thirds of the
paragraphs fit the weights; the figures printed are of the last third.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from benchmarks.corpora import DATA, Asked, library_of, squad
from ingest.embed import OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.models import DEFAULT_EMBEDDING_MODEL
from ingest.types import Article
from rag.evidence import EvidenceFinder, Span, sentences_of
from rag.question import read_question
from rag.retrieve import HybridRetriever

FEATURES = (
    "cosine", "passage_cosine", "coverage", "passage_coverage", "form_found", "form_missing",
    "rank",
)  # fmt: skip
PARAGRAPHS, QUESTIONS, PASSAGES, SEED = 1000, 1200, 12, 7
OUT = Path(__file__).resolve().parents[1] / "rag" / "evidence.json"


def main() -> None:
    """Fit, print the figures, and with --write replace `rag/evidence.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    rows, labels, groups, folds = collect()
    fit = folds < 2
    model = LogisticRegression(C=1.0, max_iter=1000).fit(rows[fit], labels[fit])
    weights = dict(zip(FEATURES, (round(float(c), 4) for c in model.coef_[0]), strict=True))
    weights["bias"] = round(float(model.intercept_[0]), 4)
    logits = model.decision_function(rows)
    answered = answerability(logits, groups, fit)
    weights["answered_slope"] = round(float(answered.coef_[0][0]), 4)
    weights["answered_bias"] = round(float(answered.intercept_[0]), 4)
    figures = judge(logits, labels, groups, folds == 2, answered)
    about = {
        "fitted_on": "SQuADShifts new_wiki and reddit, half of the questions with their paragraph "
        "hidden; python -m training.evidence --write",
        "held_out": figures,
        "weights": weights,
    }
    print(json.dumps(about, indent=2))
    if write:
        OUT.write_text(json.dumps(about, indent=2) + "\n")


def collect() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels, question numbers and folds (by paragraph) of every sentence read."""
    articles, asked = sample()
    embedder = OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
    rows, labels, groups, folds = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(articles, embedder, Path(folder))
        retriever = HybridRetriever(library, embedder)
        finder = EvidenceFinder(embedder, library.words, {})
        for number, item in enumerate(asked):
            hits = retriever.retrieve(item.question, PASSAGES + 8)
            if number % 2:
                hits = [hit for hit in hits if hit.article.id != item.article_id]
            spans = sentences_of(hits[:PASSAGES])
            for row, span in zip(
                finder.features(read_question(item.question), spans), spans, strict=True
            ):
                rows.append([row[name] for name in FEATURES])
                labels.append(answers(item, span))
                groups.append(number)
                folds.append(int(item.article_id[-5:]) % 3)
        library.close()
    return np.array(rows), np.array(labels), np.array(groups), np.array(folds)


def sample() -> tuple[list[Article], list[Asked]]:
    """Paragraphs as articles, and a shuffled sample of their questions."""
    articles: list[Article] = []
    asked: list[Asked] = []
    for name in ("new_wiki_v1.0", "reddit_v1.0"):
        some, questions = squad(DATA / "squadshifts" / f"{name}.json")
        articles += some
        asked += questions
    articles, asked = by_paragraph(articles, asked)
    randomness = random.Random(SEED)
    chosen = {a.id for a in randomness.sample(articles, min(PARAGRAPHS, len(articles)))}
    asked = [item for item in asked if item.article_id in chosen]
    return (
        [a for a in articles if a.id in chosen],
        randomness.sample(asked, min(QUESTIONS, len(asked))),
    )


def by_paragraph(
    articles: Sequence[Article], asked: Sequence[Asked]
) -> tuple[list[Article], list[Asked]]:
    """Each paragraph as an article of its own, so that hiding one hides its answer."""
    by_id = {article.id: article for article in articles}
    parts: dict[tuple[str, tuple[int, int]], Article] = {}
    moved = []
    for item in asked:
        key = (item.article_id, item.paragraph)
        start, end = item.paragraph
        if key not in parts:
            whole = by_id[item.article_id]
            title = "" if "Reddit" in whole.title else whole.title
            text = whole.text[start:end]
            parts[key] = replace(whole, id=f"p{len(parts):05d}", text=text, title=title)
        spans = tuple((a - start, b - start) for a, b in item.spans)
        identity = parts[key].id
        moved.append(replace(item, article_id=identity, paragraph=(0, end - start), spans=spans))
    return list(parts.values()), moved


def answers(item: Asked, span: Span) -> bool:
    """Whether a sentence holds a gold answer."""
    return span.hit.article.id == item.article_id and any(
        span.start <= start and end <= span.end for start, end in item.spans
    )


def answerability(logits: np.ndarray, groups: np.ndarray, kept: np.ndarray) -> LogisticRegression:
    """From the best sentence's logit to the probability that the articles answer the question."""
    numbers, best = best_of(logits, groups, kept)
    return LogisticRegression().fit(best[:, None], numbers % 2 == 0)


def best_of(
    logits: np.ndarray, groups: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Question numbers, and the highest logit among each one's sentences."""
    numbers = np.unique(groups[kept])
    return numbers, np.array([logits[groups == n].max() for n in numbers])


def judge(
    logits: np.ndarray,
    labels: np.ndarray,
    groups: np.ndarray,
    held: np.ndarray,
    answered: LogisticRegression,
) -> dict[str, float]:
    """Sentence ranking and calibration, and abstaining below one half."""
    numbers, best = best_of(logits, groups, held)
    top_right = np.array([labels[groups == n][logits[groups == n].argmax()] for n in numbers])
    hidden = numbers % 2 == 1
    confidence = answered.predict_proba(best[:, None])[:, 1]
    abstained = confidence < 0.5
    precision = (hidden & abstained).sum() / max(1, abstained.sum())
    recall = (hidden & abstained).sum() / max(1, hidden.sum())
    precise = average_precision_score(labels[held], logits[held])
    return {
        "questions": len(numbers),
        "sentence_auroc": round(roc_auc_score(labels[held], logits[held]), 4),
        "sentence_average_precision": round(precise, 4),
        "top_sentence_right_when_answerable": round(float(top_right[~hidden].mean()), 4),
        "answerable_auroc": round(roc_auc_score(~hidden, best), 4),
        "answerable_brier": round(brier_score_loss(~hidden, confidence), 4),
        "abstention_f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "answered_when_answerable": round(float((~abstained[~hidden]).mean()), 4),
    }


if __name__ == "__main__":
    main()
