from dataclasses import replace
from datetime import date

from rag.conflict import disputed_in, told_apart, values_told
from rag.question import read_question
from rag.reading import Span
from rag.statements import Disputed
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
    conflict = disputed_in(QUESTION, values)
    assert conflict is not None
    assert conflict.disputed is Disputed.NUMBER
    assert conflict.written() == (
        "The articles disagree: About 1,600 (Outlet a, 15 January 2024), "
        "1,240 (Outlet b, 15 January 2024)."
    )


def test_the_same_number_in_other_words_is_no_conflict() -> None:
    other = says("In Brennock sixteen hundred people fled the flood.", "sixteen hundred", "b")
    assert told_apart(QUESTION, [FIRST, other]) == ()
    values = values_told(QUESTION, [FIRST, other])
    assert [len(told.evidence) for told in values] == [2]
    assert disputed_in(QUESTION, values) is None
    assert disputed_in(QUESTION, ()) is None


def test_a_second_source_of_a_value_is_named_beside_the_first() -> None:
    third = says("Some 1,600 had fled Brennock by dawn, when the flood came.", "1,600", "c", 0.7)
    values = told_apart(QUESTION, [FIRST, SECOND, third])
    assert [len(told.evidence) for told in values] == [2, 1]


def test_a_copy_is_no_second_source() -> None:
    copy = says(FIRST.text, "About 1,600", "c", 0.7)
    values = told_apart(QUESTION, [FIRST, copy, SECOND])
    assert [len(told.evidence) for told in values] == [1, 1]
    conflict = disputed_in(QUESTION, values)
    assert conflict is not None
    assert [position.independent for position in conflict.positions] == [1, 1]
    assert [s.copy for s in conflict.positions[0].statements] == [False, True]


def test_one_article_does_not_disagree_with_itself() -> None:
    own = says("Of them 300 people fled Brennock and the flood by boat.", "300", "a", 0.8)
    assert told_apart(QUESTION, [FIRST, own]) == ()


def test_a_correction_goes_ahead_of_what_it_corrects() -> None:
    article = replace(FIRST.hit.article, id="later", published=date(2024, 1, 18))
    later = says("Only 1,240 people fled the flood in Brennock.", "1,240", "a", 0.8)
    later = replace(later, hit=replace(later.hit, article=replace(article, text=later.text)))
    assert [told.value for told in told_apart(QUESTION, [FIRST, later])] == ["1,240", "About 1,600"]


def test_what_is_less_likely_or_about_something_else_has_no_say() -> None:
    assert told_apart(QUESTION, [FIRST, replace(SECOND, probability=0.05)]) == ()
    assert told_apart(QUESTION, [FIRST, says("The bridge cost 12 pounds.", "12", "b")]) == ()
    unsure = says(SECOND.text, "1,240", "b", score=-1.0)
    assert told_apart(QUESTION, [FIRST, unsure]) == ()
    assert told_apart(QUESTION, []) == ()


def test_a_correction_withdraws_what_it_corrects_whoever_else_agrees() -> None:
    wire = says("In Brennock 1,240 people fled the flood.", "1,240", "b", 0.85)
    mended = says("1,240 people fled the flood in Brennock, not 1,600 as we wrote.", "1,240", "a")
    article = replace(mended.hit.article, id="later", published=date(2024, 1, 18))
    mended = replace(mended, hit=replace(mended.hit, article=article))
    values = told_apart(QUESTION, [FIRST, wire, mended])
    assert [e.hit.article.id for e in values[0].evidence] == ["later", "b"]
    conflict = disputed_in(QUESTION, values)
    assert conflict is not None
    assert [position.corrected for position in conflict.positions] == [False, False]
    said_so = replace(article, title="Correction: the flood")
    told = replace(mended, hit=replace(mended.hit, article=said_so))
    conflict = disputed_in(QUESTION, told_apart(QUESTION, [FIRST, wire, told]))
    assert conflict is not None
    assert [position.corrected for position in conflict.positions] == [False, True]
    assert "since corrected" in conflict.written()


def test_what_is_no_number_is_not_compared_as_one() -> None:
    assert told_apart(read_question("Who fled the flood in Brennock?"), [FIRST, SECOND]) == ()


