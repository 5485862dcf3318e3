from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers import (
    PartialDate,
    contains,
    covers,
    dates_in,
    exact_match,
    is_day,
    normalize,
    same_date,
    tells_date,
    token_f1,
)

WORDS = st.lists(st.sampled_from(["ferry", "the", "Old", "pier,", "9", "a"]), max_size=6).map(
    " ".join
)


def test_normal_form_drops_case_punctuation_articles_and_spaces() -> None:
    assert normalize("  The Ferry's  (old) a-frame, an ORE! ") == "ferrys old aframe ore"


def test_normal_form_keeps_what_the_official_script_keeps() -> None:
    assert normalize("“Theatre”—£5") == "“theatre”—£5"


def test_exact_match_takes_the_best_alias() -> None:
    assert exact_match("The ferry.", ["a barge", "ferry"]) == 1.0
    assert exact_match("The old ferry", ["a barge", "ferry"]) == 0.0


def test_f1_by_hand() -> None:
    # 3 tokens against 2, 2 in common: P = 2/3, R = 1, F1 = 4/5.
    assert token_f1("the old harbour ferry", ["harbour ferry"]) == pytest.approx(0.8)
    # 1 in common of 4 and 2: P = 1/4, R = 1/2, F1 = 1/3.
    assert token_f1("ferry left at noon", ["harbour ferry"]) == pytest.approx(1 / 3)
    assert token_f1("barge", ["harbour ferry"]) == 0.0


def test_f1_counts_repeated_tokens() -> None:
    # "ten ten" against "ten": one in common, P = 1/2, R = 1, F1 = 2/3.
    assert token_f1("ten ten", ["ten"]) == pytest.approx(2 / 3)


def test_f1_takes_the_best_alias() -> None:
    assert token_f1("harbour ferry", ["nine barges", "the ferry"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [
        ("", [], 1.0),
        ("the", [], 1.0),
        ("pier", [], 0.0),
        ("", ["the", "pier"], 0.0),
        ("", ["the"], 1.0),
    ],
)
def test_empty_answers_as_in_squad_2(answer: str, gold: list[str], score: float) -> None:
    assert exact_match(answer, gold) == token_f1(answer, gold) == score


@given(WORDS, WORDS)
def test_f1_is_symmetric_bounded_and_one_when_equal(left: str, right: str) -> None:
    # An alias without a token would be left out, so the symmetry holds between two that have one.
    if normalize(left) and normalize(right):
        assert token_f1(left, [right]) == pytest.approx(token_f1(right, [left]))
    assert exact_match(left, [right]) <= token_f1(left, [right]) <= 1.0
    assert token_f1(left, [left]) == 1.0


def test_contains_matches_whole_words_only() -> None:
    assert contains("About 40 ferries, they said.", ["40 ferries"]) == 1.0
    assert contains("About 140 ferries.", ["40 ferries"]) == 0.0
    assert contains("Anything at all.", ["the", ""]) == 0.0


def test_covers_finds_the_items_of_a_list_in_any_order() -> None:
    quoted = "Marsh, who steers, sails with Odile Brand and with old Pell."
    assert covers(quoted, ["Pell, Marsh and Brand"]) == 1.0
    assert covers(quoted, ["Pell, Marsh and Brandt"]) == 0.0
    assert covers(quoted, ["and"]) == 0.0


THE_FIFTH = PartialDate(2022, 11, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2022-11-05", "5 November 2022", "November 5, 2022", "Saturday, 5 November 2022",
        "5th of November, 2022", "Nov. 5 2022", "5 Nov 2022", "on 05 november 2022.",
        "2022-11-05T09:30", "NOVEMBER 5th, 2022", "It opened on November 5, 2022, at noon.",
    ],
)  # fmt: skip
def test_reads_a_day_in_any_usual_form(text: str) -> None:
    assert dates_in(text) == {THE_FIFTH}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in November 2022", {PartialDate(2022, 11, 0)}),
        ("2022-11", {PartialDate(2022, 11, 0)}),
        ("5 November", {PartialDate(0, 11, 5)}),
        ("May 3", {PartialDate(0, 5, 3)}),
        ("since 1998", {PartialDate(1998, 0, 0)}),
        ("5-7 November 2022", {THE_FIFTH, PartialDate(2022, 11, 7)}),
        ("5 and 7 November 2022", {THE_FIFTH, PartialDate(2022, 11, 7)}),
        ("November 5–7, 2022", {THE_FIFTH, PartialDate(2022, 11, 7)}),
        ("2022-13-05 of 31/12/22", {PartialDate(2022, 0, 0)}),
        ("it may 2 days later, 12000 times", set()),
        ("", set()),
    ],
)
def test_reads_no_more_than_a_text_gives(text: str, found: set[PartialDate]) -> None:
    assert dates_in(text) == found


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_form_of_every_day_is_the_same_date(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {day:%b} {day.year}",
    ]
    other = (day + timedelta(days=1)).isoformat()
    for form in forms:
        assert same_date(form, day.isoformat())
        assert is_day(form, day)
        assert not same_date(form, other)


def test_same_date_wants_equal_exactness_and_one_day() -> None:
    assert not same_date("November 2022", "5 November 2022")
    assert not same_date("2022", "2022-11")
    assert not same_date("5 November", "5 November 2022")
    assert not same_date("5 or 6 November 2022; 7 November 2022", "5 November 2022")
    assert same_date("between 5 and 7 November 2022", "5-7 November 2022")


def test_same_date_in_words_is_an_exact_match() -> None:
    assert same_date("The spring thaw", "spring thaw")
    assert not same_date("autumn", "spring thaw")


def test_tells_date_finds_the_day_among_others() -> None:
    text = "The Post of 9 November 2022 says the pier opened on November 5, 2022."
    assert tells_date(text, "2022-11-05")
    assert not tells_date(text, "2022-11-06")
    assert tells_date("Before the spring thaw it sank.", "the spring thaw")


def test_is_day_allows_a_missing_year_and_no_other_date() -> None:
    day = date(2022, 11, 5)
    assert is_day("on 5 November", day)
    assert not is_day("5 November 2021", day)
    assert not is_day("5 November 2022 or 6 November 2022", day)
    assert not is_day("November 2022", day)
    assert not is_day("", day)
