"""What strangers ask, of a small library made for it, with the shipped models.

Neither articles nor questions were looked at when the rules were written for others.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.library import Library
from rag.assistant import Assistant
from rag.build import build_assistant
from rag.settings import load_settings
from rag.types import Answer
from tests.fakes import article, library_of

ARTICLES = [
    article(
        "Halden won the women's Lake Regatta on Sunday, two lengths ahead of Morvik. About 4,100 "
        "people watched from the bank.\n\n"
        "“We rowed as one,” said Signe Dahl, the Halden cox.\n\n"
        "The men's regatta will be rowed on the same water next week.",
        identity="women",
        title="Halden women take the Lake Regatta",
        source="Morvik Mail",
        published=date(2023, 6, 11),
    ),
    article(
        "Morvik beat Halden by a canvas in the men's Lake Regatta on Saturday. A crowd of 7,600 "
        "stood in the rain.\n\n"
        "Terje Voll had to be carried ashore. “I could not feel my arms,” he said.",
        identity="men",
        title="Morvik by a canvas",
        source="Morvik Mail",
        published=date(2023, 6, 18),
    ),
    article(
        "The toll on the Sund ferry is 45 crowns for a car, rising to 60 crowns from 1 September. "
        "The harbour master, Inga Rask, said that diesel was to blame.\n\n"
        "The new terminal was to have opened on 3 March. It opened on 20 May, after a strike.",
        identity="toll",
        title="Sund ferry raises its toll",
        source="Sund Post",
        published=date(2023, 7, 4),
    ),
    article(
        "Velia has admitted that it cut trees in the border forest. It felled a small number of "
        "oaks before the treaty, its environment minister, Bruno Kast, said.\n\n"
        "Ostria has said that around 900 oaks were cut down. Ostria's foreign minister, Lea "
        "Brandt, called for the forest to be guarded.\n\n"
        "The two countries signed the treaty in 2019.",
        identity="oaks",
        title="Velia admits to cutting trees",
        source="Border Times",
        published=date(2023, 2, 9),
    ),
]


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: OpenVINOEmbedder
) -> Iterator[Library]:
    library = library_of(ARTICLES, embedder, tmp_path_factory.mktemp("strangers") / "library")
    yield library
    library.close()


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return build_assistant(load_settings(), library)


def quoted(answer: Answer) -> str:
    return " ".join(sentence.text for sentence in answer.shown)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("When was the men's Lake Regatta rowed?", "17 June 2023"),
        ("When was the women's Lake Regatta rowed?", "11 June 2023"),
        ("How big was the crowd at the men's regatta?", "7,600"),
        ("How many people watched the women's regatta?", "4,100"),
        ("Who is Signe Dahl?", "the Halden cox"),
        ("who is inga rask?", "The harbour master"),
        ("Who is the foreign minister of Ostria?", "Lea Brandt"),
        ("When does the toll on the Sund ferry rise?", "1 September 2023"),
        ("When did the new terminal open?", "20 May 2023"),
        ("How much is the toll for a car?", "45 crowns"),
    ],
)
def test_the_short_answer(assistant: Assistant, question: str, short: str) -> None:
    assert assistant.ask(question).short == short


def test_whoever_is_named_without_a_role_is_nobody_else(assistant: Assistant) -> None:
    answer = assistant.ask("Who is Terje Voll?")
    assert answer.abstained
    assert answer.reason == "The articles name Terje Voll, but do not say who that is."
    assert assistant.ask("Who is Anders Holm?").abstained


def test_what_each_side_says_stands_under_its_name(assistant: Assistant) -> None:
    answer = assistant.ask("Compare what Velia and Ostria say about the oaks")
    told = {sentence.label: sentence.text for sentence in answer.shown}
    assert set(told) == {"Velia", "Ostria"}
    assert "Ostria has said" in told["Ostria"]
    assert "its environment minister" in told["Velia"] or "Velia has admitted" in told["Velia"]


def test_a_follow_up_asks_of_what_was_spoken_of(assistant: Assistant) -> None:
    before = ("When did the new terminal of the Sund ferry open?", "20 May 2023")
    line = assistant.ask("a timeline of this", history=[before])
    assert line.resolved == "A timeline of the new terminal of the Sund ferry"
    assert [sentence.label for sentence in line.shown] == ["20 May 2023", "1 September 2023"]
    summary = assistant.ask("Summarise it", history=[before])
    assert summary.kind == "summary"
    assert "45 crowns" in quoted(summary)


def test_a_word_alone_asks_what_is_told_of_it(assistant: Assistant) -> None:
    answer = assistant.ask("toll?")
    assert not answer.abstained
    assert "45 crowns" in quoted(answer)
    assert "oaks" not in quoted(answer)


def test_two_questions_in_one_have_a_line_each(assistant: Assistant) -> None:
    answer = assistant.ask("Who is Inga Rask and when did the new terminal open?")
    assert answer.short == "The harbour master; 20 May 2023"
    assert [sentence.label for sentence in answer.shown] == [
        "Who is Inga Rask",
        "When did the new terminal open",
    ]
    half = assistant.ask("When did the new terminal open? Who is Anders Holm?")
    assert half.short == ""
    assert half.reason.endswith("The articles do not say: Who is Anders Holm?")
