from pathlib import Path

import numpy as np
import pytest

from ingest.embed import Vectors
from ingest.types import Passage
from ingest.vectors import VectorStore, open_vectors


def passage(number: int) -> Passage:
    return Passage(f"p{number}", "a1", number, "", 0, 0)


def unit(*values: float) -> Vectors:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    store = open_vectors(tmp_path / "chroma")
    store.upsert([passage(0), passage(1)], np.stack([unit(1, 0), unit(1, 1)]))
    return store


def test_the_score_is_the_cosine(store: VectorStore) -> None:
    found = store.nearest(unit(1, 0), 5)
    assert [identity for identity, _ in found] == ["p0", "p1"]
    assert [score for _, score in found] == pytest.approx([1.0, 2**-0.5], abs=1e-5)


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    assert open_vectors(tmp_path / "empty").nearest(unit(1, 0), 3) == []


def test_upsert_replaces(store: VectorStore) -> None:
    store.upsert([passage(0)], unit(0, 1)[None, :])
    assert store.nearest(unit(0, 1), 1)[0][0] == "p0"
    assert store.ids() == {"p0", "p1"}


def test_batches_larger_than_chroma_takes(tmp_path: Path) -> None:
    store = open_vectors(tmp_path / "many")
    many = 6000  # above get_max_batch_size(), 5461
    vectors = np.random.default_rng(1).normal(size=(many, 4)).astype(np.float32)
    store.upsert([passage(i) for i in range(many)], vectors)
    assert len(store.ids()) == many
    store.delete(f"p{i}" for i in range(many - 1))
    assert store.ids() == {f"p{many - 1}"}
