from datetime import date

import pytest

from ingest.sentences import split_sentences
from rag.dates.anchors import resolve_in
from rag.dates.roles import Role
from rag.dates.spans import written_days

PUBLISHED = date(2024, 1, 19)  # a Friday


def last(text: str, published: date | None = PUBLISHED) -> str:
    """The days of the last date in the last sentence of `text`."""
    start, end = split_sentences(text)[-1]
    found = resolve_in(text, start, end, published)[-1]
    return written_days(found.days) if found.days else ""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # worked by hand against Friday, 19 January 2024
        ("The dam broke on Tuesday. It had been inspected three days earlier.", "13 January 2024"),
        ("The dam broke on 4 June 2019. The following month it rained.", "July 2019"),
        ("In 1962 she set a record; two years later she lost it.", "1964"),
        ("The pool burned on 14 May 1985. It reopened eleven months later.", "April 1986"),
        ("A storm came on 3 March 2020. The next day it was over.", "4 March 2020"),
        ("A ferry crashed on 3 March 2020. A week after the crash, it sank.", "10 March 2020"),
        ("It fell on 3 March 2020. Three weeks later it was mended.", "23 to 29 March 2020"),
        ("It fell on 3 March 2020. Work began the following spring.", "spring 2021"),
        ("It fell on 3 March 2020. The day before, it had creaked.", "2 March 2020"),
        ("Next year's race is to start on 9 May.", "9 May 2025"),
        ("It was due on 9 May 2020, was put off and came two days later.", "11 May 2020"),
        # the year of the scene
        ("On 4 June 2019 the dam broke. On 12 June an inquiry began.", "12 June 2019"),
        ("On 4 November 2019 it broke. In January it was mended.", "January 2020"),
        ("The dam broke on 4 June 2019. An inquiry opened on 12 June.", "12 June 2023"),
        # nothing to count from, or something of another grain
        ("It had been inspected three days earlier.", ""),
        ("It happened in 2019. Three days later it was over.", ""),
        ("She spoke on Tuesday. It sank two days after the vote.", ""),
        ("It broke, she said on Tuesday. It had been inspected three days earlier.", ""),
        ("It sank years later.", ""),
    ],
)
def test_dates_count_from_those_of_the_text(text: str, days: str) -> None:
    assert last(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "The inquiry began two days after the flood on 12 June 2019.",
        "The inquiry began two days after 12 June 2019.",
    ],
)
def test_a_date_counts_from_the_one_that_follows_it(text: str) -> None:
    days = [d.days and written_days(d.days) for d in resolve_in(text, 0, len(text), PUBLISHED)]
    assert days == ["14 June 2019", "12 June 2019"]


def test_an_anchored_date_needs_no_day_of_publication() -> None:
    text = "They closed on 30 June 2020. The day after, the oven was sold."
    assert last(text, None) == "1 July 2020"
    assert last("They closed on Friday. The day after, the oven was sold.", None) == ""


def test_how_it_was_counted_is_told() -> None:
    text = "The dam broke on Tuesday. It had been inspected three days earlier."
    found = resolve_in(text, 26, len(text), PUBLISHED)[0]
    assert found.days is not None
    assert found.days.how == (
        "“three days earlier”, counted from “on Tuesday” (16 January 2024), "
        "published 19 January 2024"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sold until 25/06/2021. Stopped on 12/08/2021.", "12 August 2021"),
        ("Sold until 06/25/2021. Stopped on 12/08/2021.", "8 December 2021"),
        ("They voted on Tuesday, 12/06/2022. It broke on 11/09/2022.", "9 November 2022"),
        ("Sold until 25/06/2021 and 06/25/2021. Stopped on 12/08/2021.", ""),
        ("Stopped on 12/08/2021.", ""),
    ],
)
def test_figures_are_read_in_the_order_that_the_article_shows(text: str, day: str) -> None:
    assert last(text) == day


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("It sank on Friday.", ["event"]),
        ("It sank, the minister said on Friday.", ["telling"]),
        ("It sank, Holt told reporters on Friday.", ["telling"]),
        ("She wrote it at sea, she said in an interview broadcast on Friday.", ["telling"]),
        ("On Friday the minister said that it sank.", ["telling"]),
        ("He said the bridge fell on Friday.", ["event"]),
        ("It was moved from 13 October to 20 October.", ["replaced", "event"]),
        ("The gala planned for 9 November was put off.", ["replaced"]),
        ("The service was to have resumed on 4 April.", ["replaced"]),
        ("It should have opened on 4 April.", ["replaced"]),
        ("The gala planned for 9 November drew a crowd.", ["event"]),
        ("It will not fly on 8 October as planned.", ["replaced"]),
        ("It closes on 5 July, not on 1 July.", ["event", "corrected"]),
        ("An earlier version said that it sank on 11 June.", ["corrected"]),
    ],
)
def test_what_a_date_dates(sentence: str, roles: list[Role]) -> None:
    found = resolve_in(sentence, 0, len(sentence), PUBLISHED)
    assert [dated.role.value for dated in found] == roles
