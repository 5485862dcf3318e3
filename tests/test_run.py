from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from eval.filters import Filters
from eval.gold import Case, Kind, Turn
from eval.provenance import Provenance
from eval.record import Record, Run
from eval.run import run_gold
from ingest.errors import UserError
from rag.scope import Scope
from rag.types import Answer, Hit, Sentence, Verdict
from tests.pier import (
    BUILT,
    PAID,
    QUIET,
    REPLIES,
    WHEN,
    WHO,
    Desk,
    Shelf,
    anything_goes,
    quoting,
)


def run(
    cases: Sequence[Case],
    desk: Desk | None = None,
    folder: Path | None = None,
    *,
    repeats: int = 1,
    parallel: int = 1,
    settings: str = "s1",
    on_case: list[str] | None = None,
) -> Run:
    origin = Provenance(settings_hash=settings, repeats=repeats, parallel=parallel)
    heard = [] if on_case is None else on_case

    def hear(record: Record) -> None:
        heard.append(record.case.id)

    return run_gold(
        cases, desk or Desk(), Shelf(), folder, hear, provenance=origin, check=anything_goes
    )


def test_a_crash_is_recorded_and_stays_in_the_denominator() -> None:
    done = run([WHO, WHEN], Desk(REPLIES | {WHO.question: ZeroDivisionError("by nothing")}))
    crashed = done.records[0]
    assert crashed.error.startswith("ZeroDivisionError: by nothing (pier.py:")
    assert (crashed.answer, crashed.rank, crashed.abstained) == (None, None, False)
    summary = done.summary()
    assert summary["failed"] == 1
    assert summary["hit_at_10"] == 0.5
    assert summary["answered_when_answerable"] == 0.5
    assert summary["latency_p50_ms"] == done.records[1].seconds * 1000


def test_a_crash_in_the_search_fails_the_case() -> None:
    class Lost(Desk):
        def search(self, question: str, k: int = 10, **limits: Any) -> list[Hit]:
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


def test_filters_limit_what_is_asked_and_what_is_searched() -> None:
    desk = Desk()
    filters = Filters(sources=("Post",), since=date(2021, 5, 1), collections=("Harbour",))
    limited, free = run([replace(WHO, filters=filters), WHEN], desk).records
    scope = Scope(sources=("Post",), since=date(2021, 5, 1), collections=("Harbour",))
    assert desk.scopes == [scope, scope, None, None]
    assert limited.to_dict()["case"]["filters"] == {
        "sources": ["Post"],
        "since": "2021-05-01",
        "collections": ["Harbour"],
    }
    assert Record.from_dict(limited.to_dict()).case == limited.case
    assert free.to_dict()["case"]["filters"] is None


def test_a_follow_up_is_asked_with_its_history_and_searched_as_resolved() -> None:
    class Listening(Desk):
        searched = ""

        def search(self, question: str, k: int = 10, **limits: Any) -> list[Hit]:
            self.searched = question
            return super().search(question, k, **limits)

    case = replace(WHO, kind=Kind.FOLLOW_UP, history=(Turn("What leaks?", "The pier."),))
    resolved = replace(quoting(BUILT), resolved="Who built the pier that leaks?")
    desk = Listening({WHO.question: resolved})
    run([case], desk)
    assert desk.asked == [WHO.question]
    assert desk.history == [("What leaks?", "The pier.")]
    assert desk.searched == "Who built the pier that leaks?"


def test_the_check_decides_the_support() -> None:
    def nothing_goes(
        sentence: str, span: str, *, context: str = "", published: date | None = None
    ) -> list[str]:
        return ["no"]

    done = run_gold([WHO], Desk(), Shelf(), check=nothing_goes)
    assert done.summary()["citation_recall"] == 0.0


def test_the_default_check_is_that_of_the_product() -> None:
    claimed = replace(quoting(BUILT), sentences=(Sentence("9 piers", (1,), Verdict.SUPPORTED),))
    done = run_gold([WHO, WHEN], Desk(REPLIES | {WHO.question: claimed}), Shelf())
    assert [record.scores["citation_recall"] for record in done.records] == [0.0, 1.0]


def test_refuses_one_id_for_two_cases() -> None:
    with pytest.raises(UserError, match="2 cases with the id who"):
        run([WHO, WHEN, replace(WHEN, id="who")])


def test_the_passages_are_recorded_with_what_is_gold() -> None:
    hits = run([WHO]).records[0].hits
    assert [(hit["rank"], hit["text"], hit["gold"]) for hit in hits][:2] == [
        (1, "It leaks.", False),
        (2, BUILT, True),
    ]
    assert hits[1]["passage_id"] == "p0"
    assert run([PAID]).records[0].hits == []


def test_repeats_are_averaged_and_kept() -> None:
    desk = Desk({WHO.question: [quoting(BUILT, "Odile Brand"), QUIET, quoting(BUILT), QUIET]})
    record = run([WHO], desk, repeats=4).records[0]
    assert record.scores["right"] == 0.5
    assert record.asks("right") == [1.0, 0.0, 1.0, 0.0]
    # The two abstentions cite nothing: the mean is over the other two.
    assert record.scores["citation_recall"] == 1.0
    assert record.asks("citation_recall") == [1.0, 1.0]
    assert record.answer is not None
    assert record.answer["short"] == "Odile Brand"
    assert not record.right


def test_a_question_understood_alike_is_searched_once() -> None:
    desk = Desk()
    run([WHO], desk, repeats=3)
    assert len(desk.asked) == 3
    assert len(desk.days) == 4  # three asks, one search


def test_a_crash_in_a_repeat_fails_the_case() -> None:
    desk = Desk({WHO.question: [quoting(BUILT), OSError("gone")]})
    record = run([WHO], desk, repeats=2).records[0]
    assert record.scores["right"] == 0.5
    assert "OSError" in record.error


def test_as_many_at_a_time_as_allowed_and_no_more() -> None:
    meet = Barrier(3, timeout=20)

    class Busy(Desk):
        under_way = most = 0

        def ask(self, question: str, **limits: Any) -> Answer:
            Busy.under_way += 1
            Busy.most = max(Busy.most, Busy.under_way)
            meet.wait()  # passes only when three are here at once
            Busy.under_way -= 1
            return super().ask(question, **limits)

    cases = [replace(PAID, id=f"c{n}", question=f"Q{n}?") for n in range(9)]
    heard: list[str] = []
    done = run(cases, Busy(), parallel=3, on_case=heard)
    assert Busy.most == 3
    assert [record.case.id for record in done.records] == [case.id for case in cases]
    assert sorted(heard) == [case.id for case in cases]


def test_the_peak_of_memory_is_noted() -> None:
    assert (run([PAID]).provenance.memory_mb or 0) > 10
