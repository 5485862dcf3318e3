import pytest

from rag.question import Wanted, read_question


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("When did the ferry sink?", Wanted.DATE),
        ("On what date was the bridge opened?", Wanted.DATE),
        ("In which year did she retire?", Wanted.DATE),
        ("How many passengers were on board?", Wanted.NUMBER),
        ("How tall is the new tower?", Wanted.NUMBER),
        ("What percentage voted against?", Wanted.NUMBER),
        ("Who opened the bridge?", Wanted.PERSON),
        ("Who said how many were lost?", Wanted.PERSON),
        ("How many people who fled came back?", Wanted.NUMBER),
        ("Where did the tram break down?", Wanted.PLACE),
        ("Which town was flooded?", Wanted.PLACE),
        ("Why did the mayor resign?", Wanted.OTHER),
        ("What happened when the river rose?", Wanted.OTHER),
        ("", Wanted.OTHER),
    ],
)
def test_what_a_question_wants(text: str, wanted: Wanted) -> None:
    assert read_question(text).wanted is wanted


def test_stems_are_those_of_content_words() -> None:
    assert read_question("When did the ferries sink?").stems == {"ferri", "sink"}
