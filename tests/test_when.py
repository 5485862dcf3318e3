from dataclasses import replace
from datetime import date

from rag.question import read_question
from rag.types import Evidence
from rag.when import answer_when
from tests.fakes import evidence

QUESTION = read_question("When did the ferry sink?")


def ask(*found: Evidence) -> tuple[str, str]:
    answer = answer_when(QUESTION, found)
    return answer.short, answer.note


def test_an_explicit_date_is_the_answer() -> None:
    assert ask(evidence("The ferry sank on 3 March 2021 off the cape.")) == ("3 March 2021", "")


def test_a_relative_date_is_resolved_and_shown_how() -> None:
    short, note = ask(evidence("The ferry sank on Tuesday.", published=date(2024, 1, 5)))
    assert short == "2 January 2024"
    assert "Tuesday" in note
    assert "5 January 2024" in note


def test_a_vague_time_is_no_date() -> None:
    short, note = ask(evidence("The ferry sank months before the war."))
    assert short == ""
    assert note == ("The article reports this but gives no date for it, and has no date itself.")


def test_the_report_date_is_given_as_the_date_of_the_report_only() -> None:
    short, note = ask(evidence("The ferry sank off the cape.", published=date(2024, 1, 5)))
    assert short == ""
    assert note == "Reported on 5 January 2024; the article gives no date for the event itself."


def test_a_relative_date_in_an_undated_article_stays_open() -> None:
    assert ask(evidence("The ferry sank on Tuesday."))[0] == ""


def test_a_dated_sentence_leads_only_when_it_is_nearly_as_good() -> None:
    undated = evidence("The ferry sank off the cape.", probability=0.9)
    near = evidence("The ferry sank on 3 March 2021.", identity="a2", probability=0.6)
    far = evidence("A buoy was laid on 9 May 2020.", identity="a3", probability=0.2)
    assert answer_when(QUESTION, [undated, near]).evidence == (near, undated)
    assert answer_when(QUESTION, [undated, far]).short == ""


def test_no_evidence_no_answer() -> None:
    assert answer_when(QUESTION, []) == answer_when(QUESTION, ())


def test_a_time_that_no_calendar_holds_is_told_as_the_article_tells_it() -> None:
    found = evidence("The ferry sank 8,900 years ago.", published=date(2024, 1, 5))
    assert ask(found) == ("8,900 years ago", "")


def when(question: str, *found: Evidence) -> str:
    return answer_when(read_question(question), found).short


SANK = "The ferry sank on 3 March 2021 off the cape."


def test_a_date_is_given_as_fine_as_it_is_asked_for() -> None:
    found = evidence(SANK)
    assert when("In what year did the ferry sink?", found) == "2021"
    assert when("In which month did the ferry sink?", found) == "March 2021"
    assert when("In what month and year did the ferry sink?", found) == "March 2021"
    assert when("On what day of the week did the ferry sink?", found) == "Wednesday"
    assert when("On what day did the ferry sink?", found) == "3 March 2021"


def test_a_coarser_date_than_asked_for_is_said_to_be_one() -> None:
    answer = answer_when(
        read_question("On what day did the ferry sink?"),
        [evidence("The ferry sank in March 2021.")],
    )
    assert answer.short == "March 2021"
    assert answer.note == "The article is no more exact."


def test_the_day_of_the_telling_is_not_that_of_the_event() -> None:
    found = evidence("The ferry sank, its owner said on Tuesday.", published=date(2024, 1, 5))
    short, note = ask(found)
    assert short == ""
    assert note == (
        "Reported on 5 January 2024; the article gives no date for the event itself "
        "(“on Tuesday” is when it was told)."
    )
    assert when("When did the owner say that the ferry sank?", found) == "2 January 2024"


def test_a_date_goes_with_the_words_beside_it() -> None:
    found = evidence("The ferry was launched on 3 March 2021 and sank on 9 May 2023.")
    assert when("When did the ferry sink?", found) == "9 May 2023"
    assert when("When was the ferry launched?", found) == "3 March 2021"


def test_a_plan_given_up_answers_only_who_asks_for_it() -> None:
    found = evidence("The race was moved from 3 May 2023 to 9 May 2023.")
    assert when("When will the race be run?", found) == "9 May 2023"
    assert when("When was the race originally to be run?", found) == "3 May 2023"


def test_the_sentence_after_a_mistake_has_the_right_date() -> None:
    wrong = "An earlier version said that the ferry sank on 2 March 2021."
    right = evidence("It sank on 3 March 2021.", before=f"{wrong} ", probability=0.1)
    first = replace(right, text=wrong, start=0, end=len(wrong), probability=0.9)
    assert when("When did the ferry sink?", first, right) == "3 March 2021"


def test_a_day_in_an_undated_article_stays_without_its_year() -> None:
    short, note = ask(evidence("The ferry sank on 4 April."))
    assert short == "4 April"
    assert note == "The article does not tell the year, and has no date itself."


def test_figures_of_unknown_order_are_told_as_written() -> None:
    short, note = ask(evidence("The ferry sank on 04/02/2021."))
    assert short == "04/02/2021"
    assert "whether the day or the month" in note


def test_the_date_since_which_something_else_goes_on_is_none_of_the_event() -> None:
    laid_up = evidence("She had been laid up since a fire in her engine on 19 February 2024.")
    assert answer_when(read_question("When did the ferry return?"), [laid_up]).short == ""
    for question in ("When was the fire?", "Since when has she been laid up?"):
        assert answer_when(read_question(question), [laid_up]).short == "19 February 2024"


def test_the_date_of_its_making_is_none_of_what_befell_it() -> None:
    clock = evidence("The clock was made in 1791 by Anselm Roke.")
    assert answer_when(read_question("When was the clock stolen?"), [clock]).short == ""
    assert answer_when(read_question("When was the clock made?"), [clock]).short == "1791"


def test_a_report_that_gives_the_day_goes_before_next_week() -> None:
    ahead = evidence("The ferry will sail next week.", published=date(2024, 1, 5))
    told = evidence("The ferry did sail on Tuesday.", published=date(2024, 1, 12), identity="b")
    answer = answer_when(read_question("When did the ferry sail?"), [ahead, told])
    assert answer.short == "9 January 2024"
