"""Whatever a model's server does, the answer is checked sentences: the model's or the articles'."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.library import Library
from rag.assistant import Assistant
from rag.draft import LLMDrafter
from rag.evidence import EvidenceFinder
from rag.llm import openai_compatible
from rag.retrieve import HybridRetriever
from rag.support import ReaderSupport
from rag.types import Answer, Verdict
from rag.verify import Verifier
from tests.fakes import WordEmbedder, article, library_of, the_reader
from tests.llm_server import serving

TOLD = article(
    "The ferry Astrid sank off Cape Brann in March with 212 people on board. "
    "The harbour master, Ida Moe, said the bow doors had been left open.",
    title="Ferry sinks",
    source="Alder Post",
)
QUESTION = "How many people were on board the ferry Astrid when it sank off Cape Brann?"
FIRST = "The ferry Astrid had 212 people on board when it sank off Cape Brann."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("misbehaving") / "library"
    library = library_of([TOLD], WordEmbedder(), folder)
    yield library
    library.close()


def ask(library: Library, *steps: str) -> tuple[Answer, list[str]]:
    """The answer where the server follows `steps`, and the sentences as they were shown."""
    embedder = WordEmbedder()
    shown: list[str] = []
    with serving(*steps) as server:
        llm = openai_compatible(server.url, "served-model", timeout=2.0)
        assistant = Assistant(
            HybridRetriever(library, embedder),
            EvidenceFinder(the_reader(), library.words),
            LLMDrafter(llm, timeout=60.0),
            Verifier(ReaderSupport(the_reader(), embedder), 0.3),
            threshold=0.0,
        )
        answer = assistant.ask(QUESTION, on_sentence=lambda said, _: shown.append(said.text))
    return answer, shown


@pytest.mark.parametrize(
    ("steps", "note"),
    [
        (["!stall"], "gave no draft"),
        (["!500"], "gave no draft"),
        (["!429"], "gave no draft"),
        (["!cut The ferry Astrid had 2"], "gave no draft"),
        (["!garbage"], "gave no draft"),
        (["!hang The ferry Ast"], "gave no draft"),
        (["!empty"], ""),
        ([" "], ""),
        (["UNKNOWN"], ""),
        (["I'm sorry, but I cannot answer questions about accidents."], ""),
        (["Le capitaine du navire affirme que tout le monde est rentré chez soi [1]."], ""),
        (["The ferry Astrid had 221 people on board when it sank off Cape Brann [1]."], ""),
        (["Per Lund said the bow doors of the ferry had been left open [2]."], ""),
        (["!length The ferry Astrid had 212 people on bo"], ""),
    ],
)
def test_the_articles_are_quoted_where_the_model_says_nothing_good(
    library: Library, steps: list[str], note: str
) -> None:
    answer, shown = ask(library, *steps)
    assert answer.shown
    assert all(sentence.verdict is Verdict.QUOTED for sentence in answer.shown)
    assert shown == [sentence.text for sentence in answer.shown]
    assert note in answer.reason
    assert bool(note) == bool(answer.reason)


@pytest.mark.parametrize(
    ("steps", "note"),
    [
        ([f"{FIRST} [99]"], ""),
        ([FIRST], ""),
        (["!500", f"{FIRST} [1]"], ""),
        (["!429", f"{FIRST} [1]"], ""),
        ([f"{FIRST} [1] " * 60], ""),
        ([f"!cut {FIRST} [1] The bow do"], "broke off"),
        ([f"!garbage {FIRST} [1] The bow do"], "broke off"),
        ([f"!hang {FIRST} [1] The bow do"], "broke off"),
        ([f"!length {FIRST} [1] The bow do"], ""),
    ],
)
def test_what_the_model_finished_is_kept(library: Library, steps: list[str], note: str) -> None:
    began = time.perf_counter()
    answer, shown = ask(library, *steps)
    assert shown == [sentence.text for sentence in answer.shown] == [FIRST]
    assert answer.shown[0].verdict is Verdict.SUPPORTED
    assert "212 people" in answer.citations[0].quote
    assert note in answer.reason
    assert bool(note) == bool(answer.reason)
    assert time.perf_counter() - began < 60
    if not note:
        assert answer.usage["completion_tokens"] > 0


def test_a_sentence_is_shown_while_the_next_is_being_written(library: Library) -> None:
    second = "Ida Moe, the harbour master, said the bow doors had been left open."
    answer, shown = ask(library, f"!hang {FIRST} [1] {second} [2] And th")
    assert shown == [FIRST, second]
    assert "broke off" in answer.reason
