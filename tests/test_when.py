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
    assert note == "The article reports this but gives no date for it."


def test_the_report_date_is_given_as_the_date_of_the_report_only() -> None:
    short, note = ask(evidence("The ferry sank off the cape.", published=date(2024, 1, 5)))
    assert short == ""
    assert note == "The article, published on 5 January 2024, gives no date for the event itself."


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
