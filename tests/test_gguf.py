from pathlib import Path

import pytest
from llama_index.core.llms import LLM, ChatMessage

from ingest.errors import UserError
from rag.draft import LLMDrafter
from rag.gguf import GGUF, embedded
from tests.fakes import evidence


@pytest.fixture(scope="module")
def model() -> GGUF:
    return embedded(max_tokens=24)


def test_the_embedded_model_speaks(model: GGUF) -> None:
    assert isinstance(model, LLM)
    said = model.complete("Say hello.")
    assert said.text.strip()
    assert said.additional_kwargs["completion_tokens"] <= 24
    assert model.complete("Say hello.").text == said.text  # temperature 0


def test_streaming_adds_up_to_the_whole(model: GGUF) -> None:
    question = [ChatMessage(role="user", content="Name the capital of France.")]
    pieces = list(model.stream_chat(question, max_tokens=12))
    whole = model.chat(question, max_tokens=12).message.content
    assert "".join(piece.delta or "" for piece in pieces) == whole
    assert len(pieces) > 2


def test_the_window_is_the_models_own(model: GGUF) -> None:
    assert model.metadata.context_window >= 2048
    with pytest.raises(UserError, match="window"):
        model.complete("word " * 20_000)


def test_a_draft_from_the_embedded_model(model: GGUF) -> None:
    found = evidence("The ferry sank on 3 March 2021.", title="Ferry sinks")
    draft = LLMDrafter(model).draft("When did the ferry sink?", [found])
    assert 0 < draft.usage["completion_tokens"] <= 24


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.gguf"):
        GGUF(path=str(tmp_path / "missing.gguf"))
    (tmp_path / "text.gguf").write_text("no model")
    with pytest.raises(UserError, match="not a GGUF file"):
        GGUF(path=str(tmp_path / "text.gguf"))
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(UserError, match="cannot load"):
        GGUF(path=str(tmp_path / "broken.gguf")).complete("Hello")
