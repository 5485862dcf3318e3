"""Slips of the keys are mended by the words of the library, and nothing else is touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.embed import OpenVINOEmbedder
from rag.retrieve import HybridRetriever
from rag.spelling import Speller
from tests.fakes import article, library_of

TEXT = (
    "The library in Kelmar will be pulled down. About 300 people were evacuated when the roof fell."
    " The ferry Dunlin sails on Monday."
)


@pytest.fixture(scope="module")
def spell(
    tmp_path_factory: pytest.TempPathFactory, embedder: OpenVINOEmbedder
) -> Iterator[Speller]:
    folder: Path = tmp_path_factory.mktemp("spelling") / "library"
    library = library_of([article(TEXT, title="Kelmar library")], embedder, folder)
    yield Speller(library.words, HybridRetriever(library, embedder))
    library.close()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("When will the libary in Kelmar be pulled down?", "When will the library in Kelmar be"
         " pulled down?"),
        ("how many poeple were evacuted in kelmar", "how many people were evacuated in Kelmar"),
        ("wat happened in Kelmar?", "what happened in Kelmar?"),
        ("Wen does the Dunlin sail?", "When does the Dunlin sail?"),
        ("When was Dublin founded?", "When was Dublin founded?"),
        ("what is the population of kelmar", "what is the population of Kelmar"),
        ("Who won the Xylothon?", "Who won the Xylothon?"),
    ],
)  # fmt: skip
def test_a_question_as_it_was_meant(spell: Speller, asked: str, meant: str) -> None:
    assert spell(asked) == meant
