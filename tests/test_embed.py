import subprocess
import sys

import numpy as np
import pytest

from ingest.embed import OpenVINOEmbedder, SentenceTransformerEmbedder
from ingest.errors import UserError
from ingest.export import ensure_exported
from ingest.models import DEFAULT_EMBEDDING_MODEL, exported_folder, model_folder

TEXTS = [
    "The harbour froze for the first time in forty years.",
    "Ferries to the island were cancelled on Tuesday because of ice.",
    "Shares in the tram builder fell by 12 per cent.",
    "word " * 400,
    "Ünïcödé — “quotes”, numbers 1,234.5 and emoji 🙂.",
    "x",
] + [f"Sentence number {i} of a longer batch, " + "filler " * (i % 60) for i in range(150)]


def test_served_vectors_equal_those_of_sentence_transformers(embedder: OpenVINOEmbedder) -> None:
    reference = SentenceTransformerEmbedder(str(model_folder(DEFAULT_EMBEDDING_MODEL)))
    served, expected = embedder.embed(TEXTS), reference.embed(TEXTS)
    assert served.shape == expected.shape == (len(TEXTS), 384)
    assert (served * expected).sum(axis=1).min() > 0.999
    assert embedder.window == reference.window == 256
    short = TEXTS[:3]
    assert embedder.count_tokens(short) == reference.count_tokens(short)


def test_vectors_have_length_one_and_keep_the_order(embedder: OpenVINOEmbedder) -> None:
    together = embedder.embed(TEXTS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-2)
    for index in (0, 3, 77, 155):
        assert float(together[index] @ embedder.embed([TEXTS[index]])[0]) > 0.999


def test_nothing_to_embed(embedder: OpenVINOEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)
    assert embedder.count_tokens([]) == []


def test_serving_does_not_import_torch() -> None:
    code = (
        "import sys; from ingest.embed import OpenVINOEmbedder as E; "
        "from ingest.export import ensure_exported as x; "
        f"E('m', x({DEFAULT_EMBEDDING_MODEL!r})).embed(['a']); "
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(UserError, match="no-such-model"):
        model_folder("no-such-model")


def test_the_export_is_kept(embedder: OpenVINOEmbedder) -> None:
    folder = exported_folder(DEFAULT_EMBEDDING_MODEL)
    stamp = (folder / "model.bin").stat().st_mtime_ns
    assert ensure_exported(DEFAULT_EMBEDDING_MODEL) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == stamp
