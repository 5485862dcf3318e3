from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import written
from rag.dates import (
    MONTHS,
    DateValue,
    Shift,
    date_stands_in,
    find_dates,
    resolve,
)

PUBLISHED = date(2022, 11, 6)  # a Sunday


def texts(text: str) -> list[str]:
    return [mention.text for mention in find_dates(text)]


def days(text: str, published: date | None = PUBLISHED) -> tuple[str, str] | None:
    (mention,) = find_dates(text)
    found = resolve(mention, published)
    return (found.start.isoformat(), found.end.isoformat()) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on 5 November 2022.", ["5 November 2022"]),
        ("It opened on November 5, 2022, at noon.", ["November 5, 2022"]),
        ("It opened on Nov. 5 in rain.", ["Nov. 5"]),
        ("Filed 2022-11-05T10:00.", ["2022-11-05"]),
        ("Said on the 5th of November that", ["5th of November"]),
        ("on Saturday, 5 November", ["Saturday, 5 November"]),
        ("in September, and in 2021", ["in September", "in 2021"]),
        ("autumn 2022 and the spring of 2021", ["autumn 2022", "the spring of 2021"]),
        ("He left on Tuesday evening.", ["on Tuesday evening"]),
        ("last week and yesterday morning", ["last week", "yesterday morning"]),
        ("three days earlier, or later that day", ["three days earlier"]),
        ("months before the war in the north", ["months before the war"]),
        ("the following month", ["the following month"]),
        ("from 5-7 November 2022", ["5", "7 November 2022"]),
        ("between March and May 2021", ["March", "May 2021"]),
        ("the season of 2021/22", ["2021", "22"]),
        ("the early 1990s", ["early 1990s"]),
        ("over the weekend", ["over the weekend"]),
        ("Theresa May met April Jones in May.", ["in May"]),
        ("They may march on.", []),
        ("Black Friday sales and Mondays", []),
        ("around 2000 such boats", []),
        ("a fleet of 2000 boats", []),
        ("since 2000 schools have closed", ["2000"]),
        ("the 2000 elections", ["2000"]),
        ("It costs $2000 or 2,000 euros, at 2000 metres", []),
        ("on 31 April at 10.30", ["April"]),
        ("for the first time", []),
        ("year after year", []),
    ],
)  # fmt: skip
def test_mentions_are_found(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # worked by hand against Sunday, 6 November 2022
        ("5 November 2022", "2022-11-05", "2022-11-05"),
        ("on 5.11.2022", "2022-11-05", "2022-11-05"),
        ("on 25/12/2021", "2021-12-25", "2021-12-25"),
        ("in February 2024", "2024-02-01", "2024-02-29"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("winter 2021", "2021-12-01", "2022-02-28"),
        ("on October 16", "2022-10-16", "2022-10-16"),
        ("on 20 December", "2021-12-20", "2021-12-20"),
        ("The vote will be held on 20 December.", "2022-12-20", "2022-12-20"),
        ("on 29 February", "2020-02-29", "2020-02-29"),
        ("in September", "2022-09-01", "2022-09-30"),
        ("last September", "2022-09-01", "2022-09-30"),
        ("next September", "2023-09-01", "2023-09-30"),
        ("this summer", "2022-06-01", "2022-08-31"),
        ("It fell on Sunday.", "2022-11-06", "2022-11-06"),
        ("It fell last Sunday.", "2022-10-30", "2022-10-30"),
        ("It fell on Saturday.", "2022-11-05", "2022-11-05"),
        ("It fell on Monday.", "2022-10-31", "2022-10-31"),
        ("It will fall on Monday.", "2022-11-07", "2022-11-07"),
        ("Talks will resume, she said on Monday.", "2022-10-31", "2022-10-31"),
        ("She said talks will resume on Monday.", "2022-11-07", "2022-11-07"),
        ("next Sunday", "2022-11-13", "2022-11-13"),
        ("this Friday", "2022-11-04", "2022-11-04"),
        ("yesterday", "2022-11-05", "2022-11-05"),
        ("the day before yesterday", "2022-11-04", "2022-11-04"),
        ("last night", "2022-11-05", "2022-11-05"),
        ("tomorrow", "2022-11-07", "2022-11-07"),
        ("last week", "2022-10-24", "2022-10-30"),
        ("this week", "2022-10-31", "2022-11-06"),
        ("at the weekend", "2022-11-05", "2022-11-06"),
        ("last month", "2022-10-01", "2022-10-31"),
        ("next month", "2022-12-01", "2022-12-31"),
        ("earlier this year", "2022-01-01", "2022-12-31"),
        ("three days ago", "2022-11-03", "2022-11-03"),
        ("two weeks ago", "2022-10-17", "2022-10-23"),
        ("eleven months ago", "2021-12-01", "2021-12-31"),
        ("ten years ago", "2012-01-01", "2012-12-31"),
        ("a fortnight ago", "2022-10-17", "2022-10-23"),
        ("two nights ago", "2022-11-04", "2022-11-04"),
        ("The vote will be closed on 20 December.", "2022-12-20", "2022-12-20"),
        ("The dock closes on 20 December.", "2022-12-20", "2022-12-20"),
        ("The dock closes on 20 October.", "2022-10-20", "2022-10-20"),
        ("The race was moved to 20 December.", "2022-12-20", "2022-12-20"),
        ("Two sail a day for now, rising to four from 20 December.", "2022-12-20", "2022-12-20"),
        ("A ticket costs £9 from 20 December.", "2022-12-20", "2022-12-20"),
        ("It cost £9 and rose from 20 October.", "2022-10-20", "2022-10-20"),
        ("The offer stands until 20 December.", "2022-12-20", "2022-12-20"),
        ("It has given the firm until 20 December to reply.", "2022-12-20", "2022-12-20"),
        ("The road was shut until 20 October.", "2022-10-20", "2022-10-20"),
        ("The road has been shut until 20 December.", "2022-12-20", "2022-12-20"),
        ("Replies must come by 20 December.", "2022-12-20", "2022-12-20"),
        ("Rain should set in on Tuesday.", "2022-11-08", "2022-11-08"),
        ("The road was shut from 20 October.", "2022-10-20", "2022-10-20"),
        ("The pool, starting on 20 December, is free.", "2022-12-20", "2022-12-20"),
        ("on Saturday, 11/12/2022", "2022-11-12", "2022-11-12"),
    ],
)
def test_dates_resolve_against_the_day_of_publication(text: str, start: str, end: str) -> None:
    assert days(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["months before the war", "three days earlier", "the following month", "in the coming days"],
)
def test_vague_dates_answer_no_when_question(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.vague
    assert resolve(mention, PUBLISHED) is None


def test_relative_dates_need_a_day_of_publication() -> None:
    assert days("on Saturday", None) is None
    assert days("in 2021", None) == ("2021-01-01", "2021-12-31")
    (mention,) = find_dates("on Saturday")
    assert mention.relative
    assert not mention.vague


def test_a_date_of_unknown_order_resolves_to_nothing() -> None:
    assert days("on 5/11/2022") is None
    (mention,) = find_dates("on 5/11/2022")
    assert not mention.relative


def test_how_a_date_was_resolved_is_told() -> None:
    (mention,) = find_dates("It opened on Saturday.")
    found = resolve(mention, PUBLISHED)
    assert found is not None
    assert found.how == "“on Saturday”, published 6 November 2022"
    (mention,) = find_dates("It opened in 2021.")
    found = resolve(mention, PUBLISHED)
    assert found is not None
    assert found.how == "“in 2021”"


def test_values_are_kept_field_by_field() -> None:
    (mention,) = find_dates("Tuesday, 1 November")
    assert mention.value == DateValue(month=11, day=1, weekday=1)
    (mention,) = find_dates("three days later")
    assert mention.shift == Shift(3, "day", 1)


@pytest.mark.parametrize(
    ("claim", "span", "stands"),
    [
        ("5 November 2022", "on Saturday", True),
        ("in November 2022", "on Saturday", True),
        ("5 November 2022", "in November 2022", False),
        ("on Saturday", "5 November 2022", True),
        ("on Wednesday", "5 November 2022", False),
        ("Monday, 1 November", "1 November", False),
        ("last Friday", "next Friday", False),
        ("early 2022", "2022", False),
        ("early 2022", "March 2022", True),
        ("late 2022", "March 2022", False),
        ("in 2022", "early 2022", True),
        ("2020", "the 2020s", False),
        ("in the 1990s", "1994", True),
        ("in spring 2022", "April 2022", True),
        ("3 March 2021", "In 2021 there was a row; on 3 March it ended", True),
        ("3 March 2020", "In 2021 there was a row; on 3 March it ended", False),
        ("in 2022", "the 2022 boats", True),
        ("three days later", "after three days", True),
        ("three days later", "three days earlier", False),
        ("weeks before the war", "months before the war", False),
        ("this year", "of the year", True),
        ("5/11/2022", "6/11/2022", False),
    ],
)
def test_what_stands_in_a_span(claim: str, span: str, stands: bool) -> None:
    (mention,) = find_dates(claim)
    assert date_stands_in(mention, span, published=PUBLISHED) is stands


def test_the_day_of_publication_in_the_context_dates_no_event() -> None:
    (mention,) = find_dates("on 6 November 2022")
    assert not date_stands_in(mention, "", context="6 November 2022", published=PUBLISHED)
    assert date_stands_in(mention, "", context="6 November 2022", published=date(2022, 11, 9))


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_printed_day_is_read_back(day: date) -> None:
    for text in (
        written(day),
        day.isoformat(),
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        (mention,) = find_dates(f"It happened on {text}, they said.")
        found = resolve(mention, None)
        assert found is not None
        assert found.start == found.end == day


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(range(7)))
def test_a_weekday_in_the_past_lies_within_the_last_seven_days(day: date, back: int) -> None:
    told = day - timedelta(days=back)
    (mention,) = find_dates(f"It happened on {told:%A}.")
    found = resolve(mention, day)
    assert found is not None
    assert found.start == found.end == told


WORDS = st.sampled_from(
    "in on 5 2022 2000 30 31 of the November Feb. May March Tuesday last next this week year years"
    " ago before after days three a - , . / yesterday early 1990s early-2022 12.11.2021 will said"
    " weekend following some boats 99999 ² ٣ 0000-00-00 2022-13-40 the summer".split(" ")
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60), st.dates())
def test_offsets_hold_and_nothing_breaks(text: str, published: date) -> None:
    mentions = find_dates(text)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        found = resolve(mention, published)
        assert found is None or found.start <= found.end
        assert date_stands_in(mention, text, published=published)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_a_planned_day_that_has_just_gone_is_not_next_years() -> None:
    (mention,) = find_dates("The gala planned for 9 November was held indoors.")
    found = resolve(mention, date(2024, 11, 17))
    assert found is not None
    assert found.start == found.end == date(2024, 11, 9)


def test_thousands_of_years_are_read_whole() -> None:
    (mention,) = find_dates("It was built about 8,900 years ago.")
    assert mention.text == "8,900 years ago"
    assert not mention.vague
    assert resolve(mention, date(2024, 9, 12)) is None


def test_a_count_of_something_is_no_year() -> None:
    assert find_dates("Kyiv believes that Russia has ordered 2000 of these drones.") == []
    assert [mention.text for mention in find_dates("It opened in 2000.")] == ["in 2000"]
