import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quotations import find_quotations, quotation_stands_in


def texts(text: str) -> list[str]:
    return [quotation.text for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we sold it” and \"left\".", ["we sold it", "left"]),
        ("«No», she said; „never“.", ["No", "never"]),
        ("He called it 'completely false'.", ["completely false"]),
        ("‘Low morale’ was seen.", ["Low morale"]),
        ("'It's fine,' he said, 'don't worry.'", ["It's fine,", "don't worry."]),
        ("She doesn't say 'the ministers' car is gone' often.", ["the ministers' car is gone"]),
        ("The states' rights, the dogs' owners and the '90s.", []),
        ("A 6'2\" man with a 12\" rule.", []),
        ("“It is ‘over’, I think”", ["It is ‘over’, I think"]),
        ("“We sold it.", ["We sold it."]),
        ("It is true,” he said.", ["It is true,"]),
        ("“One.\nTwo” three.", ["One."]),
        ("“” and \"\" and '.'", []),
    ],
)  # fmt: skip
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("quotation", "text", "stands"),
    [
        ("we sold it", "“We  sold\nit,” she said", True),
        ("We don’t know,", "we don't know", True),
        ("we sold … for nothing", "we sold it, all of it, for nothing", True),
        ("we sold ... for nothing", "for nothing we sold it", False),
        ("[They] will come", "we will come", True),
        ("they [the banks] will come", "they will come", True),
        ("it was a win […] for all", "It was a win, he said, for all", True),
        ("we did sell it", "we did not sell it", False),
        ("old it", "we sold it", False),
        ("great victory", "a victory", False),
        ("…", "", True),
    ],
)
def test_what_stands_in_a_text(quotation: str, text: str, stands: bool) -> None:
    assert quotation_stands_in(quotation, text) is stands


TEXT = st.text(alphabet="ab 'X’“”\"«».,…\n‘[]ß", max_size=40)


@given(TEXT)
def test_offsets_hold_and_every_quotation_stands_in_its_own_text(text: str) -> None:
    for quotation in find_quotations(text):
        assert text[quotation.start : quotation.end] == quotation.text
        assert quotation_stands_in(quotation.text, text)


@given(st.lists(st.sampled_from("we sold it all for nothing".split()), min_size=1, max_size=8))
def test_marks_of_every_style_enclose_the_same_words(words: list[str]) -> None:
    said = " ".join(words)
    for opening, closing in ("“”", '""', "«»", "‘’", "''"):
        assert texts(f"She said: {opening}{said}{closing}.") == [said]
