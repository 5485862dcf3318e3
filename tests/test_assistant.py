from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.errors import TransientError, UserError
from ingest.library import Library
from rag.assistant import Assistant
from rag.condense import condense
from rag.evidence import EvidenceFinder
from rag.protocols import Draft, Drafter, DraftSentence
from rag.quote import QuoteDrafter
from rag.retrieve import HybridRetriever
from rag.scope import Scope
from rag.support import ReaderSupport
from rag.types import Answer, Citation, Evidence, Hit, Sentence, Verdict
from rag.verify import Verifier
from tests.fakes import article, library_of, the_reader

ARTICLES = [
    article(
        "The ferry Astrid sank off Cape Brann on Tuesday with 212 people on board. All of them "
        "were saved. The harbour master, Ida Moe, said the bow doors had been left open.",
        title="Ferry sinks",
        source="Alder Post",
        published=date(2024, 1, 5),
    ),
    article("Puffins came back to the island in large numbers.", identity="a2", title="Puffins"),
]


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: OpenVINOEmbedder
) -> Iterator[Library]:
    library = library_of(ARTICLES, embedder, tmp_path_factory.mktemp("assistant") / "library")
    yield library
    library.close()


def assistant(
    library: Library, embedder: OpenVINOEmbedder, drafter: Drafter, **parts: Any
) -> Assistant:
    return Assistant(
        HybridRetriever(library, embedder),
        EvidenceFinder(the_reader(), library.words),
        drafter,
        Verifier(ReaderSupport(the_reader(), embedder)),
        **parts,
    )


class Writes:
    """Drafts the same sentences whatever it is shown, or fails."""

    def __init__(self, *sentences: DraftSentence, error: Exception | None = None) -> None:
        self._draft = Draft(sentences, {"prompt_tokens": 9, "completion_tokens": 3})
        self._error = error
        self.shown: list[Evidence] = []

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        self.shown = list(evidence)
        if self._error:
            raise self._error
        return self._draft


def whole(answer: Answer, library: Library) -> None:
    """Every citation is the article's own words, and every shown sentence has one."""
    numbers = {citation.number for citation in answer.citations}
    for citation in answer.citations:
        told = library.article(citation.article_id)
        assert told is not None
        assert told.text[citation.start : citation.end] == citation.quote
    for sentence in answer.shown:
        assert sentence.citations
        assert numbers.issuperset(sentence.citations)


def test_a_question_is_answered_with_quotes(library: Library, embedder: OpenVINOEmbedder) -> None:
    heard: list[tuple[Sentence, tuple[Citation, ...]]] = []
    answer = assistant(library, embedder, QuoteDrafter()).ask(
        "How many people were on board the Astrid?",
        on_sentence=lambda sentence, citations: heard.append((sentence, citations)),
    )
    assert not answer.abstained
    assert "212" in answer.short
    assert answer.shown[0].verdict is Verdict.QUOTED
    assert [sentence for sentence, _ in heard] == list(answer.shown)
    assert heard[0][1] == answer.citations[:1]
    assert {"retrieve", "evidence", "draft", "verify", "total"} <= set(answer.timings)
    whole(answer, library)


def test_the_date_is_that_of_the_event(library: Library, embedder: OpenVINOEmbedder) -> None:
    answer = assistant(library, embedder, QuoteDrafter()).ask("When did the ferry Astrid sink?")
    assert answer.short == "2 January 2024"
    assert "Tuesday" in answer.reason
    whole(answer, library)


def test_what_is_not_there_is_not_said(library: Library, embedder: OpenVINOEmbedder) -> None:
    answer = assistant(library, embedder, QuoteDrafter()).ask("Who won the chess championship?")
    assert answer.abstained
    assert "chess" in answer.reason
    assert answer.shown == answer.citations == ()
    assert answer.short == ""
    assert answer.nearest


def test_an_invented_draft_ends_in_quotes(library: Library, embedder: OpenVINOEmbedder) -> None:
    drafter = Writes(DraftSentence("There were 100 people on board the Astrid.", (1,)))
    answer = assistant(library, embedder, drafter).ask("How many people were on board the Astrid?")
    assert answer.sentences[0].verdict is Verdict.DROPPED
    assert "100" not in answer.text
    assert "212" in answer.text
    assert answer.usage == {"prompt_tokens": 9, "completion_tokens": 3}
    whole(answer, library)


