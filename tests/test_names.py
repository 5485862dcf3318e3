from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.names import find_names, name_stands_in


def texts(text: str, reference: str = "") -> list[str]:
    return [name.text for name in find_names(text, reference)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran has sent boats to Oman's navy.", ["Iran", "Oman"]),
        ("However, the Harbour Union refused.", ["Harbour Union"]),
        ("The Meridian Wire reported it.", ["Meridian Wire"]),
        ("“We won,” Finance Minister Leyla Amir-Vardi said.",
         ["Finance Minister Leyla Amir-Vardi"]),
        ("the Ministry of Defence and the University of Leiden",
         ["Ministry of Defence", "University of Leiden"]),
        ("U.S. envoy J. K. Holt met Ludwig van Berg.", ["U.S.", "J. K. Holt", "Ludwig van Berg"]),
        ("pro-Kremlin groups, US-backed fighters, al-Hakim", ["Kremlin", "US", "al-Hakim"]),
        ("Shahed-136 drones and F-16s", ["Shahed-136", "F-16s"]),
        ("Jean-Luc O'Brien's boat, Côte d'Ivoire", ["Jean-Luc O'Brien", "Côte d'Ivoire"]),
        ("Mr Holt and Dr. Ruiz of AT&T", ["Holt", "Ruiz of AT&T"]),
        ("She met Theresa May on Tuesday, in May.", ["Theresa May"]),
        ("On Good Friday, New York slept.", ["Good Friday", "New York"]),
        ("Petrov said so. Holt has left.", ["Petrov", "Holt"]),
        ("Officials said so. Inflation rose. Police left.", []),
        ("I think we're late. They’re not. I'm here.", []),
        ("Labour Party members met in the 1990s.", ["Labour Party"]),
        ("Heavy Russian shelling went on.", ["Russian"]),
        ("", []),
    ],
)  # fmt: skip
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_the_reference_decides_on_a_word_that_begins_a_sentence() -> None:
    assert texts("Harvest fell.") == ["Harvest"]
    assert texts("Harvest fell.", "A poor harvest") == []
    assert texts("Dockers left.") == []
    assert texts("Dockers left.", "the club of the Dockers") == ["Dockers"]


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("EU", "the European Union said", True),
        ("European Union", "EU leaders", True),
        ("Britain", "the UK said", True),
        ("U.S.", "the United States", True),
        ("US", "he told us", False),
        ("WHO", "those who left", False),
        ("Iranian", "Iran said", True),
        ("Iran", "Iranians said", True),
        ("Iran", "Tehran said", True),
        ("Tehran", "Iran said", False),
        ("Kyiv", "in Kiev", True),
        ("Nigeria", "Niger", False),
        ("Austrian", "Australia", False),
        ("Sudan", "South Sudan", False),
        ("North Korea", "South Korea and the North Sea", False),
        ("Vardi", "Leyla Vardi said", True),
        ("Jose Pena", "José Peña", True),
        ("MARIA RUIZ", "Maria Ruiz", True),
        ("Emma Stone", "Emma Watson and Oliver Stone", False),
        ("Emma Stone", "Emma J. Stone", True),
        ("Iranian Foreign Minister Leyla Vardi", "Iran's foreign minister, Leyla Vardi,", True),
        ("Interior Minister Vardi", "Interior Minister Holt", False),
        ("IRGC", "the Islamic Revolutionary Guard Corps", True),
        ("Islamic Revolutionary Guard Corps", "the IRGC", True),
        ("NATO", "Nato said", True),
        ("Leiden University", "the University of Leiden", True),
        ("Shahed 136", "Shahed-136s", True),
        ("Shahed-131", "Shahed-136", False),
        ("Holt", "Holtby", False),
        ("", "anything", True),
    ],
)
def test_what_stands_in_a_text(name: str, text: str, stands: bool) -> None:
    assert name_stands_in(name, text) is stands


WORDS = st.sampled_from(
    "The the Iran Iran's U.S. us J. K. Holt van of al-Hakim pro-Kremlin May Tuesday I'm “We ” . , -"
    " Shahed-136 New York EU Mr St. ÉCOLE Øre ﬁn İ ’ O'Brien said \n ! 5 and".split(" ")
)
TEXT = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60)


@given(TEXT, TEXT)
def test_offsets_hold_and_nothing_breaks(text: str, reference: str) -> None:
    names = find_names(text, reference)
    assert all(text[n.start : n.end] == n.text and n.text for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))


@given(TEXT)
def test_every_name_stands_in_its_own_text(text: str) -> None:
    for name in find_names(text):
        assert name_stands_in(name.text, text)
