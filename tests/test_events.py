from collections.abc import Iterator
from datetime import date

import pytest

from ingest.embed import OpenVINOEmbedder
from ingest.library import Library
from rag.events import EventDates, EventNamed, event_named
from rag.evidence import EvidenceFinder
from rag.rank import ReaderRanker
from rag.retrieve import HybridRetriever
from rag.scope import Scope
from tests.fakes import article, library_of, the_reader

TODAY = date(2024, 5, 15)
ARTICLES = [
    article(
        "The ceasefire between Orland and Vessen took hold on 3 March 2024. Both armies withdrew "
        "behind the river. The prime minister of Orland called it a good day.",
        title="Guns fall silent",
        source="Alder Post",
        published=date(2024, 3, 4),
    ),
    article(
        "Puffins came back to the island in large numbers after the storm.",
        identity="a2",
        title="Puffins",
        published=date(2024, 4, 1),
    ),
]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What has happened since the ceasefire?", EventNamed("the ceasefire", True)),
        ("Before the vote, who led the polls?", EventNamed("the vote", False)),
        ("Who left after the mayor resigned?", EventNamed("the mayor resigned", True)),
        ("What has happened since March 2024?", None),
        ("What happened after the 4th of May 2023?", None),
        ("What happened?", None),
    ],
)
def test_an_event_is_named_where_no_date_is(question: str, named: EventNamed | None) -> None:
    assert event_named(question) == named


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: OpenVINOEmbedder
) -> Iterator[Library]:
    library = library_of(ARTICLES, embedder, tmp_path_factory.mktemp("events") / "library")
    yield library
    library.close()


@pytest.fixture
def events(library: Library, embedder: OpenVINOEmbedder) -> EventDates:
    finder = EvidenceFinder(the_reader(), library.words)
    ranker = ReaderRanker.of(the_reader())
    return EventDates(HybridRetriever(library, embedder), finder, ranker=ranker)


def test_time_is_counted_from_the_day_in_the_articles(events: EventDates) -> None:
    scope = events.scope("Who has come since the ceasefire?", Scope(), TODAY, None)
    assert scope == Scope(near=(date(2024, 3, 3), TODAY), event="the ceasefire")
    assert scope.written() == (
        "Articles published from 3 March 2024 (the ceasefire) until 15 May 2024 were preferred."
    )
    before = events.scope("Who led before the ceasefire?", Scope(), TODAY, None)
    assert before.near == (date.min, date(2024, 3, 3))
    assert before.written() == (
        "Articles published until 3 March 2024 (the ceasefire) were preferred."
    )


@pytest.mark.parametrize("event", ["the storm", "the coronation"])
def test_an_event_without_a_date_changes_nothing(events: EventDates, event: str) -> None:
    assert events.scope(f"Who has come since {event}?", Scope(), TODAY, None) == Scope()


def test_a_period_that_the_question_names_goes_before(events: EventDates) -> None:
    given = Scope(near=(date(2024, 1, 1), TODAY))
    assert events.scope("Who has come since the ceasefire?", given, TODAY, None) == given


def test_an_article_of_the_future_is_not_asked(events: EventDates) -> None:
    day = date(2024, 3, 1)
    assert events.scope("Who has come since the ceasefire?", Scope(), day, day) == Scope()