def test_a_true_draft_is_shown_with_the_words_that_carry_it(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    drafter = Writes(DraftSentence("There were 212 people on board the ferry Astrid.", (1,)))
    answer = assistant(library, embedder, drafter).ask("How many people were on board the Astrid?")
    assert [sentence.verdict for sentence in answer.sentences] == [Verdict.SUPPORTED]
    assert "212" in answer.citations[0].quote
    assert 0.5 <= answer.citations[0].support <= 1.0
    whole(answer, library)


def test_a_silent_model_ends_in_quotes_not_in_an_error(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    drafter = Writes(error=TransientError("no answer within 60 s"))
    answer = assistant(library, embedder, drafter).ask("How many people were on board the Astrid?")
    assert "212" in answer.text
    assert "no answer within 60 s" in answer.reason


def test_as_of_hides_what_came_later(library: Library, embedder: OpenVINOEmbedder) -> None:
    asked = assistant(library, embedder, QuoteDrafter())
    answer = asked.ask("How many people were on board the Astrid?", as_of=date(2024, 1, 4))
    assert answer.abstained
    assert answer.as_of == date(2024, 1, 4)


def test_a_ranker_decides_what_is_read(library: Library, embedder: OpenVINOEmbedder) -> None:
    class Backwards:
        def rank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
            return list(hits)[::-1]

    plain = assistant(library, embedder, QuoteDrafter())
    turned = Assistant(
        HybridRetriever(library, embedder),
        EvidenceFinder(the_reader(), library.words),
        QuoteDrafter(),
        Verifier(ReaderSupport(the_reader(), embedder)),
        ranker=Backwards(),
    )
    assert turned.search("ferry", 2) == plain.search("ferry", 2)[::-1]


@pytest.mark.parametrize("question", ["", "  \n", "x" * 2001])
def test_what_is_no_question_is_refused(
    library: Library, embedder: OpenVINOEmbedder, question: str
) -> None:
    with pytest.raises(UserError):
        assistant(library, embedder, QuoteDrafter()).ask(question)


def test_llamaindex_settings_stay_untouched(library: Library, embedder: OpenVINOEmbedder) -> None:
    from llama_index.core import Settings

    assistant(library, embedder, QuoteDrafter()).ask("Which birds came back?")
    assert Settings._embed_model is None
    assert Settings._llm is None


def test_several_readers_can_ask_at_once(library: Library, embedder: OpenVINOEmbedder) -> None:
    asked = assistant(library, embedder, QuoteDrafter())
    question = "How many people were on board the Astrid?"
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(asked.ask, [question] * 24))
    assert {answer.text for answer in answers} == {asked.ask(question).text}


def test_a_follow_up_is_resolved_and_shown(library: Library, embedder: OpenVINOEmbedder) -> None:
    asked = assistant(library, embedder, QuoteDrafter(1), condense=condense)
    history = [("Did the Astrid sink?", "Yes.")]
    answer = asked.ask("And how many people were on board of her?", history=history)
    assert answer.question == "And how many people were on board of her?"
    assert answer.resolved == "How many people were on board of Astrid?"
    assert "212" in answer.text
    alone = asked.ask("How many people were on board the Astrid?", history=history)
    assert alone.resolved == ""


def test_a_source_that_has_nothing_is_dropped_and_said_so(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    outlets = ("Alder Post", "Empty Wire")  # of which the library holds nothing
    asked = assistant(library, embedder, QuoteDrafter(1), outlets=lambda: outlets)
    question = "how many people were on board the Astrid?"
    named = asked.ask(f"According to the Alder Post, {question}")
    assert named.scope == Scope(sources=("Alder Post",))
    assert named.scope_note == "Only articles of Alder Post were searched."
    assert named.citations
    dropped = asked.ask(f"According to the Empty Wire, {question}")
    assert dropped.scope == Scope()
    assert "of Empty Wire were searched. That left nothing, so it was dropped." in (
        dropped.scope_note
    )
    assert dropped.citations


def test_a_scope_that_the_user_sets_is_never_dropped(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    asked = assistant(library, embedder, QuoteDrafter(1))
    late = Scope(since=date(2024, 2, 1))
    answer = asked.ask("How many people were on board the Astrid?", scope=late)
    assert answer.abstained
    assert answer.nearest == ()
    assert answer.scope == late
    assert answer.to_dict()["scope"]["since"] == "2024-02-01"


def test_each_stage_is_told_as_it_begins_and_may_end_the_answer(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    told: list[tuple[str, int]] = []
    asked = assistant(library, embedder, QuoteDrafter())
    asked.ask("Where did the ferry sink?", on_stage=lambda *stage: told.append(stage))
    assert [stage for stage, _ in told] == ["retrieve", "rank", "evidence", "verify"]
    assert told[1] == ("rank", 2)

    def leave(stage: str, count: int) -> None:
        raise KeyboardInterrupt(stage)

    with pytest.raises(KeyboardInterrupt, match="retrieve"):
        asked.ask("Where did the ferry sink?", on_stage=leave)
