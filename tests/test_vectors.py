from pathlib import Path

import numpy as np
import pytest
from chromadb.api.client import Client

from ingest.embed import Vectors
from ingest.types import Passage
from ingest.vectors import VectorStore, _embedded, open_vectors


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


def several(
    tmp_path: Path, many: int, full: int | None = 10
) -> tuple[VectorStore, Vectors, list[Client]]:
    """A store of `many` passages with their vectors, and the clients that it has opened."""
    opened: list[Client] = []

    def connect() -> Client:
        opened.append(_embedded(tmp_path / "shards"))
        return opened[-1]

    store = VectorStore(connect, full)
    drawn = np.random.default_rng(2).normal(size=(many, 4)).astype(np.float32)
    vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    store.upsert([passage(number) for number in range(many)], vectors)
    return store, vectors, opened


def names(client: Client) -> list[str]:
    return sorted(collection.name for collection in client.list_collections())


def test_many_go_into_shards_and_are_found_as_one(tmp_path: Path) -> None:
    store, vectors, opened = several(tmp_path, 45)
    assert names(opened[-1]) == ["passages", *(f"passages-{number}" for number in range(2, 6))]
    assert store.ids() == {f"p{number}" for number in range(45)}
    asked = unit(1, 2, 3, 4)
    exact = np.argsort(-(vectors @ asked))
    found = store.nearest(asked, 7)
    assert [identity for identity, _ in found] == [f"p{number}" for number in exact[:7]]
    assert [score for _, score in found] == pytest.approx((vectors @ asked)[exact[:7]], abs=1e-5)
    some = [f"p{number}" for number in (44, 0, 23)]
    among = store.among(asked, [*some, "unknown"])
    assert [identity for identity, _ in among] == sorted(
        some, key=lambda one: -float(vectors[int(one[1:])] @ asked)
    )
    held = {
        identity: row for part in store.stored([*some, "unknown"]) for identity, row in part.items()
    }
    assert held.keys() == set(some)
    assert all(np.allclose(held[one], vectors[int(one[1:])], atol=1e-6) for one in some)


def test_only_two_shards_are_open_until_a_question_is_asked(tmp_path: Path) -> None:
    store, _, opened = several(tmp_path, 45)
    assert len(opened) == 3  # the third shard and the fifth were one too many
    store.ids()
    assert len(opened) > 3
    before = len(opened)
    store.nearest(unit(1, 2, 3, 4), 3)
    store.ids()
    assert len(opened) == before


def test_a_shard_leaves_the_memory_only_when_nobody_uses_it(tmp_path: Path) -> None:
    store, _, opened = several(tmp_path, 45)
    before = len(opened)
    parts = store.stored([f"p{number}" for number in range(45)])
    next(parts)  # one is being read
    assert len(store.ids()) == 45
    assert sum(map(len, parts)) + 1 > 1
    assert len(opened) == before


def test_deleting_looks_into_every_shard_and_drops_an_emptied_one(tmp_path: Path) -> None:
    store, _, opened = several(tmp_path, 45)
    reader = VectorStore(lambda: _embedded(tmp_path / "shards"), 10)
    store.delete([f"p{number}" for number in range(12)] + ["p44", "unknown"])
    assert store.ids() == {f"p{number}" for number in range(12, 44)}
    assert names(opened[-1]) == [f"passages-{number}" for number in range(2, 6)]
    assert reader.nearest(unit(1, 2, 3, 4), 9) == store.nearest(unit(1, 2, 3, 4), 9)
    again = VectorStore(lambda: _embedded(tmp_path / "shards"), 10)
    assert again.ids() == store.ids()
    store.delete(store.ids())
    assert names(opened[-1]) == ["passages-5"]
    assert store.nearest(unit(1, 2, 3, 4), 9) == []


def test_a_collection_larger_than_a_shard_is_the_first_shard(tmp_path: Path) -> None:
    old, _, _ = several(tmp_path, 25, full=None)  # as an older Byline made them
    old.close()
    store = VectorStore(lambda: _embedded(tmp_path / "shards"), 10)
    store.upsert([passage(99)], unit(1, 2, 3, 4)[None, :])
    assert names(_embedded(tmp_path / "shards")) == ["passages", "passages-2"]
    assert len(store.ids()) == 26
    assert store.nearest(unit(1, 2, 3, 4), 1)[0][0] == "p99"


def test_shards_of_another_name_are_left_alone(tmp_path: Path) -> None:
    client = _embedded(tmp_path / "shards")
    client.create_collection("passages-of-mine")
    store, _, _ = several(tmp_path, 5)
    assert store.ids() == {f"p{number}" for number in range(5)}
