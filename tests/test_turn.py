from dataclasses import replace
from datetime import UTC, date, datetime

from rag.scope import Scope
from rag.statements import Conflict, Disputed, Position, Statement
from rag.types import Sentence, Verdict
from tests.html_text import texts
from tests.newsroom import (
    CAPTAIN,
    CAPTAIN_ANSWER,
    FERRY,
    HOSTILE,
    HOSTILE_ANSWER,
    HOSTILE_ASKED,
    SAILS,
    SAILS_ANSWER,
    cite,
)
from ui.chosen import Chosen
from ui.conversations import Opinion
from ui.turn import Turn, told
from ui.turn_html import CHECKING, NEXT_ONE, SEARCHING, STARTING, STOPPED, thread_html, turn_html
from ui.turn_record import read_turn, turn_record


def test_a_turn_grows_by_sentences() -> None:
    first, second = SAILS_ANSWER.sentences
    one, two = SAILS_ANSWER.citations
    turn = Turn(1, SAILS)
    assert texts(turn_html(turn), "p", "by-status") == [STARTING]
    turn = turn.hear(first, (one,)).hear(second, (one, two))
    assert turn.citations == (one, two), "each number once"
    assert not turn.finished
    assert turn.finish(SAILS_ANSWER).finished


def test_what_is_happening_is_said() -> None:
    turn = Turn(1, SAILS)
    said = [
        texts(turn_html(one), "p", "by-status")[0]
        for one in (
            turn.wait(7),
            turn.wait(1),
            turn.enter("retrieve", 0),
            turn.enter("rank", 6),
            turn.enter("evidence", 1),
            turn.enter("verify", 3),
        )
    ]
    assert said == [
        "Waiting: number 7 in the line.",
        NEXT_ONE,
        SEARCHING,
        "Reading 6 passages…",
        "Reading 1 passage…",
        CHECKING,
    ]


def test_an_answer_has_its_marks_and_cards() -> None:
    html = turn_html(Turn(1, SAILS).finish(SAILS_ANSWER))
    assert texts(html, "p", "by-short") == ["12 March"]
    assert texts(html, "a", "by-cite") == ["1", "2", "1", "2"], "in the text and on the card"
    assert texts(html, "p", "by-meta") == ["Harbour Post · 5 November 2022"], "a card an article"
    assert texts(html, "blockquote", "by-quote") == [f"“{c.quote}”" for c in SAILS_ANSWER.citations]
    assert 'href="/article/ferry?start=53&amp;end=118#cite"' in html
    assert 'aria-label="Source 1: Night ferry to Ostrava Island returns after four years' in html
    assert texts(html, "p", "by-status") == [
        "2 sentences, each checked against the quoted words · 0.4\N{NO-BREAK SPACE}s"
    ]


def test_a_dropped_sentence_is_no_part_of_the_answer_but_can_be_looked_at() -> None:
    dropped = Sentence("It sails daily.", (), Verdict.DROPPED, "no quote says so")
    answer = replace(SAILS_ANSWER, sentences=(dropped, *SAILS_ANSWER.sentences))
    html = turn_html(Turn(1, SAILS).finish(answer))
    assert "daily" not in texts(html, "p", "by-text")[0]
    assert texts(html, "summary") == ["1 sentence was dropped by the check"]
    assert texts(html, "details")[0].endswith("It sails daily. no quote says so")


def test_an_abstention_shows_why_and_what_is_near() -> None:
    html = turn_html(Turn(1, CAPTAIN).finish(CAPTAIN_ANSWER))
    assert texts(html, "p", "by-reason") == [CAPTAIN_ANSWER.reason]
    assert texts(html, "h3") == ["Nearest passages, which were not enough"]
    assert len(texts(html, "li", "by-card")) == 2
    assert texts(html, "a", "by-cite") == []


def test_articles_and_questions_are_shown_as_text() -> None:
    html = turn_html(Turn(1, HOSTILE_ASKED).finish(HOSTILE_ANSWER))
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert texts(html, "h2") == [HOSTILE_ASKED]
    assert texts(html, "p", "by-title") == [HOSTILE.title]
    assert texts(html, "blockquote") == [f"“{HOSTILE.text}”"]


def test_stopping_keeps_what_was_checked() -> None:
    heard = Turn(1, SAILS).hear(SAILS_ANSWER.sentences[0], SAILS_ANSWER.citations[:1])
    html = turn_html(heard.stop())
    assert texts(html, "p", "by-status") == [STOPPED]
    assert texts(html, "a", "by-cite") == ["1", "1"]
    done = heard.finish(SAILS_ANSWER)
    assert done.stop() is done


def test_a_failure_is_one_line() -> None:
    html = turn_html(Turn(1, SAILS).fail("the model <is> busy"))
    assert texts(html, "p", "by-problem") == ["the model <is> busy"]
    assert texts(html, "p", "by-status") == [""]


