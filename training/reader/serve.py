"""The small reader: one pass over (question, passage) gives relevance, span, doubt and support.

Serves `models/reader` with OpenVINO and tokenizers; neither torch nor transformers is imported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from tokenizers import Tokenizer

Floats = NDArray[np.float32]
CLS, SEP, SENTENCE = 101, 102, 2
LONGEST_ANSWER = 30  # tokens


@dataclass(frozen=True)
class Reading:
    """What one passage says to a question; start and end are characters of the passage."""

    relevance: float  # probability
    relevance_logit: float  # ranks; probabilities near 1 tie in bf16
    start: int
    end: int
    span_score: float  # logit of the best span above the logit of "no answer"
    no_answer: float  # probability


@dataclass(frozen=True)
class Support:
    """Probabilities that a passage supports, contradicts or leaves open a sentence."""

    supported: float
    contradicted: float
    neither: float


@dataclass(frozen=True)
class Window:
    """A stretch of a passage that fits the model, as ids; `first` numbers its first token."""

    passage: int
    ids: list[int]
    passage_at: int
    offsets: list[tuple[int, int]]


class Reader:
    """Reads passages. Example: `Reader(Path("models/reader")).read("Who?", [text])[0].start`."""

    def __init__(self, folder: Path, threads: int = 2, precision: str = "bf16") -> None:
        self.settings: dict[str, Any] = json.loads((folder / "reader.json").read_text())
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        options: dict[str, Any] = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"}
        core = ov.Core()
        capable = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        options["INFERENCE_PRECISION_HINT"] = "bf16" if precision == "bf16" and capable else "f32"
        self.model = core.compile_model(folder / "reader.xml", "CPU", options)

    def read(
        self, question: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Reading]:
        """One reading a passage, in order; headers may hold each passage's title and date."""
        return self.read_pairs([question] * len(passages), passages, headers)

    def read_pairs(
        self,
        questions: Sequence[str],
        passages: Sequence[str],
        headers: Sequence[str] | None = None,
    ) -> list[Reading]:
        """As `read`, with a question of its own for each passage."""
        windows = self._windows(questions, passages, headers, sentence=False)
        best: dict[int, Reading] = {}
        for window, logits in self._run(windows):
            reading = self._reading(window, logits, passages[window.passage])
            kept = best.get(window.passage)
            best[window.passage] = reading if kept is None else _join(kept, reading)
        return [best[number] for number in range(len(passages))]

    def support(
        self, sentence: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Support]:
        """Whether each passage carries the sentence."""
        return self.support_pairs([sentence] * len(passages), passages, headers)

    def support_pairs(
        self,
        sentences: Sequence[str],
        passages: Sequence[str],
        headers: Sequence[str] | None = None,
    ) -> list[Support]:
        """As `support`, with a sentence of its own for each passage."""
        windows = self._windows(sentences, passages, headers, sentence=True)
        best: dict[int, Support] = {}
        for window, logits in self._run(windows):
            raised = np.exp(logits["support"] - logits["support"].max())
            shares = [float(share) for share in raised / raised.sum()]
            found = Support(*shares)
            kept = best.get(window.passage)
            # Of several windows, the one that says most about the sentence.
            if kept is None or found.neither < kept.neither:
                best[window.passage] = found
        return [best[number] for number in range(len(passages))]

    def _windows(
        self,
        leads: Sequence[str],
        passages: Sequence[str],
        headers: Sequence[str] | None,
        *,
        sentence: bool,
    ) -> list[Window]:
        heads = headers or [""] * len(passages)
        if not len(leads) == len(passages) == len(heads):
            raise ValueError(f"{len(leads)} leads, {len(passages)} passages, {len(heads)} headers")
        distinct = list(dict.fromkeys([*leads, *heads]))
        encoded = self.tokenizer.encode_batch(distinct, add_special_tokens=False)
        ids = {text: one.ids for text, one in zip(distinct, encoded, strict=True)}
        window, stride = self.settings["window"], self.settings["stride"]
        found: list[Window] = []
        bodies = self.tokenizer.encode_batch(list(passages), add_special_tokens=False)
        for number, body in enumerate(bodies):
            before = [CLS, *([SENTENCE] if sentence else [])]
            before += [*ids[leads[number]][: self.settings["question"]], SEP]
            if head := ids[heads[number]][: self.settings["header"]]:
                before += [*head, SEP]
            room = window - len(before) - 1
            first = 0
            while True:
                kept = slice(first, first + room)
                row = [*before, *body.ids[kept], SEP]
                found.append(Window(number, row, len(before), body.offsets[kept]))
                if first + room >= len(body.ids):
                    break
                first += room - stride
        return found

    def _run(self, windows: Sequence[Window]) -> Iterator[tuple[Window, dict[str, Floats]]]:
        """Windows with their logits, shortest first, in batches of like length."""
        order = sorted(windows, key=lambda window: len(window.ids))
        for first in range(0, len(order), 8):
            batch = order[first : first + 8]
            length = max(len(window.ids) for window in batch)
            ids, mask, segments = (np.zeros((len(batch), length), np.int64) for _ in range(3))
            for row, window in enumerate(batch):
                ids[row, : len(window.ids)] = window.ids
                mask[row, : len(window.ids)] = 1
                segments[row, window.passage_at : len(window.ids) - 1] = 1
            out = self.model({"ids": ids, "mask": mask, "segments": segments})
            tables = {name: np.asarray(out[name], np.float32) for name in
                      ("start", "end", "relevance", "support")}  # fmt: skip
            for row, window in enumerate(batch):
                yield window, {name: table[row] for name, table in tables.items()}

    def _doubt(self, span_score: float) -> float:
        """Probability of "no answer": a logistic curve fitted on titles kept for choosing."""
        slope = self.settings.get("doubt_slope", -1.0)
        return _sigmoid(slope * span_score + self.settings.get("doubt_offset", 0.0))

    def _reading(self, window: Window, logits: dict[str, Floats], passage: str) -> Reading:
        start, end = logits["start"], logits["end"]
        none = float(start[0] + end[0])
        relevance = float(logits["relevance"])
        inside = slice(window.passage_at, window.passage_at + len(window.offsets))
        if not window.offsets:
            return Reading(_sigmoid(relevance), relevance, 0, 0, -1e4, 1.0)
        sums = start[inside, None] + end[None, inside]
        allowed = np.triu(np.ones(sums.shape, bool)) & ~np.triu(
            np.ones(sums.shape, bool), LONGEST_ANSWER
        )
        sums = np.where(allowed, sums, -1e4)
        first, last = np.unravel_index(int(sums.argmax()), sums.shape)
        score = float(sums[first, last]) - none
        left, right = whole_words(
            passage, window.offsets[int(first)][0], window.offsets[int(last)][1]
        )
        silent = self._doubt(score)
        return Reading(_sigmoid(relevance), relevance, left, right, score, silent)


def whole_words(passage: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened to whole words: runs of letters and digits are never cut."""
    while start > 0 and passage[start - 1].isalnum() and passage[start].isalnum():
        start -= 1
    while end < len(passage) and passage[end].isalnum() and passage[end - 1].isalnum():
        end += 1
    return start, end


def _join(one: Reading, other: Reading) -> Reading:
    """Two windows of a passage: the better span, the higher relevance, the lower doubt."""
    span = one if one.span_score >= other.span_score else other
    logit = max(one.relevance_logit, other.relevance_logit)
    doubt = min(one.no_answer, other.no_answer)
    return Reading(_sigmoid(logit), logit, span.start, span.end, span.span_score, doubt)


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(logit, -60, 60))))
