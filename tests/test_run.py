import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import Case, Kind, Turn
from eval.run import MEANS, Record, Run, code_hash, run_gold
from ingest.errors import UserError
from ingest.types import Article, Passage
from rag.types import Answer, Citation, Hit, Sentence, Verdict

TEXT = "Odile Brand built the pier. It leaks. Nobody was hurt on 5 May 2021."
PIER = Article(id="a1", text=TEXT, title="Pier", published=date(2021, 5, 7))
BUILT, LEAKS, HURT = "Odile Brand built the pier.", "It leaks.", "Nobody was hurt on 5 May 2021."

WHO = Case("who", "Who built it?", Kind.FACT, ("Odile Brand",), "pier.md", (BUILT,))
WHEN = Case("when", "When was nobody hurt?", Kind.DATE, ("5 May 2021",), "pier.md", (HURT,))
PAID = Case("paid", "Who paid?", Kind.UNANSWERABLE)
INJURED = Case("injured", "Who was hurt?", Kind.FALSE_PREMISE, (), "pier.md", (HURT,))


class Shelf:
    def __init__(self, fingerprint: str = "f1") -> None:
        self._fingerprint = fingerprint

    def find(self, reference: str) -> Article | None:
        return PIER if reference == "pier.md" else None

    def article(self, article_id: str) -> Article | None:
        return PIER if article_id == PIER.id else None

    def count(self) -> int:
        return 1

    def fingerprint(self) -> str:
        return self._fingerprint


def quoting(quote: str, short: str = "") -> Answer:
    start = TEXT.find(quote)
    citation = Citation(1, "a1", start, start + len(quote), quote, 0.8)
    return Answer("q", (Sentence(quote, (1,), Verdict.QUOTED),), (citation,), short)


QUIET = Answer("q", abstained=True, reason="The articles do not say.")
REPLIES = {
    WHO.question: quoting(BUILT, "Odile Brand"),
    WHEN.question: quoting(HURT, "7 May 2021"),
    PAID.question: quoting(LEAKS),
    INJURED.question: quoting(HURT),
}


class Desk:
    """Answers from a table; an exception in the table is raised."""

    def __init__(self, replies: dict[str, Any] = REPLIES) -> None:
        self._replies = replies
        self.asked: list[str] = []
        self.days: list[date | None] = []

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        self.asked.append(question)
        self.days.append(as_of)
        reply = self._replies.get(question, QUIET)
        if isinstance(reply, BaseException):
            raise reply
        assert isinstance(reply, Answer)
        return reply

    def search(self, question: str, k: int = 10, *, as_of: date | None = None) -> list[Hit]:
        self.days.append(as_of)
        spans = [(TEXT.find(quote), quote) for quote in (LEAKS, BUILT, HURT)]
        passages = [Passage(f"p{n}", "a1", n, q, n, n + len(q)) for n, q in spans]
        return [Hit(passage, PIER, 1.0) for passage in passages][:k]


def anything_goes(
    sentence: str, span: str, *, context: str = "", published: date | None = None
) -> list[str]:
    return []


def run(
    cases: Sequence[Case],
    desk: Desk | None = None,
    out: Path | None = None,
    fingerprint: str = "f1",
    settings: str = "s1",
) -> Run:
    return run_gold(
        cases,
        desk or Desk(),
        Shelf(fingerprint),
        out,
        settings_hash=settings,
        check=anything_goes,
    )


def test_summary_by_hand() -> None:
    summary = run([WHO, WHEN, PAID, INJURED]).summary()
    by_kind, p50, p95 = (
        summary.pop(name) for name in ("by_kind", "latency_p50_ms", "latency_p95_ms")
    )
    # Gold passages are found at ranks 2, 3 and 3; PAID has none.
    assert summary == {
        "cases": 4,
        "failed": 0,
        "right": 0.5,
        "hit_at_1": 0.0,
        "hit_at_5": 1.0,
        "hit_at_10": 1.0,
        "mrr": pytest.approx((1 / 2 + 1 / 3 + 1 / 3) / 3),
        "short_em": 0.5,
        # "7 May 2021" and "5 May 2021" share two tokens of three.
        "short_f1": pytest.approx((1 + 2 / 3) / 2),
        # The quoted sentence has the right date, the short answer that of the report.
        "answer_contains": 1.0,
        "date_correct": 0.0,
        "report_date_given": 1.0,
        "citation_support": 1.0,
        "support_mean": pytest.approx(0.8),
        "citation_verbatim": 1.0,
        "citation_hits_gold": 1.0,
        # PAID should have been refused; INJURED was answered with the words that contradict it.
        "abstention_precision": None,
        "abstention_recall": 0.0,
        "abstention_f1": 0.0,
        "answered_when_answerable": 1.0,
    }
    assert 0 <= p50 <= p95
    assert by_kind["fact"]["right"] == 1.0
    assert by_kind["date"]["cases"] == 1
    assert by_kind["unanswerable"]["hit_at_1"] is None
    assert list(by_kind) == ["date", "fact", "false_premise", "unanswerable"]