def test_days_differ_where_neither_can_be_the_other() -> None:
    asked = read_question("When did the dam at Orle break?")
    first = says("The dam at Orle broke on 2 May 2024.", "2 May 2024", "a")
    other = says("The dam at Orle broke on 1 May 2024.", "1 May 2024", "b", 0.8)
    values = told_apart(asked, [first, other])
    assert [told.value for told in values] == ["2 May 2024", "1 May 2024"]
    conflict = disputed_in(asked, values)
    assert conflict is not None
    assert conflict.disputed is Disputed.DATE
    rough = says("The dam at Orle broke in May 2024.", "May 2024", "b", 0.8)
    assert told_apart(asked, [first, rough]) == ()
    elsewhere = says("The dam at Kirn broke on 1 May 2024.", "1 May 2024", "b", 0.8)
    assert told_apart(asked, [first, elsewhere]) == ()


def test_names_differ_where_they_share_no_word() -> None:
    asked = read_question("Who led the count of seals?")
    first = says("The count of seals was led by Hilde Aronsen.", "Hilde Aronsen", "a")
    other = says("Piet Mulgrew led the count of seals.", "Piet Mulgrew", "b", 0.8)
    values = told_apart(asked, [first, other])
    assert [told.value for told in values] == ["Hilde Aronsen", "Piet Mulgrew"]
    same = says("Mrs Aronsen led the count of seals.", "Mrs Aronsen", "b", 0.8)
    assert told_apart(asked, [first, same]) == ()
    other_work = says("Piet Mulgrew flew the plane over the seals.", "Piet Mulgrew", "b", 0.8)
    assert told_apart(asked, [first, other_work]) == ()


def test_an_amount_is_compared_where_the_question_does_not_say_how_many() -> None:
    asked = read_question("What is the damage from the mill fire?")
    first = says("The owner put the damage of the mill fire at £3 million.", "£3 million", "a")
    other = says("Insurers put the mill fire's damage at £4.5 million.", "£4.5 million", "b", 0.8)
    assert [told.value for told in told_apart(asked, [first, other])] == [
        "£3 million",
        "£4.5 million",
    ]


def test_another_report_of_the_same_days_disagrees_in_its_own_words() -> None:
    best = says("By dawn 1,240 people had fled the flood in Brennock.", "1,240", "a")
    other = says("About 1,600 people were brought from Brennock.", "About 1,600", "b", 0.12, 0.2)
    assert [told.value for told in told_apart(QUESTION, [best, other])] == ["1,240", "About 1,600"]
    boats = says("About 12 boats were sent to Brennock.", "About 12", "b", 0.12, 0.2)
    assert told_apart(QUESTION, [best, boats]) == ()
    elsewhere = says("About 310 people were brought from Orle.", "About 310", "b", 0.12, 0.2)
    assert told_apart(QUESTION, [best, elsewhere]) == ()


def test_it_takes_less_to_agree_than_to_disagree() -> None:
    best = says("By dawn 400 people had fled the flood in Brennock.", "400", "a")
    other = says("The governor of Brennock put it at 400.", "400", "b", 0.6)
    (told,) = values_told(QUESTION, [best, other])
    assert len(told.evidence) == 2


def test_a_correction_that_repeats_the_old_figure_does_not_agree_with_it() -> None:
    old = says("The council of Brennock will pay £295,000 a year.", "£295,000", "a")
    text = "The council of Brennock will pay £410,000 a year, not £295,000 as we wrote."
    new = says(text, "£410,000", "b", 0.3)
    later = replace(new.hit.article, source="Outlet a", published=date(2024, 1, 18))
    later = replace(later, title="Correction: what the flood costs")
    new = replace(new, hit=replace(new.hit, article=later))
    asked = read_question("How much will the council of Brennock pay each year?")
    values = told_apart(asked, [old, new])
    assert [told.value for told in values] == ["£410,000", "£295,000"]
    conflict = disputed_in(asked, values)
    assert conflict is not None
    assert conflict.positions[1].corrected


def test_values_of_different_units_are_not_at_odds() -> None:
    cost = says(
        "The council of Brennock puts the cost of the flood at £3 million.", "£3 million", "a"
    )
    vote = says("The council of Brennock voted on the cost of the flood by 17 votes.", "17", "b")
    asked = read_question("What does the flood cost the council of Brennock?")
    assert told_apart(asked, [cost, vote]) == ()
    price = read_question("How much does the flood cost the council of Brennock?")
    (told,) = values_told(price, [replace(vote, probability=0.95), cost])
    assert told.value == "£3 million"


def test_a_sentence_with_both_values_is_not_at_odds() -> None:
    both = says("By noon 12 people had fled Brennock, and 1,600 by dawn, in the flood.", "12", "b")
    assert told_apart(QUESTION, [FIRST, both]) == ()
    not_so = says("Only 1,240 people fled the flood in Brennock, not 1,600.", "1,240", "b")
    assert len(told_apart(QUESTION, [FIRST, not_so])) == 2
