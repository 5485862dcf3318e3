import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.forms import in_form_of


@pytest.mark.parametrize(
    ("sentence", "span", "told"),
    [
        ("It cost 2k.", "The price was 2,000.", "It cost 2,000."),
        ("Two thousand came.", "There were 2,000 people.", "2,000 came."),
        ("It lasted 3 days.", "For three days it rained.", "It lasted three days."),
        ("He left on 5 May 2022.", "On May 5, 2022, he left.", "He left on May 5, 2022."),
        ("It fell by 4 per cent.", "A fall of 4%.", "It fell by 4%."),
        ("It lasted 3 days.", "For four days it rained.", "It lasted 3 days."),
        ("It rained.", "For four days it rained.", "It rained."),
        ("It lasted 3 days.", "3 days, that is three days.", "It lasted 3 days."),
    ],
)
def test_forms_are_those_of_the_span(sentence: str, span: str, told: str) -> None:
    assert in_form_of(sentence, span) == told


@given(st.text(max_size=80))
def test_a_text_has_its_own_form(text: str) -> None:
    assert in_form_of(text, text) == text