def test_abstentions_are_counted_both_ways() -> None:
    # Rightly PAID, wrongly WHO; INJURED answered beside the point, so it should have abstained.
    replies = REPLIES | {
        PAID.question: QUIET,
        WHO.question: QUIET,
        INJURED.question: quoting(LEAKS),
    }
    summary = run([WHO, WHEN, PAID, INJURED], Desk(replies)).summary()
    assert summary["abstention_precision"] == 0.5
    assert summary["abstention_recall"] == 0.5
    assert summary["abstention_f1"] == 0.5
    assert summary["answered_when_answerable"] == 0.5


def test_a_contradicted_premise_is_no_missed_abstention() -> None:
    summary = run([PAID, INJURED], Desk(REPLIES | {PAID.question: QUIET})).summary()
    assert summary["abstention_recall"] == 1.0
    assert summary["abstention_f1"] == 1.0


def test_counts_and_intervals_cover_every_mean() -> None:
    done = run([WHO, WHEN, PAID])
    assert done.counts()["right"] == 3
    assert done.counts()["date_correct"] == 1
    assert done.intervals()["date_correct"] is None
    assert done.intervals()["short_em"] == (0.0, 1.0)
    assert set(done.counts()) == set(done.intervals()) == set(MEANS)
    assert all(set(record.scores) == set(MEANS) for record in done.records)


def test_a_crash_is_recorded_and_stays_in_the_denominator() -> None:
    done = run([WHO, WHEN], Desk(REPLIES | {WHO.question: ZeroDivisionError("by nothing")}))
    crashed = done.records[0]
    assert crashed.error.startswith("ZeroDivisionError: by nothing (test_run.py:")
    assert (crashed.answer, crashed.rank, crashed.abstained) == (None, None, False)
    summary = done.summary()
    assert summary["failed"] == 1
    assert summary["hit_at_10"] == 0.5
    assert summary["answered_when_answerable"] == 0.5
    assert summary["latency_p50_ms"] == done.records[1].seconds * 1000


def test_a_crash_in_the_search_fails_the_case() -> None:
    class Lost(Desk):
        def search(self, question: str, k: int = 10, *, as_of: date | None = None) -> list[Hit]:
            raise OSError("index gone")

    done = run([WHO, PAID], Lost())
    assert [bool(record.error) for record in done.records] == [True, False]


def test_the_rank_of_the_gold_passage_is_recorded() -> None:
    lost = replace(WHO, id="lost", quotes=("Not there.",))
    assert [record.rank for record in run([WHO, PAID, lost]).records] == [2, None, None]


def test_a_case_is_asked_as_of_its_day() -> None:
    desk = Desk()
    run([replace(WHO, as_of=date(2021, 6, 1))], desk)
    assert desk.days == [date(2021, 6, 1)] * 2


def test_a_follow_up_is_condensed_where_something_condenses() -> None:
    case = replace(WHO, kind=Kind.FOLLOW_UP, history=(Turn("What leaks?", "The pier."),))
    desk = Desk()

    def condense(question: str, turns: Sequence[tuple[str, str]]) -> str:
        return f"{turns} {question}"

    run([case], desk)
    run_gold([case, PAID], desk, Shelf(), check=anything_goes, condense=condense)
    stands = "[('What leaks?', 'The pier.')] Who built it?"
    assert desk.asked == ["Who built it?", stands, "Who paid?"]


def test_the_check_decides_the_support() -> None:
    def nothing_goes(
        sentence: str, span: str, *, context: str = "", published: date | None = None
    ) -> list[str]:
        return ["no"]

    done = run_gold([WHO], Desk(), Shelf(), check=nothing_goes)
    assert done.summary()["citation_support"] == 0.0


def test_the_default_check_is_that_of_the_product() -> None:
    claimed = replace(quoting(BUILT), sentences=(Sentence("9 piers", (1,), Verdict.SUPPORTED),))
    done = run_gold([WHO, WHEN], Desk(REPLIES | {WHO.question: claimed}), Shelf())
    assert [record.scores["citation_support"] for record in done.records] == [0.0, 1.0]


def test_refuses_one_id_for_two_cases() -> None:
    with pytest.raises(UserError, match="2 cases with the id who"):
        run([WHO, WHEN, replace(WHEN, id="who")])


