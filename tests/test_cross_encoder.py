from pathlib import Path

import pytest

from ingest.errors import UserError
from ingest.models import DEFAULT_EMBEDDING_MODEL, model_folder
from ingest.types import Passage
from rag.build import build_ranker, build_reader
from rag.cross_encoder import CrossEncoderRanker
from rag.rank import ReaderRanker
from rag.settings import load_settings
from rag.types import Hit
from tests.fakes import article


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of one small layer with weights drawn at random."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("cross-encoder")
    config = BertConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(model_folder(DEFAULT_EMBEDDING_MODEL)).save_pretrained(folder)
    return folder


def hits() -> list[Hit]:
    texts = ["The ferry sank.", "Puffins came back.", "A clock was stolen."]
    return [
        Hit(Passage(f"p{at}", "a1", at, text, 0, len(text)), article(text), 0.1, {"dense": 0.5})
        for at, text in enumerate(texts)
    ]


def test_any_cross_encoder_ranks(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    ranked = CrossEncoderRanker(str(model)).rank("What sank?", hits())
    expected = CrossEncoder(str(model)).predict([("What sank?", h.passage.text) for h in hits()])
    assert [hit.score for hit in ranked] == pytest.approx(sorted(map(float, expected))[::-1])
    assert {hit.passage.id for hit in ranked} == {"p0", "p1", "p2"}
    assert set(ranked[0].signals) == {"dense", "cross_encoder"}
    assert CrossEncoderRanker(str(model)).rank("What sank?", []) == []


def test_settings_choose_the_ranker(model: Path) -> None:
    reader = build_reader(load_settings())
    assert isinstance(build_ranker(load_settings(), reader), ReaderRanker)
    assert build_ranker(load_settings(ranker={"kind": "none"}), reader) is None
    chosen = load_settings(ranker={"kind": "cross-encoder", "model": str(model)})
    assert isinstance(build_ranker(chosen, reader), CrossEncoderRanker)
    with pytest.raises(UserError, match=r"ranker\.model is empty"):
        build_ranker(load_settings(ranker={"kind": "cross-encoder"}), reader)
