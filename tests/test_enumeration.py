from hypothesis import given
from hypothesis import strategies as st

from rag.ways.enumeration import enumerations


def items(sentence: str) -> list[tuple[str, ...]]:
    return [found.items for found in enumerations(sentence)]


def test_names_in_a_row() -> None:
    assert items("Three schools, Orle Primary, Tanner's Hill and the Ek Academy, stay shut.") == [
        ("Orle Primary", "Tanner's Hill", "the Ek Academy")
    ]
    assert items("He met Anna Berg in Oslo, and Tom left.") == []


def test_what_stands_behind_a_colon() -> None:
    assert items("Three plans fell: a repair, a move to the empty store, and a pier.") == [
        ("a repair", "a move to the empty store", "a pier")
    ]
    assert items("Orle will follow: councillors voted on Monday to scrap them.") == []


def test_what_semicolons_part_is_named_before_its_comma() -> None:
    sentence = "On both lists are Moe Ek, chief of staff; Bo Lund, a pilot; and Ida Rye, a cook."
    assert items(sentence) == [("Moe Ek", "Bo Lund", "Ida Rye")]


@given(st.text(alphabet="AbC ,;:.and", max_size=60))
def test_an_enumeration_lies_in_its_sentence(sentence: str) -> None:
    for found in enumerations(sentence):
        assert 0 <= found.start <= found.end <= len(sentence)
        assert len(found.items) > 1
