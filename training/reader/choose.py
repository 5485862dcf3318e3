"""`python -m training.reader.choose --model DIR`: thresholds, from the "choose" titles only.

Writes into `reader.json` what the reported titles never saw: the span score below which there is
no answer, and how relevance, span and fusion are weighted for ranking.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag.reader import OpenVINOReader
from rag.reading import whole_words
from training.reader.ranking import ranked
from training.reader.scores import f1
from training.reader.sources import Question, squad
from training.reader.sums import write_sums


def span_scores(
    reader: OpenVINOReader, questions: Sequence[Question]
) -> tuple[list[str], list[float]]:
    """The best span's words for every question, and its score above "no answer"."""
    readings = reader.read_pairs(
        [one.text for one in questions], [one.passage for one in questions]
    )
    spans = [reading.best_span() for reading in readings]
    texts = [
        question.passage[slice(*whole_words(question.passage, span.start, span.end))]
        for question, span in zip(questions, spans, strict=True)
    ]
    return texts, [span.score for span in spans]


def best_threshold(
    questions: Sequence[Question], texts: Sequence[str], scores: Sequence[float]
) -> float:
    """The threshold with the highest mean F1; answers below it count as "no answer"."""
    order = np.argsort(-np.array(scores))
    answered = np.array([f1(texts[at], questions[at].answers) for at in order])
    silent = np.array([float(not questions[at].answers) for at in order])
    totals = (
        np.concatenate([[0], np.cumsum(answered)])
        + silent.sum()
        - np.concatenate([[0], np.cumsum(silent)])
    )
    # Smoothed over 21 neighbours: the peak of few questions is mostly chance.
    smooth = np.convolve(totals, np.ones(21) / 21, mode="same")[10:-10]
    best = int(smooth.argmax()) + 10
    return float(scores[order[min(best, len(order) - 1)]])


def doubt(questions: Sequence[Question], scores: Sequence[float]) -> tuple[float, float]:
    """Slope and offset of the logistic curve from span score to "no answer" (Platt 1999)."""
    silent = [not one.answers for one in questions]
    curve = LogisticRegression(C=1e4).fit(np.array(scores)[:, None], silent)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def choose(reader: OpenVINOReader, sample: int = 400) -> dict[str, float]:
    """Every threshold and weight."""
    questions = squad("choose", "2.0")
    texts, scores = span_scores(reader, questions)
    threshold = best_threshold(questions, texts, scores)
    slope, offset = doubt(questions, scores)
    asked = squad("choose", "1.1")
    asked = random.Random(1).sample(asked, min(sample, len(asked)))
    span, fused = ranked(reader, asked).best_weights()
    return {
        "answer_threshold": threshold,
        "doubt_slope": slope,
        "doubt_offset": offset,
        "rank_span": span,
        "rank_fused": fused,
    }


def main() -> None:
    """Reads the command line, chooses, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.reader.choose", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("models/reader"))
    folder: Path = parser.parse_args().model
    chosen = choose(OpenVINOReader(folder))
    settings = folder / "reader.json"
    settings.write_text(
        json.dumps(json.loads(settings.read_text()) | chosen, indent=1, sort_keys=True) + "\n"
    )
    write_sums(folder)
    print(chosen)


if __name__ == "__main__":
    main()
