from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.numbers import Number, find_numbers, same_amount, same_measure


def read(text: str) -> list[tuple[str, str]]:
    """(value, unit) of each number, trailing zeros dropped."""
    return [(f"{n.value.normalize():f}", n.unit) for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,000 boats and 2 000 oars", [("2000", ""), ("2000", "")]),
        ("1,50,000 rupees, or Rs 2 crore", [("150000", "rupee"), ("20000000", "rupee")]),
        ("12 crowns and 9 kroner", [("12", "krona"), ("9", "krona")]),
        ("40 Danish kroner", [("40", "danish krona")]),
        ("5 million pesos, 20 baht", [("5000000", "peso"), ("20", "baht")]),
        ("9 lei, 3 rands", [("9", "leu"), ("3", "rand")]),
        ("300 South Korean won; 3 won a medal", [("300", "₩"), ("3", "")]),
        ("a rise of 2.5", [("2.5", "")]),
        ("two thousand boats", [("2000", "")]),
        ("two thousand five hundred and six", [("2506", "")]),
        ("two million five thousand", [("2005000", "")]),
        ("twenty-five men, twelve women", [("25", ""), ("12", "")]),
        ("one hundred and twenty", [("120", "")]),
        ("two, three or four", [("2", ""), ("3", ""), ("4", "")]),
        ("a dozen eggs, two dozen rolls", [("12", ""), ("24", "")]),
        ("half a million; one and a half million", [("500000", ""), ("1500000", "")]),
        ("2k, 3.5m, $4bn, 2.5 million", [("2000", ""), ("3500000", ""), ("4000000000", "$"),
                                         ("2500000", "")]),
        ("7% and 7 per cent and seven percent", [("7", "%")] * 3),
        ("3 percentage points", [("3", "pp")]),
        ("US$ 40, 40 dollars, 40 US dollars", [("40", "$")] * 3),
        ("€3.5m or £3m or 3 million pounds", [("3500000", "€"), ("3000000", "£"),
                                              ("3000000", "£")]),
        ("40 km, 40 kilometers, a 40-kilometre road", [("40", "km")] * 3),
        ("30 metres and 30 meters and 30m high", [("30", "m")] * 3),
        ("5 tonnes, 5 tons, 5 sq km", [("5", "tonne"), ("5", "ton"), ("5", "km2")]),
        ("60 miles per hour, 60 miles", [("60", "mph"), ("60", "mile")]),
        ("minus 12 degrees Celsius, -5°C", [("-12", "°C"), ("-5", "°C")]),
        ("a 43-year-old", [("43", "year")]),
        ("half an hour, half of them", [("0.5", "hour"), ("0.5", "")]),
        ("three quarters of it", [("0.75", "")]),
        ("the third, the 21st, the twenty-first", [("3", "ordinal"), ("21", "ordinal"),
                                                   ("21", "ordinal")]),
        ("the second man waited 5 seconds", [("2", "ordinal"), ("5", "second")]),
        ("at 5pm, 17:00, 5 p.m. sharp", [("5", "pm")] * 3),
        ("10:30, 10.30am, 1500 GMT", [("10.3", "clock"), ("10.3", "am"), ("3", "pm")]),
        ("$4-5bn", [("4000000000", "$"), ("5000000000", "$")]),
        ("40 to 50 km", [("40", "km"), ("50", "km")]),
        ("between 4 and 5 million euros", [("4000000", "€"), ("5000000", "€")]),
        ("killed 4 and hurt 5 people", [("4", ""), ("5", "")]),
        ("around 2000 such boats in 2022", [("2000", "")]),
        ("won 3-0, twice", [("3", ""), ("0", ""), ("2", "times")]),
        ("one dead, one in five, one day, one of the best", [("1", ""), ("1", ""), ("5", "")]),
        ("Covid-19, F-16, Shahed-136, G20, 5G, 9/11", []),
        ("dozens, a few hundred, tens of thousands", []),
        ("on 5 November 2022, in the 1990s, three days later", []),
        ("the Big Five, First Lady", []),
        ("1. Open the lid. 3.11.2", []),
        ("First, the road closed", []),
    ],
)  # fmt: skip
def test_numbers_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_the_place_covers_sign_multiplier_and_unit() -> None:
    (number,) = find_numbers("It cost US$ 2.5 billion.")
    assert number == Number(Decimal("2500000000"), 8, 23, "$", "US$ 2.5 billion")
    (number,) = find_numbers("Some 12 per cent left.")
    assert number.text == "12 per cent"


def test_durations_of_relative_dates_on_request() -> None:
    assert find_numbers("three days later") == []
    (number,) = find_numbers("three days later, on 5 May 2021", durations=True)
    assert (int(number.value), number.unit) == (3, "day")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("half of it", "50%", True),
        ("100m", "100 metres", True),
        ("aged 43", "43 years", True),
        ("5 pounds", "5 lbs", True),
        ("10:30", "10:30 pm", True),
        ("10:30 am", "10:30 pm", False),
        ("12 km", "12 miles", False),
        ("38 degrees", "38 degrees Celsius", True),
        ("$5", "€5", False),
        ("5", "5%", False),
        ("40 crowns", "40 Danish kroner", True),
        ("40 Swedish kronor", "40 Danish kroner", False),
        ("40 crowns", "40 euros", False),
        ("7 rubles", "7 roubles", True),
        ("the 5th", "5", False),
    ],
)
def test_measures_are_compared_with_their_units(one: str, other: str, same: bool) -> None:
    (a,), (b,) = find_numbers(one), find_numbers(other)
    assert same_measure(a, b) is same
    assert same_measure(b, a) is same


def test_amounts_are_compared_without_units() -> None:
    (a,), (b,) = find_numbers("12 km"), find_numbers("a dozen miles")
    assert same_amount(a, b)
    assert not same_measure(a, b)


@given(st.integers(0, 10**12))
def test_figures_are_read_however_they_are_grouped(value: int) -> None:
    for text in (f"{value:,}", f"{value:,}".replace(",", "\u202f"), f"{value} km"):
        (number,) = find_numbers(f"They counted about {text} of them.")
        assert number.value == value


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(value: int) -> str:
    if value < 20:
        return SMALL[value]
    if value < 100:
        rest = value % 10
        return TENS[value // 10 - 2] + (f"-{SMALL[rest]}" if rest else "")
    for power, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if value >= power:
            rest = value % power
            joint = " and " if rest < 100 else " "
            return f"{spell(value // power)} {name}" + (joint + spell(rest) if rest else "")
    raise AssertionError


@given(st.integers(2, 10**12 - 1))
def test_spelled_numbers_are_read(value: int) -> None:
    (number,) = find_numbers(f"They counted {spell(value)} sheep.")
    assert number.value == value
    assert number.text == spell(value)


WORDS = st.sampled_from(
    "one two twenty hundred thousand million and a half third dozen 5 5% $5 €3.5m 2,000 10:30 pm km"
    " 12-month F-16 minus -5 to between - . , 2022 in May days later ² ٣ 1st second 00:99 25:00 °C"
    " 1,00,000 5bn twice 0 99999999999999999999".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60))
def test_offsets_hold_and_nothing_breaks(text: str) -> None:
    numbers = find_numbers(text)
    assert all(text[n.start : n.end] == n.text and n.text for n in numbers)
    assert all(a.end <= b.start for a, b in pairwise(numbers))
