from datetime import date

import pytest

from rag.scope import Scope, read_scope, without_source

TODAY = date(2024, 5, 15)  # a Wednesday
OUTLETS = ["Harbour Post", "Meridian Wire", "The Saltmarsh Post"]


def read(question: str) -> Scope:
    return read_scope(question, OUTLETS, TODAY)


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("According to the Meridian Wire, who won?", ("Meridian Wire",)),
        ("According to the Post, who won?", ("Harbour Post", "The Saltmarsh Post")),
        ("According to the Saltmarsh Post, who won?", ("The Saltmarsh Post",)),
        ("What does the Meridian Wire say about the ferry?", ("Meridian Wire",)),
        ("Who won, as reported by Meridian Wire?", ("Meridian Wire",)),
        ("According to the Evening Star, who won?", ()),
        ("According to the mayor, who won?", ()),
        ("Who bought the Meridian Wire?", ()),
    ],
)
def test_a_source_is_read_where_it_is_one(question: str, sources: tuple[str, ...]) -> None:
    assert read(question).sources == sources


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("What happened in October?", (date(2023, 10, 1), date(2023, 12, 1))),
        ("What happened last week?", (date(2024, 5, 6), date(2024, 6, 12))),
        ("What has happened since March 2024?", (date(2024, 3, 1), TODAY)),
        ("What happened before May 2024?", (date.min, date(2024, 4, 30))),
        ("What happened?", None),
        ("What will happen in June 2025?", None),
    ],
)
def test_a_time_is_a_preference(question: str, near: tuple[date, date] | None) -> None:
    assert read(question) == Scope(near=near)


def test_a_time_of_publication_is_a_limit() -> None:
    scope = read("Which floods were reported in March 2024?")
    assert (scope.since, scope.until) == (date(2024, 3, 1), date(2024, 3, 31))
    assert scope.limits
    assert not scope.prefers


def test_the_source_is_not_looked_for_itself() -> None:
    assert without_source("According to the Post, who won?") == "Who won?"
    assert without_source("Who won, according to the Post?") == "Who won?"
    assert without_source("According to the Post") == "According to the Post"
    assert without_source("Who won?") == "Who won?"


def test_what_a_source_says_is_what_its_articles_say() -> None:
    question = "What does the Saltmarsh Post say about the fire?"
    assert read(question).sources == ("The Saltmarsh Post",)
    assert without_source(question) == "What do the articles say about the fire?"
    assert without_source("What did the mayor say?") == "What did the mayor say?"


def test_latest_prefers_newer_articles() -> None:
    assert read("What is the latest on the ferry?") == Scope(latest=True)


def test_what_the_user_sets_comes_before_what_the_question_says() -> None:
    given = Scope(sources=("Meridian Wire",))
    both = given.over(read("According to the Post, what is the latest?"))
    assert both == Scope(sources=("Meridian Wire",), latest=True)
    assert both.without_limits() == Scope(latest=True)


def test_it_is_told_in_words() -> None:
    scope = Scope(("Meridian Wire",), since=date(2024, 3, 1), until=date(2024, 3, 31), latest=True)
    assert scope.written() == (
        "Only articles of Meridian Wire published from 1 March 2024 until 31 March 2024 were "
        "searched. Newer articles were preferred."
    )
    assert Scope().written() == ""
    assert scope.to_dict()["since"] == "2024-03-01"


def test_single_articles_can_be_asked_about() -> None:
    scope = Scope(articles=("a1",))
    assert scope.limits
    assert scope.written() == "Only one article was searched."
    assert scope.over(Scope(latest=True)) == Scope(latest=True, articles=("a1",))
    assert scope.to_dict()["articles"] == ["a1"]
