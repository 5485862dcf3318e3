"""Answers that take several sentences or articles, from a library, to the last character."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.library import Library
from rag.assistant import Assistant
from rag.evidence import EvidenceFinder
from rag.protocols import Draft, Drafter, DraftSentence
from rag.quote import QuoteDrafter
from rag.retrieve import HybridRetriever
from rag.support import ReaderSupport
from rag.types import Answer, Evidence
from rag.verify import Verifier
from rag.ways.kind import Kind
from rag.ways.ways import all_ways
from tests.fakes import article, library_of, the_reader
from ui.render import answer_markdown, answer_plain

WIRE = (
    "A tunnel at the Orle dam caved in on 2 February 2024, injuring four workers. The owner "
    "stopped all work at once."
)
ARTICLES = [
    article(
        "The Orle dam was approved by the council on Wednesday. It will cost £212 million.",
        identity="plan",
        title="Orle dam approved",
        source="Upland Echo",
        published=date(2023, 6, 22),
    ),
    article(
        WIRE,
        identity="wire",
        title="Tunnel falls",
        source="Wire",
        published=date(2024, 2, 5),
    ),
    article(
        WIRE.replace("all work", "work"),
        identity="print",
        title="Tunnel at dam falls",
        source="Gazette",
        published=date(2024, 2, 6),
        duplicate_of="wire",
    ),
    article(
        "Six workers were hurt when the tunnel at the Orle dam caved in on 1 February 2024.",
        identity="echo",
        title="Six hurt at dam",
        source="Upland Echo",
        published=date(2024, 2, 6),
    ),
    article("Puffins came back to the island.", identity="puffins", title="Puffins"),
]


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: OpenVINOEmbedder
) -> Iterator[Library]:
    library = library_of(ARTICLES, embedder, tmp_path_factory.mktemp("several") / "library")
    yield library
    library.close()


def assistant(library: Library, embedder: OpenVINOEmbedder, drafter: Drafter) -> Assistant:
    return Assistant(
        HybridRetriever(library, embedder),
        EvidenceFinder(the_reader(), library.words),
        drafter,
        Verifier(ReaderSupport(the_reader(), embedder)),
        ways=all_ways(the_reader(), library.words, lambda: date(2025, 1, 1)),
    )


def whole(answer: Answer, library: Library) -> None:
    """Every word cited, beside a citation or in a conflict is the article's own."""
    statements = [s for c in answer.citations for s in c.also]
    statements += [s for c in answer.conflicts for p in c.positions for s in p.statements]
    for said in (*answer.citations, *statements):
        told = library.article(said.article_id)
        assert told is not None
        assert told.text[said.start : said.end] == said.quote


def test_a_timeline_has_dated_and_cited_lines(library: Library, embedder: OpenVINOEmbedder) -> None:
    answer = assistant(library, embedder, QuoteDrafter()).ask("Give me a timeline of the Orle dam.")
    assert answer.kind == "timeline"
    assert [s.label for s in answer.shown] == [
        "21 June 2023",
        "1 February 2024",
        "2 February 2024",
    ]
    assert "published 22 June 2023" in answer.shown[0].label_note
    # The Upland Echo and the Wire; the Gazette printed the Wire's report.
    assert answer.independent == 2
    whole(answer, library)
    lines = answer_plain(answer).split("\n")
    assert lines[0].startswith("21 June 2023 (")
    assert lines[1].startswith("1 February 2024: ")
    assert "- 2 February 2024: " in answer_markdown(answer)


def test_a_conflict_is_part_of_the_answer(library: Library, embedder: OpenVINOEmbedder) -> None:
    answer = assistant(library, embedder, QuoteDrafter()).ask(
        "When did the tunnel at the Orle dam cave in?"
    )
    (conflict,) = answer.conflicts
    assert {position.value for position in conflict.positions} == {
        "1 February 2024",
        "2 February 2024",
    }
    assert "The articles disagree" in answer.text
    whole(answer, library)
    for shown in (answer_plain(answer), answer_markdown(answer)):
        assert shown.count("The articles disagree") == 1
        assert "Upland Echo" in shown
    told = answer.to_dict()["conflicts"][0]
    assert told["disputed"] == "date"
    copies = [s["source"] for p in told["positions"] for s in p["statements"] if s["copy"]]
    assert copies == ["Gazette"]


def test_a_quote_that_leans_is_shown_with_the_sentence_before(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    answer = assistant(library, embedder, QuoteDrafter()).ask("What will the Orle dam cost?")
    assert answer.short == "£212 million"
    assert answer.shown[0].text == ARTICLES[0].text
    whole(answer, library)


def test_what_no_article_tells_of_has_no_timeline(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    answer = assistant(library, embedder, QuoteDrafter()).ask("Timeline of the Kirn mine disaster")
    assert answer.abstained
    assert answer.nearest


class Writes:
    """Drafts a sentence for each kind, and keeps which kinds were asked for."""

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.shown: list[Evidence] = []

    def for_kind(self, kind: Kind) -> Drafter:
        self.kinds.append(kind)
        return self

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        self.shown = list(evidence)
        return Draft(
            (
                DraftSentence("The Orle dam was approved by the council.", (1,)),
                DraftSentence("The tunnel caved in on 5 May 2019.", (2,)),
            )
        )


def test_a_drafted_timeline_is_checked_and_dated(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    drafter = Writes()
    answer = assistant(library, embedder, drafter).ask("Give me a timeline of the Orle dam.")
    assert drafter.kinds == [Kind.TIMELINE]
    assert [(s.label, s.text) for s in answer.shown] == [
        ("21 June 2023", "The Orle dam was approved by the council.")
    ]
    assert "2019" not in answer.text
