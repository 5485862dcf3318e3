"""Export a sentence-transformers model to OpenVINO, once: `python -m ingest.export [MODEL]`.

The graph takes `input_ids` and `attention_mask` and gives unit vectors: pooling and normalisation
are inside. Only this module imports torch, and it runs in a process of its own.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

from ingest.errors import BylineError, PermanentError
from ingest.models import DEFAULT_EMBEDDING_MODEL, exported_folder, model_folder

GRAPH = "model.xml"
TOKENIZER = "tokenizer.json"
ABOUT = "about.json"


def ensure_exported(name: str) -> Path:
    """The folder of the exported model; exports it first, in a subprocess, where it is missing."""
    target = exported_folder(name)
    if not (target / GRAPH).is_file():
        print(f"Preparing the embedding model {name} (once, about 15 seconds)", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, "-m", "ingest.export", name], capture_output=True, text=True
        )
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise PermanentError(f"export of {name} failed: {last}")
    return target


def export(name: str) -> Path:
    """Write the export of `name` and return its folder; the folder appears whole or not at all."""
    target = exported_folder(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{target}.lock"):
        if (target / GRAPH).is_file():
            return target
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".export-"))
        try:
            _convert(model_folder(name), work)
            work.replace(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return target


def _convert(source: Path, work: Path) -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import openvino
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(source), device="cpu").eval()

    class Graph(torch.nn.Module):
        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in model:
                features = module(features)
            vectors = features["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=1)

    example = torch.ones((2, 8), dtype=torch.int64)
    graph = Graph()
    graph.model = model
    with torch.no_grad():
        converted = openvino.convert_model(
            graph, example_input={"input_ids": example, "attention_mask": example}
        )
    openvino.save_model(converted, work / GRAPH, compress_to_fp16=True)
    shutil.copy(source / "tokenizer.json", work / TOKENIZER)
    about = {"window": model.max_seq_length, "dimensions": model.get_embedding_dimension()}
    (work / ABOUT).write_text(json.dumps(about))


def main() -> int:
    """Command line of this module."""
    parser = argparse.ArgumentParser(description="Export an embedding model to OpenVINO, once.")
    parser.add_argument("model", nargs="?", default=DEFAULT_EMBEDDING_MODEL)
    try:
        print(export(parser.parse_args().model))
    except BylineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