def test_no_case_is_an_empty_run() -> None:
    assert run([]).summary()["cases"] == 0


# --- the file -----------------------------------------------------------------------------------


def lines_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_each_case_is_a_line_with_all_that_is_known(tmp_path: Path) -> None:
    out = tmp_path / "runs" / "out.jsonl"
    done = run([WHO, PAID], out=out)
    first, _ = lines_of(out)
    assert list(first) == [
        "settings_hash", "library_fingerprint", "code_hash",
        "case", "answer", "rank", "scores", "seconds", "error",
    ]  # fmt: skip
    assert first["case"]["id"] == "who"
    assert first["answer"]["citations"][0]["quote"] == BUILT
    assert Record.from_dict(first) == done.records[0]
    assert (done.settings_hash, done.library_fingerprint, done.articles) == ("s1", "f1", 1)


def test_a_second_run_asks_nothing_and_gives_the_same(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = run([WHO, WHEN, PAID], out=out)
    content = out.read_bytes()
    desk = Desk()
    heard: list[str] = []
    again = run_gold(
        [PAID, WHO, WHEN],
        desk,
        Shelf(),
        out,
        lambda record: heard.append(record.case.id),
        settings_hash="s1",
        check=anything_goes,
    )
    assert desk.asked == []
    assert heard == ["paid", "who", "when"]
    assert out.read_bytes() == content
    assert again.summary() == first.summary()


@pytest.mark.parametrize("changed", [{"fingerprint": "f2"}, {"settings": "s2"}])
def test_other_settings_or_articles_ask_again(tmp_path: Path, changed: dict[str, str]) -> None:
    out = tmp_path / "out.jsonl"
    run([WHO], out=out)
    desk = Desk()
    run([WHO], desk, out, **changed)
    assert desk.asked == [WHO.question]
    assert len(lines_of(out)) == 2
    back = Desk()
    run([WHO], back, out)
    assert back.asked == []


def test_other_code_asks_again(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run([WHO], out=out)
    out.write_text(out.read_text(encoding="utf-8").replace(code_hash(), "0" * 12))
    desk = Desk()
    assert run([WHO], desk, out).code_hash == code_hash()
    assert desk.asked == [WHO.question]


def test_a_case_that_was_reworded_is_asked_again_and_the_last_line_counts(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run([replace(WHO, notes="old")], out=out)
    for expected in ([WHO.question], []):
        desk = Desk()
        run([WHO], desk, out)
        assert desk.asked == expected


def test_a_crashed_case_is_asked_again(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run([WHO, PAID], Desk({WHO.question: OSError("busy")}), out)
    desk = Desk()
    assert run([WHO, PAID], desk, out).summary()["failed"] == 0
    assert desk.asked == [WHO.question]


def test_an_interrupt_passes_through_and_leaves_a_whole_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run([WHO, WHEN, PAID], Desk(REPLIES | {WHEN.question: KeyboardInterrupt()}), out)
    assert [line["case"]["id"] for line in lines_of(out)] == ["who"]
    desk = Desk()
    assert len(run([WHO, WHEN, PAID], desk, out).records) == 3
    assert desk.asked == [WHEN.question, PAID.question]


def test_a_line_torn_anywhere_is_mended(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run([WHO, WHEN], out=out)
    whole = out.read_bytes()
    first = whole.index(b"\n") + 1

    @given(st.integers(first + 1, len(whole) - 1))
    def torn(length: int) -> None:
        out.write_bytes(whole[:length])
        desk = Desk()
        run([WHO, WHEN], desk, out)
        assert desk.asked == [WHEN.question]
        assert [line["case"]["id"] for line in lines_of(out)] == ["who", "when"]

    torn()


@pytest.mark.parametrize(
    "content",
    [b'{"id": "g1", "question": "q"}\n', b'{"id": "g1"', b"\xff\xfe\n", b"notes\n", b"[]\n", b"x"],
)
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "gold.jsonl"
    out.write_bytes(content)
    with pytest.raises(UserError, match=r"gold\.jsonl:1: not a record"):
        run([WHO], out=out)
    assert out.read_bytes() == content


def test_odd_characters_and_numpy_numbers_are_written(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    timings: dict[str, Any] = {"total": np.float32(0.5)}
    odd = replace(quoting(BUILT), short="\u2028\udc80é", timings=timings)
    run([WHO], Desk({WHO.question: odd}), out)
    line = json.loads(out.read_bytes().split(b"\n")[0])
    assert line["answer"]["short"] == "\u2028\udc80é"
    assert line["answer"]["timings"] == {"total": 0.5}
    again = Desk()
    run([WHO], again, out)
    assert again.asked == []
