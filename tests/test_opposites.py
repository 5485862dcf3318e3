import pytest

from rag.opposites import opposed


@pytest.mark.parametrize(
    ("claim", "sentence", "word"),
    [
        ("They voted to stay.", "They voted to leave the shore.", "stay"),
        ("Orle kept its charges.", "Orle scrapped its charges.", "keep"),
        ("The panel rejected it.", "A panel approved it.", "reject"),
    ],
)
def test_a_word_in_whose_place_the_opposite_stands(claim: str, sentence: str, word: str) -> None:
    assert opposed(claim, sentence) == {word}
    assert opposed(claim, claim) == frozenset()


def test_what_swaps_its_sides_is_no_opposite() -> None:
    assert opposed("Moe won against Ek.", "Ek lost against Moe.") == frozenset()
    assert opposed("Orle kept its charges.", "Orle kept some and scrapped some.") == frozenset()
