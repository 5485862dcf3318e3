"""AttributionBench under cross-validation by source, on features of the frozen reader.

A logistic regression learns from three of the four sources and is judged on the fourth; the
reader itself never sees AttributionBench (Li et al. 2024).
"""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.corpora import DATA
from rag.reader import OpenVINOReader
from training.reader.unanswerable import SENTENCE_END

Table = NDArray[np.float64]


def attribution(reader: OpenVINOReader) -> dict[str, Any]:
    """Pooled balanced accuracy, that of each source, and the number of cases."""
    path = DATA / "attributionbench" / "dev_all_subset_balanced.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    table = features(reader, rows)
    labels = np.array([row["attribution_label"] == "attributable" for row in rows])
    sources = np.array([row["src_dataset"] for row in rows])
    given = np.zeros(len(rows), bool)
    each: dict[str, float] = {}
    for source in sorted(set(sources)):
        held = sources == source
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, class_weight="balanced"))
        model.fit(table[~held], labels[~held])
        given[held] = model.predict(table[held])
        each[source] = float(balanced_accuracy_score(labels[held], given[held]))
    pooled = float(balanced_accuracy_score(labels, given))
    return {"support_balanced_accuracy": pooled, "by_source": each, "n": len(rows)}


def features(reader: OpenVINOReader, rows: list[dict[str, Any]]) -> Table:
    """(rows, 12): support over whole references and over short stretches, and plain overlaps."""
    claims: list[str] = []
    passages: list[str] = []
    of: list[tuple[int, bool]] = []
    for number, row in enumerate(rows):
        whole = [text for text in row["references"] if text.strip()] or [" "]
        short = [piece for text in whole for piece in stretches(text)]
        for text, entire in [(text, True) for text in whole] + [(text, False) for text in short]:
            claims.append(row["claim"])
            passages.append(text)
            of.append((number, entire))
    found = reader.judge_pairs(claims, passages)
    # The claim read as a question: only over whole references, which are fewer.
    wholes = [at for at, (_, is_whole) in enumerate(of) if is_whole]
    read = dict(
        zip(
            wholes,
            reader.read_pairs([claims[at] for at in wholes], [passages[at] for at in wholes]),
            strict=True,
        )
    )
    scores: dict[tuple[int, bool], list[list[float]]] = {}
    for at, (key, support) in enumerate(zip(of, found, strict=True)):
        said = np.log(np.clip([support.supported, support.contradicted, support.neither], 1e-6, 1))
        row_scores = [said[0] - said[2], said[1] - said[2], said[0] - said[1]]
        if at in read:
            row_scores += [read[at].relevance, read[at].best_span().score]
        scores.setdefault(key, []).append(row_scores)
    table = []
    for number, row in enumerate(rows):
        whole_scores = np.array(scores[number, True]).max(0)
        short_scores = np.array(scores[number, False]).max(0)
        table.append([*whole_scores, *short_scores, *overlaps(row["claim"], row["references"])])
    return np.array(table)


def stretches(text: str, words: int = 60) -> list[str]:
    """Runs of sentences of about so many words, for what a long reference drowns."""
    pieces: list[str] = []
    for sentence in SENTENCE_END.split(text):
        if pieces and len(pieces[-1].split()) + len(sentence.split()) <= words:
            pieces[-1] += " " + sentence
        else:
            pieces.append(sentence)
    kept = [" ".join(piece.split()[:150]) for piece in pieces[:40] if piece.strip()]
    return kept or [text]


def overlaps(claim: str, references: list[str]) -> list[float]:
    """Shares of the claim's words, numbers and capitalised words in the references; a length."""
    text = " ".join(references)
    held = set(re.findall(r"\w+", text.lower()))
    words = {word for word in re.findall(r"\w+", claim.lower()) if len(word) > 3}
    numbers = set(re.findall(r"\d[\d.,]*\d|\d", claim))
    names = {word.lower() for word in re.findall(r"\b[A-Z]\w+", claim[1:])}
    return [
        len(words & held) / max(1, len(words)),
        sum(number in text for number in numbers) / len(numbers) if numbers else 1.0,
        len(names & held) / len(names) if names else 1.0,
        float(np.log1p(len(claim.split()))),
    ]
