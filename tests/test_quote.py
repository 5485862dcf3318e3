from rag.protocols import DraftSentence
from rag.quote import QuoteDrafter, says_the_same
from tests.fakes import evidence

SANK = evidence("The ferry sank off the cape on Friday.", probability=0.9)
COPY = evidence("The ferry sank off the cape on Friday night.", identity="a2", probability=0.88)
SAVED = evidence("All 212 people on board were saved.", identity="a3", probability=0.7)
WEAK = evidence("Ferries are often late.", identity="a4", probability=0.2)


def quoted(*found: object, most: int = 2) -> list[tuple[int, ...]]:
    draft = QuoteDrafter(most).draft("What happened?", found)  # type: ignore[arg-type]
    return [sentence.cites for sentence in draft.sentences]


def test_the_first_is_always_quoted_whole() -> None:
    draft = QuoteDrafter().draft("What happened?", [WEAK])
    assert draft.sentences == (DraftSentence("Ferries are often late.", (1,)),)
    assert draft.usage == {}


def test_a_near_copy_is_not_quoted_twice() -> None:
    assert says_the_same(SANK.text, COPY.text)
    assert quoted(SANK, COPY, SAVED) == [(1,), (3,)]


def test_a_weak_sentence_is_not_quoted_beside_a_good_one() -> None:
    assert quoted(SANK, WEAK) == [(1,)]


def test_no_more_than_asked_for() -> None:
    assert quoted(SANK, SAVED, most=1) == [(1,)]


def test_nothing_from_nothing() -> None:
    assert quoted() == []
