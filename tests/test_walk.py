"""The whole way: files in, answers out, with the models and stores that ship."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.library import Library
from rag.assistant import Assistant
from rag.build import build_assistant, build_ingest, open_library
from rag.settings import load_settings
from rag.types import Answer

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed" / "iran-drones.txt"
GOLD = [json.loads(line) for line in (ROOT / "examples/gold.jsonl").read_text().splitlines()]

OWN = """Tehran says it gave Moscow drones but never missiles

For the first time, Iran has admitted to supplying drones to Moscow. It insists that they were
handed over before the fighting began.

“A small number of drones went to Russia months before the war,” Foreign Minister Hossein
Amir-Abdollahian was quoted as saying.

Watch | What the wreckage of a drone can tell

The minister denied that missiles had followed. An American newspaper reported on October 16 that
Iran was getting missiles ready for Russia.

Kyiv believes that Russia has ordered 2000 of these drones. Some 400 have been used, it says.

In September, Ukraine cut its diplomatic ties with Iran back.

How useful was this post?

Leave a Reply

Your email address will not be published. Required fields are marked *
"""


@pytest.fixture(scope="module", params=["own", *(["seed"] if SEED.exists() else [])])
def one_article(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Assistant, Library]]:
    """A library of one undated article as copied from a web page."""
    folder = tmp_path_factory.mktemp(request.param)
    path = SEED
    if request.param == "own":
        path = folder / "copied.txt"
        path.write_text(OWN)
    yield from _library(folder / "library", path)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Library]]:
    """The sample library."""
    folder = tmp_path_factory.mktemp("examples") / "library"
    yield from _library(folder, ROOT / "examples" / "articles")


def _library(folder: Path, articles: Path) -> Iterator[tuple[Assistant, Library]]:
    settings = load_settings(library=folder)
    library = open_library(settings, create=True)
    assert build_ingest(settings, library).run([articles]).failed == []
    yield build_assistant(settings, library), library
    library.close()


def ask(walk: tuple[Assistant, Library], question: str) -> Answer:
    """The answer, after checking that every citation is the article's own words."""
    assistant, library = walk
    answer = assistant.ask(question)
    for citation in answer.citations:
        article = library.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
    for sentence in answer.shown:
        assert sentence.citations
    assert answer.abstained == (not answer.shown)
    return answer


def test_the_admission_is_cited_and_has_no_date(one_article: tuple[Assistant, Library]) -> None:
    answer = ask(one_article, "When did Iran admit drone supplies?")
    assert "first time" in answer.citations[0].quote
    assert answer.short == ""
    assert "gives no date" in answer.reason
    assert "months before" not in answer.text


def test_a_number_is_cited(one_article: tuple[Assistant, Library]) -> None:
    answer = ask(one_article, "How many drones does Kyiv say Russia has ordered?")
    assert "2000" in answer.short
    assert "2000" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Who won the 2022 World Cup?", "How can I leave a reply?"])
def test_what_is_not_in_the_article_is_not_answered(
    one_article: tuple[Assistant, Library], question: str
) -> None:
    answer = ask(one_article, question)
    assert answer.abstained
    assert answer.reason.startswith("The articles do not say")
    assert answer.nearest


def test_leftovers_of_the_page_are_not_in_the_article(
    one_article: tuple[Assistant, Library],
) -> None:
    (article,) = one_article[1].articles()
    for leftover in ("Watch |", "How useful", "Leave a Reply", "email address", "Also Read"):
        assert leftover not in article.text


def test_the_sample_library_knows_the_day(examples: tuple[Assistant, Library]) -> None:
    answer = ask(examples, "When did Iran admit drone supplies?")
    assert answer.short == "5 November 2022"
    assert answer.citations


@pytest.mark.parametrize("question", ["Who won the 2022 World Cup?", "How can I leave a reply?"])
def test_the_sample_library_knows_its_limits(
    examples: tuple[Assistant, Library], question: str
) -> None:
    assert ask(examples, question).abstained


@pytest.mark.parametrize("question", [case["question"] for case in GOLD])
def test_every_citation_of_the_gold_set_is_verbatim(
    examples: tuple[Assistant, Library], question: str
) -> None:
    assert ask(examples, question).question == question
