"""Passages that look like the answer and are not: found by dense and word search, fused.

Found once per source and kept on disk. BM25 after Robertson and Zaragoza 2009; fusion of the two
rankings by reciprocal rank with k = 60 (Cormack, Clarke and Buettcher 2009).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from tokenizers import Tokenizer
from torch import Tensor

from training.reader.network import ReaderNet
from training.reader.sources import Question

Scores = np.ndarray


class Words:
    """BM25 over a fixed list of passages."""

    def __init__(self, passages: Sequence[str], k1: float = 0.9, b: float = 0.4) -> None:
        self.vectorizer = CountVectorizer(token_pattern=r"(?u)\b\w+\b")
        counts = self.vectorizer.fit_transform(passages).tocsr().astype(np.float32)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        found = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log(1 + (len(passages) - found + 0.5) / (found + 0.5)).astype(np.float32)
        rows = np.repeat(np.arange(len(passages)), np.diff(counts.indptr))
        norm = k1 * (1 - b + b * lengths / lengths.mean())
        weights = counts.data * (k1 + 1) / (counts.data + norm[rows]) * idf[counts.indices]
        self.weights = csr_matrix((weights, counts.indices, counts.indptr), counts.shape)

    def scores(self, questions: Sequence[str]) -> Scores:
        """(questions, passages) BM25 scores."""
        asked = self.vectorizer.transform(questions).astype(np.float32)
        return np.asarray((asked @ self.weights.T).todense())


@torch.inference_mode()
def embed(network: ReaderNet, tokenizer: Tokenizer, texts: Sequence[str]) -> Scores:
    """(texts, 384) unit vectors: the mean of the last layer, as all-MiniLM-L6-v2 pools."""
    network.eval()
    vectors = np.zeros((len(texts), 384), np.float32)
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    for first in range(0, len(order), 64):
        chosen = order[first : first + 64]
        encoded = tokenizer.encode_batch([texts[index] for index in chosen])
        length = min(256, max(len(one.ids) for one in encoded))
        ids = torch.zeros(len(chosen), length, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, one in enumerate(encoded):
            count = min(length, len(one.ids))
            ids[row, :count] = torch.tensor(one.ids[:count])
            mask[row, :count] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states: Tensor = network.encode(ids, mask, torch.zeros_like(ids)).float()
        pooled = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        vectors[chosen] = torch.nn.functional.normalize(pooled, dim=1).numpy()
    return vectors


def fuse(dense: Scores, words: Scores, depth: int = 50, k: int = 60) -> Scores:
    """Reciprocal rank fusion of two (questions, passages) score tables, each cut at depth."""
    fused = np.zeros_like(dense)
    for scores in (dense, words):
        top = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
        gains = np.broadcast_to(1 / (k + 1 + np.arange(top.shape[1])), top.shape)
        np.put_along_axis(fused, top, np.take_along_axis(fused, top, 1) + gains, 1)
    return fused


def passages_of(questions: Sequence[Question]) -> list[str]:
    """The distinct passages, in the order that `hard_negatives` numbers them."""
    return sorted({question.passage for question in questions})


def hard_negatives(
    questions: Sequence[Question],
    network: ReaderNet,
    tokenizer: Tokenizer,
    kept: Path,
    count: int = 8,
) -> tuple[list[str], list[list[int]]]:
    """Passages of these questions, and for each question the numbers of the best wrong ones."""
    passages = passages_of(questions)
    if kept.exists():
        found: list[list[int]] = json.loads(kept.read_text())
        return passages, found
    number = {passage: index for index, passage in enumerate(passages)}
    words = Words(passages)
    vectors = embed(network, tokenizer, passages)
    asked = embed(network, tokenizer, [question.text for question in questions])
    plain = [f" {_plain(passage)} " for passage in passages]
    found = []
    for first in range(0, len(questions), 256):
        block = questions[first : first + 256]
        fused = fuse(
            asked[first : first + 256] @ vectors.T, words.scores([one.text for one in block])
        )
        for question, ranked in zip(block, np.argsort(-fused, axis=1)[:, : 3 * count], strict=True):
            answers = [f" {_plain(answer)} " for answer in question.answers]
            own = number[question.passage]
            wrong = [
                int(index)
                for index in ranked
                if index != own and not any(answer in plain[index] for answer in answers)
            ]
            found.append(wrong[:count])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found))
    return passages, found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
