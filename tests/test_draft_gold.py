from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.draft import DRAFT, by_gap, by_model, drafts, has_draft
from eval.gold import Case, Kind, load_gold, write_gold
from tests.fakes import article

DATED = "The council opened the rebuilt pier to the public on 5 May 2021."
COUNTED = "Masons needed 140 tonnes of granite for the new breakwater alone."
NAMED = "The plans for the whole harbour came from the engineer Odile Brand."
PLAIN = "Nobody in the whole town had expected that it would ever last so long."
HARBOUR = article(
    f"{DATED} {COUNTED} {NAMED} {PLAIN} Short one.", title="Harbour", url="https://post.example/h"
)


def test_gaps_are_left_at_a_day_a_number_or_a_name() -> None:
    found = {case.quotes[0]: case for case in drafts([HARBOUR], by_gap, per_article=9)}
    assert set(found) == {DATED, COUNTED, NAMED}
    assert (found[DATED].kind, found[DATED].answers) == (Kind.DATE, ("5 May 2021",))
    assert "on ____." in found[DATED].question
    assert found[NAMED].answers == ("Odile Brand",)
    assert "140" in found[COUNTED].answers[0]
    for case in found.values():
        assert (case.notes, case.article) == (DRAFT, HARBOUR.url)
        assert case.quotes[0].replace(case.answers[0], "____") in case.question


def test_no_more_than_asked_and_always_the_same() -> None:
    once = list(drafts([HARBOUR], by_gap))
    assert len(once) == 1
    assert once == list(drafts([HARBOUR], by_gap))


def test_a_model_asks_and_what_it_makes_up_is_left_out() -> None:
    replies = {
        DATED: "Question: When did the pier open again?\nAnswer: 5 May 2021.",
        COUNTED: "Question: How much granite?\nAnswer: 150 tonnes",
        NAMED: "Sure! Here is a question.",
        PLAIN: "question: Who had expected it to last?\n\nanswer: “Nobody”",
    }
    heard: list[str] = []

    def complete(prompt: str) -> str:
        heard.append(prompt)
        return next(reply for sentence, reply in replies.items() if sentence in prompt)

    found = {c.question: c for c in drafts([HARBOUR], by_model(complete), per_article=9)}
    assert set(found) == {"When did the pier open again?", "Who had expected it to last?"}
    assert found["When did the pier open again?"].kind is Kind.DATE
    assert found["Who had expected it to last?"].answers == ("Nobody",)
    assert "Article: Harbour (undated)" in heard[0]


@pytest.mark.parametrize(
    "reply",
    [
        f"Question: What about the council?\nAnswer: {DATED}",
        "Question: What is this article about?\nAnswer: 5 May 2021",
        "Question: Which day does the sentence name?\nAnswer: 5 May 2021",
    ],
)
def test_a_question_without_its_subject_and_a_whole_sentence_are_no_draft(reply: str) -> None:
    assert by_model(lambda prompt: reply)(HARBOUR, DATED) is None


def test_a_reply_is_read_until_its_answer_has_ended() -> None:
    assert not has_draft("Question: When did it open?\nAnswer: 5 May")
    assert has_draft("Question: When did it open?\nAnswer: 5 May 2021\n")
    assert not has_draft("Question: When did it open?\n")


def test_what_was_drafted_before_an_interrupt_is_kept(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Case]:
        yield from drafts([HARBOUR], by_gap)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_gold(tmp_path / "drafts.jsonl", interrupted())
    assert len(load_gold(tmp_path / "drafts.jsonl")) == 1


def test_drafts_are_gold_lines(tmp_path: Path) -> None:
    cases = list(drafts([HARBOUR], by_gap, per_article=3))
    write_gold(tmp_path / "drafts.jsonl", cases)
    assert load_gold(tmp_path / "drafts.jsonl") == cases


@pytest.mark.parametrize("text", ["", "Too short.", " ".join(["word"] * 80) + "."])
def test_an_article_may_give_none(text: str) -> None:
    assert list(drafts([article(text)], by_gap)) == []
