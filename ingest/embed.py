"""Texts to vectors: OpenVINO serves by default, sentence-transformers where it is asked for."""

import copy
import json
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.arithmetic import arithmetic

Vectors = NDArray[np.float32]
BATCH = 32
"""Texts that sentence-transformers takes at once."""
TOGETHER = 16
"""Texts in one inference: as fast as more of them, and with less padding."""


class Embedder(Protocol):
    """Turns texts into unit vectors, so that a dot product is their cosine."""

    name: str
    window: int
    """Tokens that one text may have, special tokens included; what is beyond is not read."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape `(len(texts), dimensions)`, float32, each row of length 1; order is kept."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The length of each text in tokens, special tokens not counted."""
        ...


class OpenVINOEmbedder:
    """An exported model (see ingest/export.py) on the CPU, in bf16 where the CPU has it."""

    def __init__(self, name: str, folder: Path, streams: int = 2) -> None:
        from tokenizers import Tokenizer

        self.name = name
        about = json.loads((folder / "about.json").read_text())
        self.window = int(about["window"])
        self._dimensions = int(about["dimensions"])
        self._graph = folder / "model.xml"
        self._streams = streams
        self._lock = threading.Lock()
        self._counter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._counter.no_truncation()
        self._counter.no_padding()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.window)
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`; batches are sorted by length so that little is padded, the longest
        first so that no core waits long for the other at the end."""
        vectors = np.empty((len(texts), self._dimensions), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        order = sorted(range(len(texts)), key=lambda index: -len(tokens[index]))
        batches = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
        # A compiled model serves one caller at a time; a page has several.
        with self._lock:
            if len(batches) < 2 * self._streams:
                for batch in batches:
                    inputs = _padded([tokens[index] for index in batch])
                    vectors[batch] = self._one_at_a_time(inputs)[0]
                return vectors
            self._many_at_a_time.set_callback(
                lambda request, batch: vectors.__setitem__(batch, request.get_output_tensor().data)
            )
            for batch in batches:
                inputs = _padded([tokens[index] for index in batch])
                self._many_at_a_time.start_async(inputs, batch)
            self._many_at_a_time.wait_all()
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `Embedder.count_tokens`."""
        encodings = self._counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    @cached_property
    def _one_at_a_time(self) -> Any:
        """For a question: all cores on one batch."""
        return _compile(self._graph, {"PERFORMANCE_HINT": "LATENCY"})

    @cached_property
    def _many_at_a_time(self) -> Any:
        """For ingest: a stream of batches for each core."""
        import openvino

        hints = {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": str(self._streams)}
        return openvino.AsyncInferQueue(_compile(self._graph, hints), self._streams)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model by name or folder, through torch (CPU or GPU)."""

    def __init__(self, name: str, *, local_files_only: bool = True, device: str | None = None):
        from sentence_transformers import SentenceTransformer

        self.name = name
        self._model = SentenceTransformer(name, device=device, local_files_only=local_files_only)
        self.window = int(self._model.max_seq_length or 512)
        self._counter = copy.deepcopy(self._model.tokenizer)  # one serves one thread at a time

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `Embedder.count_tokens`."""
        if not texts:
            return []
        ids = self._counter(list(texts), add_special_tokens=False)["input_ids"]
        return [len(row) for row in ids]


def _padded(rows: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
    """Token ids of some texts as the graph takes them: shape `(texts, longest)`, both."""
    shape = (len(rows), max(map(len, rows)))
    ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _compile(graph: Path, hints: dict[str, str]) -> Any:
    import openvino

    core = openvino.Core()
    hints = {**hints, "INFERENCE_PRECISION_HINT": arithmetic(core)}
    return core.compile_model(graph, "CPU", hints)
