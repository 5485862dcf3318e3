"""The small reader: one pass over (question, passage) gives relevance, answer spans and doubt.

Over (sentence, passage) it gives support or contradiction. Served by OpenVINO and tokenizers from
`models/reader`; neither torch nor transformers is imported. `training/reader` tells how it learnt.
"""

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.arithmetic import arithmetic
from ingest.errors import PermanentError
from rag.reader_input import Input, Pieces, join, pieces, room
from rag.reading import Judgement, Reading, Stretch

Floats = NDArray[np.float32]
Logits = dict[str, Floats]
OUTPUTS = ("start", "end", "relevance", "support")
BATCH = 2
"""Inputs of like length that one thread reads at once: on two cores, two threads that read a
different few each take four fifths of the time in which both share the arithmetic of eight."""


def shipped_reader() -> Path:
    """The folder of the reader that ships with Byline: in a checkout, or beside this file."""
    here = Path(__file__).resolve().parent
    folders = [here.parent / "models" / "reader", here / "shipped_reader"]
    found = next((folder for folder in folders if (folder / "reader.xml").is_file()), None)
    if found is None:
        raise PermanentError(f"the reader is missing: {folders[0]} holds no reader.xml")
    return found


def weights_digest(folder: Path) -> str:
    """12 hex digits of the weights in `folder`, to tell one reader from another."""
    return hashlib.sha256((folder / "reader.bin").read_bytes()).hexdigest()[:12]


class OpenVINOReader:
    """Reads passages and judges sentences (`rag.protocols.Reader`).

    Example: `OpenVINOReader(Path("models/reader")).read("Who won?", [text])[0].best_span()`.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """`folder` holds reader.xml, reader.bin, tokenizer.json and reader.json."""
        from tokenizers import Tokenizer

        self.settings: dict[str, Any] = json.loads((folder / "reader.json").read_text())
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._requests = _compile(folder / "reader.xml", threads)
        self._lock = threading.Lock()

    def read(
        self, question: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Reading]:
        """One reading for each passage, in order; headers may hold each one's title and date."""
        return self.read_pairs([question] * len(passages), passages, headers)

    def read_pairs(
        self,
        questions: Sequence[str],
        passages: Sequence[str],
        headers: Sequence[str] | None = None,
    ) -> list[Reading]:
        """As `read`, with a question of its own for each passage."""
        windows = self._windows(questions, passages, headers, sentence=False)
        return [self._reading(inputs, logits) for inputs, logits in self._run(windows)]

    def judge(
        self, sentence: str, passages: Sequence[str], headers: Sequence[str] | None = None
    ) -> list[Judgement]:
        """Whether each passage carries the sentence."""
        return self.judge_pairs([sentence] * len(passages), passages, headers)

    def judge_pairs(
        self,
        sentences: Sequence[str],
        passages: Sequence[str],
        headers: Sequence[str] | None = None,
    ) -> list[Judgement]:
        """As `judge`, with a sentence of its own for each passage."""
        windows = self._windows(sentences, passages, headers, sentence=True)
        judged = [
            [_judgement(one["support"]) for one in logits] for _, logits in self._run(windows)
        ]
        # Of several windows, the one that says most about the sentence.
        return [min(each, key=lambda one: one.neither) for each in judged]

    def _windows(
        self,
        leads: Sequence[str],
        passages: Sequence[str],
        headers: Sequence[str] | None,
        *,
        sentence: bool,
    ) -> list[list[Input]]:
        """The inputs of each passage: one, or several that overlap by `stride` tokens."""
        heads = [""] * len(passages) if headers is None else headers
        if not len(leads) == len(passages) == len(heads):
            raise ValueError(f"{len(leads)} leads, {len(passages)} passages, {len(heads)} headers")
        known = self._pieces([*leads, *heads])
        window, stride = self.settings["window"], self.settings["stride"]
        made = []
        for lead, head, body in zip(leads, heads, pieces(self._tokenizer, passages), strict=True):
            step = room(known[lead], known[head], window, sentence=sentence) - stride
            firsts = range(0, max(1, len(body.ids) - stride), step)
            made.append(
                [
                    join(known[lead], known[head], body, first=at, window=window, sentence=sentence)
                    for at in firsts
                ]
            )
        return made

    def _pieces(self, texts: Sequence[str]) -> dict[str, Pieces]:
        distinct = list(dict.fromkeys(texts))
        return dict(zip(distinct, pieces(self._tokenizer, distinct), strict=True))

    def _run(self, windows: Sequence[list[Input]]) -> list[tuple[list[Input], list[Logits]]]:
        """Each passage's inputs with their logits; read in small batches, a thread each."""
        flat = [one for inputs in windows for one in inputs]
        order = sorted(range(len(flat)), key=lambda at: len(flat[at].ids))
        found: dict[int, Logits] = {}

        def keep(request: Any, batch: Sequence[int]) -> None:
            tables = {name: request.get_tensor(name).data for name in OUTPUTS}
            for row, at in enumerate(batch):
                found[at] = {
                    name: np.array(table[row], np.float32) for name, table in tables.items()
                }

        # The requests serve one caller at a time; a page has several.
        with self._lock:
            self._requests.set_callback(keep)
            try:
                for first in range(0, len(order), BATCH):
                    batch = order[first : first + BATCH]
                    self._requests.start_async(_tensors([flat[at] for at in batch]), batch)
            finally:
                # Also after Ctrl-C: what is still being read must not come to the next caller.
                self._requests.wait_all()
        logits = iter(found[at] for at in range(len(flat)))
        return [(inputs, [next(logits) for _ in inputs]) for inputs in windows]

    def _reading(self, inputs: Sequence[Input], logits: Sequence[Logits]) -> Reading:
        stretches = tuple(map(_stretch, inputs, logits))
        best = Reading(0.0, 0.0, stretches).best_span().score
        # A logistic curve fitted on titles kept for choosing (training.reader.choose).
        doubt = self.settings["doubt_slope"] * best + self.settings["doubt_offset"]
        relevance = max(float(one["relevance"]) for one in logits)
        return Reading(relevance, _sigmoid(doubt), stretches)


def _compile(graph: Path, threads: int) -> Any:
    """As many requests as threads, each served by one of them."""
    import openvino

    core = openvino.Core()
    options = {
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": threads,
        "INFERENCE_PRECISION_HINT": arithmetic(core),
    }
    return openvino.AsyncInferQueue(core.compile_model(graph, "CPU", options), threads)


def _tensors(batch: Sequence[Input]) -> dict[str, NDArray[np.int64]]:
    shape = len(batch), max(len(one.ids) for one in batch)
    ids, mask, segments = (np.zeros(shape, np.int64) for _ in range(3))
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = one.ids
        mask[row, : len(one.ids)] = 1
        segments[row, : len(one.ids)] = one.segments
    return {"ids": ids, "mask": mask, "segments": segments}


def _stretch(one: Input, logits: Logits) -> Stretch:
    """The logits of the passage's tokens, above half the logit of "no answer" ([CLS], [CLS])."""
    inside = slice(one.passage_at, one.passage_at + len(one.offsets))
    none = (logits["start"][0] + logits["end"][0]) / 2
    offsets = np.array(one.offsets, np.int64).reshape(-1, 2)
    return Stretch(logits["start"][inside] - none, logits["end"][inside] - none, offsets)


def _judgement(logits: Floats) -> Judgement:
    raised = np.exp(logits - logits.max())
    return Judgement(*(float(share) for share in raised / raised.sum()))


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(logit, -60, 60))))