def test_a_mark_without_its_citation_is_left_out() -> None:
    turn = Turn(1, SAILS).hear(Sentence("So it is.", (7,), Verdict.SUPPORTED), ())
    assert texts(turn_html(turn), "a", "by-cite") == []


def test_a_thread_numbers_its_questions() -> None:
    html = thread_html([Turn(1, SAILS), Turn(2, CAPTAIN)])
    assert 'id="q1"' in html
    assert 'id="q2"' in html
    assert texts(html, "h2") == [SAILS, CAPTAIN]


def test_an_untitled_article_can_still_be_opened() -> None:
    cited = replace(cite(1, FERRY, "The board"), title="")
    html = turn_html(Turn(1, SAILS).hear(SAILS_ANSWER.sentences[0], (cited,)))
    assert texts(html, "p", "by-title") == ["Untitled"]


def test_how_it_was_understood_and_where_it_was_looked_for_is_shown() -> None:
    answer = replace(
        SAILS_ANSWER, resolved="When does it <sail>?", scope_note="Only articles of X."
    )
    html = turn_html(Turn(1, "And when?").finish(answer))
    assert "Understood as: When does it &lt;sail&gt;?" in html
    assert "Only articles of X." in html


def test_a_conversation_is_told_by_its_finished_turns() -> None:
    turns = [Turn(1, SAILS).finish(SAILS_ANSWER), Turn(2, "And?").fail("busy")]
    assert told(turns) == ((SAILS, "12 March"),)


def test_the_article_is_opened_as_it_was_when_it_was_cited() -> None:
    html = turn_html(replace(Turn(1, SAILS).finish(SAILS_ANSWER), seen={"ferry": "k1"}))
    assert 'href="/article/ferry?seen=k1&amp;start=53&amp;end=118#cite"' in html


def test_filters_are_chips_whoever_set_them() -> None:
    chosen = Chosen(outlets=("Harbour <Post>",), as_of=date(2024, 5, 1))
    answer = replace(SAILS_ANSWER, scope=Scope(("Harbour <Post>",), latest=True))
    html = turn_html(Turn(1, SAILS, chosen).finish(answer))
    assert texts(html, "li", "by-chip") == ["Harbour <Post>", "As of 1 May 2024", "Newest first"]
    assert "Remove filter Newest first (from your question)" in html


def test_an_opinion_shows_on_its_thumb() -> None:
    opinion = Opinion(good=False, reason="Old <news>", given=datetime(2024, 5, 1, tzinfo=UTC))
    html = turn_html(Turn(1, SAILS).finish(SAILS_ANSWER), opinion)
    assert html.count('aria-pressed="true"') == 1
    assert 'value="Old &lt;news&gt;"' in html


def test_questions_that_may_follow_are_offered() -> None:
    html = turn_html(replace(Turn(1, SAILS).finish(SAILS_ANSWER), next=("Who <is> she?",)))
    assert texts(html, "div", "by-next") == ["Ask nextWho <is> she?"]


NINE = Statement("bridge", 0, 6, "nine h", "Bridge", "Meridian Wire", "", date(2023, 1, 17))
EIGHT = Statement("ferry", 0, 7, "eight h", "Ferry", "Harbour Post", "", date(2022, 11, 5))
COPY = replace(EIGHT, article_id="copy", source="Alder <Post>", copy=True)


def test_conflicts_stand_side_by_side_and_are_not_told_twice() -> None:
    conflict = Conflict(
        Disputed.NUMBER, (Position("nine", (NINE,)), Position("eight", (EIGHT, COPY), True))
    )
    reason = f"{conflict.written()} The year is open."
    answer = replace(SAILS_ANSWER, conflicts=(conflict,), reason=reason)
    turn = Turn(1, SAILS).finish(answer)
    html = turn_html(turn)
    assert texts(html, "p", "by-value") == ["nine", "eight"]
    assert texts(html, "p", "by-note") == ["The year is open."]
    assert '1 source<span class="by-corrected">since corrected' in html
    assert "Alder &lt;Post&gt;" in html
    assert {"bridge", "ferry", "copy"} <= set(turn.article_ids())
    assert read_turn(turn_record(turn)) == turn


def test_copies_are_folded_into_the_card_and_independent_voices_counted() -> None:
    first, second = SAILS_ANSWER.citations
    answer = replace(
        SAILS_ANSWER, citations=(replace(first, also=(COPY, NINE)), second), independent=2
    )
    html = turn_html(Turn(1, SAILS).finish(answer))
    assert texts(html, "details", "by-also") == [
        "Also in 2 other articlesAlder <Post> · 5 November 2022 · a copy"
        "Meridian Wire · 17 January 2023"
    ]
    assert "1 source · 2 independent" in html


def test_a_line_of_a_timeline_has_its_date_before_it() -> None:
    line = replace(SAILS_ANSWER.sentences[0], label="12 March 2023", label_note="“on Monday”")
    html = turn_html(Turn(1, SAILS).finish(replace(SAILS_ANSWER, sentences=(line,))))
    assert texts(html, "b", "by-label") == ["12 March 2023 “on Monday”"]
