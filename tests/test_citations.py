from dataclasses import replace
from datetime import date

import pytest

from eval.citations import attribution, carries, displayed, overlaps, verbatim_share
from rag.types import Answer, Sentence, Verdict
from tests.pier import BUILT, HURT, LEAKS, Shelf, answer_of, cite, words_missing

CARRY = carries(Shelf(), words_missing)


def judged(*pairs: tuple[str, list[str]]) -> tuple[float | None, float | None]:
    number, told = 0, []
    for text, quotes in pairs:
        told.append((text, [cite(quote, number := number + 1) for quote in quotes]))
    return attribution(answer_of(*told), CARRY)


def test_recall_is_the_share_of_carried_sentences() -> None:
    assert judged(("Odile built", [BUILT]), ("It sank", [LEAKS])) == (0.5, 0.5)


def test_an_uncited_sentence_scores_zero() -> None:
    assert judged(("Odile built", []), ("It leaks.", [LEAKS])) == (0.5, 1.0)
    assert judged(("Odile", [])) == (0.0, 0.0)


def test_quotes_may_carry_a_sentence_together() -> None:
    assert judged(("Odile hurt", [BUILT, HURT])) == (1.0, 1.0)


def test_a_citation_that_is_not_needed_lowers_precision() -> None:
    # The first carries alone; without the second, the first still does.
    assert judged(("Odile built", [BUILT, LEAKS])) == (1.0, 0.5)
    # Three sentences' words from two quotes; the third adds nothing.
    assert judged(("Odile hurt", [BUILT, HURT, LEAKS])) == (1.0, pytest.approx(2 / 3))


def test_citations_of_an_uncarried_sentence_are_all_needless() -> None:
    assert judged(("Odile sank", [BUILT, HURT])) == (0.0, 0.0)


def test_nothing_shown_is_nothing_to_judge() -> None:
    assert judged() == (None, None)
    dropped = Sentence("It sank.", (1,), Verdict.DROPPED, "no evidence")
    answer = Answer("q", (dropped,), (cite(LEAKS),))
    assert attribution(answer, CARRY) == (None, None)
    assert displayed(answer) == []


def test_the_check_is_told_what_stands_around_the_quote() -> None:
    heard: list[tuple[str, date | None]] = []

    def listen(
        sentence: str, span: str, *, context: str = "", published: date | None = None
    ) -> list[str]:
        heard.append((context, published))
        return []

    quoted = replace(cite(LEAKS), title="Pier", source="Post", published=date(2021, 5, 7))
    attribution(answer_of(("It leaks.", [quoted])), carries(Shelf(), listen))
    assert set(heard) == {(f"Pier\nPost\n7 May 2021\n{BUILT}", date(2021, 5, 7))}


def test_overlap_takes_one_shared_character() -> None:
    assert overlaps((0, 5), [(4, 9)])
    assert not overlaps((0, 5), [(5, 9)])
    assert not overlaps((0, 5), [])
    assert not overlaps((3, 3), [(0, 9)])


def test_verbatim_share() -> None:
    moved = replace(cite(LEAKS), start=37)
    stray = cite(BUILT, article_id="a2")
    assert verbatim_share([cite(BUILT), moved, stray, cite(HURT)], Shelf().article) == 0.5
    assert verbatim_share([], Shelf().article) is None
