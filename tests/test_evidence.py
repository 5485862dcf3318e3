from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.library import Library
from ingest.types import Passage
from rag.evidence import (
    UNTOLD,
    EvidenceFinder,
    coverage,
    is_sentence,
    sentences_of,
    shipped_weights,
)
from rag.question import read_question
from rag.rank import ReaderRanker, read_hits
from rag.reader import OpenVINOReader
from rag.reading import NO_SPAN
from rag.retrieve import HybridRetriever
from rag.types import Hit
from tests.fakes import article, evidence, library_of

TEXT = (
    "The ferry Astrid sank off Cape Brann with 212 people on board. All of them were saved. "
    "The harbour master, Ida Moe, said the bow doors had been left open.\n\n"
    "The council will vote on a new tram line in June. Shares in the tram builder rose."
)


@pytest.fixture
def library(tmp_path: Path, embedder: OpenVINOEmbedder) -> Iterator[Library]:
    ferry = article(TEXT, title="Ferry sinks")
    other = article("Puffins came back to the island in large numbers.", identity="a2")
    library = library_of([ferry, other], embedder, tmp_path / "library")
    yield library
    library.close()


def test_the_sentence_that_answers_comes_first(
    library: Library, embedder: OpenVINOEmbedder, reader: OpenVINOReader
) -> None:
    finder = EvidenceFinder(reader, library.words)
    for question, begins in (
        ("How many people were on the ferry?", "The ferry Astrid"),
        ("Who said the doors were open?", "The harbour master"),
        ("When will the council vote on the tram?", "The council"),
        ("Which birds returned?", "Puffins"),
    ):
        hits = HybridRetriever(library, embedder).retrieve(question, 5)
        ranked = ReaderRanker.of(reader).rank(question, hits)
        found = finder.find(read_question(question), ranked)
        assert found[0].text.startswith(begins)
        assert [e.probability for e in found] == sorted(e.probability for e in found)[::-1]
        for item in found:
            assert item.hit.article.text[item.start : item.end] == item.text
            assert 0.0 <= item.probability <= 1.0


def test_confidence_tells_answered_from_unanswered(
    library: Library, embedder: OpenVINOEmbedder, reader: OpenVINOReader
) -> None:
    finder = EvidenceFinder(reader, library.words)
    retriever = HybridRetriever(library, embedder)

    def confidence(question: str) -> float:
        asked = read_question(question)
        return finder.confidence(asked, finder.find(asked, retriever.retrieve(question, 5)))

    assert confidence("How many people were on board the ferry Astrid?") > 0.5
    assert confidence("Who won the chess championship in Reykjavik?") < 0.2
    assert finder.confidence(read_question("Why?"), []) == 0.0


def test_a_price_is_a_sum_of_money_or_not_told(reader: OpenVINOReader, library: Library) -> None:
    finder = EvidenceFinder(reader, library.words)
    priced = evidence("The crane that raised the Astrid came for 12 days and cost 48,000 euros.")
    heavy = evidence(
        "The crane that raised the Astrid lifted 300 tonnes in 12 days.", identity="a2"
    )

    def found(question: str, *hits: Hit) -> tuple[str, float]:
        asked = read_question(question)
        best = finder.find(asked, hits)
        return best[0].text, finder.confidence(asked, best)

    asked = "What did the crane that raised the Astrid cost?"
    both, sure = found(asked, heavy.hit, priced.hit)
    _, alone = found(asked, heavy.hit)
    assert both == priced.text
    assert alone <= UNTOLD < sure


def test_overlapping_passages_give_each_sentence_once() -> None:
    told = article("The ferry sank last night. All people were saved. Divers went down today.")
    first = Passage("p0", "a1", 0, told.text[:49], 0, 49)
    second = Passage("p1", "a1", 1, told.text[27:], 27, len(told.text))
    spans = sentences_of([Hit(first, told, 2.0), Hit(second, told, 1.0)])
    assert [told.text[span.start : span.end] for span in spans] == [
        "The ferry sank last night.", "All people were saved.", "Divers went down today.",
    ]  # fmt: skip
    assert [span.rank for span in spans] == [1, 1, 2]


def test_the_answer_lies_inside_its_sentence(
    library: Library, embedder: OpenVINOEmbedder, reader: OpenVINOReader
) -> None:
    question = "How many people were on the ferry?"
    hits = HybridRetriever(library, embedder).retrieve(question, 5)
    best = EvidenceFinder(reader, library.words).find(read_question(question), hits)[0]
    assert best.answer is not None
    assert best.start <= best.answer.start < best.answer.end <= best.end
    assert "212" in best.hit.article.text[best.answer.start : best.answer.end]


def test_a_passage_that_nothing_read_has_no_answer() -> None:
    told = article("The ferry sank last night.")
    (candidate,) = sentences_of([Hit(Passage("p", "a1", 0, told.text, 0, 26), told, 1.0)])
    assert candidate.answer().score == NO_SPAN


def test_a_short_sentence_is_evidence() -> None:
    assert is_sentence("Nobody was hurt.")
    assert is_sentence("Bicycles travel free.")
    assert not is_sentence("Follow us here")
    assert not is_sentence("Photo: Ida Moe.")
    assert not is_sentence("See also.")


def test_a_heading_is_no_evidence() -> None:
    told = article("Read more here")
    assert sentences_of([Hit(Passage("p", "a1", 0, told.text, 0, 14), told, 1.0)]) == []


def test_coverage_worked_by_hand() -> None:
    rarity = {"ferri": 3.0, "sink": 1.0}
    assert coverage(rarity, "The ferries left.") == 0.75
    assert coverage(rarity, "It is sinking.") == 0.25
    assert coverage({}, "anything") == 0.0


def test_no_hits_no_evidence(library: Library, reader: OpenVINOReader) -> None:
    assert EvidenceFinder(reader, library.words).find(read_question("Why?"), []) == []


def test_every_feature_has_a_shipped_weight(
    library: Library, embedder: OpenVINOEmbedder, reader: OpenVINOReader
) -> None:
    finder = EvidenceFinder(reader, library.words)
    hits = HybridRetriever(library, embedder).retrieve("ferry", 1)
    candidates = sentences_of(read_hits(reader, "Which ferry sank?", hits))
    answers = [candidate.answer() for candidate in candidates]
    asked = read_question("Which ferry sank?")
    (row, *_) = finder.features(asked, candidates, answers)
    signs = finder.signs(asked, finder.find(asked, hits))
    named = {*row, "bias", "answered_bias", *(f"answered_{name}" for name in signs)}
    assert named == set(shipped_weights())
