from dataclasses import replace
from datetime import date

from rag.conflict import side_by_side, told_apart
from rag.question import read_question
from rag.reading import Span
from rag.types import Evidence
from tests.fakes import evidence

QUESTION = read_question("How many people fled the flood in Brennock?")


def says(
    text: str, answer: str, identity: str, probability: float = 0.9, score: float = 3.0
) -> Evidence:
    start = text.index(answer)
    item = evidence(
        text,
        probability=probability,
        identity=identity,
        source=f"Outlet {identity}",
        published=date(2024, 1, 15),
    )
    return replace(item, answer=Span(start, start + len(answer), score))


FIRST = says("About 1,600 people fled the flood in Brennock.", "About 1,600", "a")
SECOND = says("The flood drove 1,240 people from Brennock, who fled.", "1,240", "b", 0.8)


def test_two_outlets_with_two_numbers_disagree() -> None:
    values = told_apart(QUESTION, [FIRST, SECOND])
    assert [told.value for told in values] == ["About 1,600", "1,240"]
    assert side_by_side(values) == (
        "The articles disagree: About 1,600 (Outlet a, 15 January 2024), "
        "1,240 (Outlet b, 15 January 2024)."
    )


def test_the_same_number_in_other_words_is_no_conflict() -> None:
    other = says("In Brennock sixteen hundred people fled the flood.", "sixteen hundred", "b")
    assert told_apart(QUESTION, [FIRST, other]) == ()
    assert side_by_side(()) == ""


def test_a_second_source_of_a_value_is_named_beside_the_first() -> None:
    third = says("Some 1,600 had fled Brennock by dawn, when the flood came.", "1,600", "c", 0.7)
    values = told_apart(QUESTION, [FIRST, SECOND, third])
    assert [len(told.evidence) for told in values] == [2, 1]


def test_a_copy_is_no_second_source() -> None:
    copy = says(FIRST.text, "About 1,600", "c", 0.7)
    values = told_apart(QUESTION, [FIRST, copy, SECOND])
    assert [len(told.evidence) for told in values] == [1, 1]


def test_one_article_does_not_disagree_with_itself() -> None:
    own = says("Of them 300 people fled Brennock and the flood by boat.", "300", "a", 0.8)
    assert told_apart(QUESTION, [FIRST, own]) == ()


def test_a_correction_goes_ahead_of_what_it_corrects() -> None:
    article = replace(FIRST.hit.article, id="later", published=date(2024, 1, 18))
    later = says("Only 1,240 people fled the flood in Brennock.", "1,240", "a", 0.8)
    later = replace(later, hit=replace(later.hit, article=replace(article, text=later.text)))
    assert [told.value for told in told_apart(QUESTION, [FIRST, later])] == ["1,240", "About 1,600"]


def test_what_is_less_likely_or_about_something_else_has_no_say() -> None:
    assert told_apart(QUESTION, [FIRST, replace(SECOND, probability=0.3)]) == ()
    assert told_apart(QUESTION, [FIRST, says("The bridge cost 12 pounds.", "12", "b")]) == ()
    unsure = says(SECOND.text, "1,240", "b", score=-1.0)
    assert told_apart(QUESTION, [FIRST, unsure]) == ()
    assert told_apart(QUESTION, []) == ()


def test_only_numbers_are_compared() -> None:
    assert told_apart(read_question("Who fled the flood in Brennock?"), [FIRST, SECOND]) == ()
