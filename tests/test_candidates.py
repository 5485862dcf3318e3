import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eval.candidates import Candidate, Candidates, case_id
from eval.gold import load_gold
from eval.validate import validate
from ingest.errors import UserError
from tests.pier import BUILT, WHO, Shelf

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FIELDS = {
    "id": "c1",
    "question": WHO.question,
    "kind": "fact",
    "answers": ["Odile Brand"],
    "article": "pier.md",
    "quotes": [BUILT],
}


@pytest.fixture
def kept(tmp_path: Path) -> Candidates:
    return Candidates(tmp_path / "gold", "sample", Shelf(), now=lambda: NOON)


LATER = "2024-05-01T12:00:00.000001+00:00"


def candidate(origin: str = "right", added: str = "", **changed: Any) -> Candidate:
    return Candidate(FIELDS | changed, origin, "Odile Brand.", added=added)


def test_what_is_kept_is_read_back_newest_first(kept: Candidates) -> None:
    assert kept.waiting() == []
    kept.add([candidate()])
    kept.add([candidate("wrong", id="c2")])
    assert [c.id for c in kept.waiting()] == ["c2", "c1"]
    assert kept.waiting()[0].added == "2024-05-01T12:00:00+00:00"


def test_the_same_question_waits_once(kept: Candidates) -> None:
    kept.add([candidate()])
    kept.add([candidate("wrong", added=LATER)])
    assert [(c.id, c.origin) for c in kept.waiting()] == [("c1", "wrong")]


def test_an_accepted_case_stands_in_a_gold_set_without_faults(kept: Candidates) -> None:
    kept.add([candidate()])
    kept.accept("c1", FIELDS | {"notes": "", "history": []})
    (case,) = load_gold(kept.accepted_path)
    assert (case.answers, case.quotes) == (("Odile Brand",), (BUILT,))
    assert validate(kept.accepted_path, Shelf()) == []
    assert (kept.waiting(), kept.accepted()) == ([], 1)


def test_what_validate_would_find_is_not_accepted(kept: Candidates) -> None:
    kept.add([candidate()])
    kept.add([candidate(id="c2")])
    kept.accept("c1", FIELDS)
    with pytest.raises(UserError, match="asks the same question as c1 on line 1") as error:
        kept.accept("c2", FIELDS | {"id": "c2", "quotes": ["It sank."]})
    assert "does not stand in pier.md" in str(error.value)
    with pytest.raises(UserError, match="an unanswerable case has `answers`"):
        kept.accept("c2", FIELDS | {"id": "c2", "kind": "unanswerable"})
    assert [c.id for c in kept.waiting()] == ["c2"]
    assert len(load_gold(kept.accepted_path)) == 1
    assert not list(kept.accepted_path.parent.glob("*.part"))


def test_what_was_rejected_is_not_drafted_again_but_a_reader_may_insist(kept: Candidates) -> None:
    kept.add([candidate("draft")])
    kept.reject("c1")
    kept.add([candidate("draft")])
    assert (kept.waiting(), list(kept.known())) == ([], ["c1"])
    kept.add([candidate("wrong", added=LATER)])
    assert [c.id for c in kept.waiting()] == ["c1"]


@pytest.mark.parametrize("act", [lambda k: k.reject("c9"), lambda k: k.accept("c9", FIELDS)])
def test_one_that_does_not_wait_cannot_be_decided(
    kept: Candidates, act: Callable[[Candidates], None]
) -> None:
    with pytest.raises(UserError, match="no candidate c9 is waiting"):
        act(kept)


def test_what_was_said_before_the_decision_does_not_come_back(kept: Candidates) -> None:
    kept.add([candidate()])
    kept.reject("c1")
    kept.add([candidate("wrong", added="2024-05-01T11:59:59+00:00")])
    assert kept.waiting() == []


def test_many_readers_at_once_lose_nothing(kept: Candidates) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: kept.add([candidate(id=f"c{n}")]), range(40)))
    assert len(kept.waiting()) == 40


def test_a_broken_file_is_named(kept: Candidates, tmp_path: Path) -> None:
    kept.add([candidate()])
    (tmp_path / "gold" / "sample.candidates.jsonl").write_text('{"no": 1}\n')
    with pytest.raises(UserError, match="not a file of candidates"):
        kept.waiting()


def test_words_of_any_sort_survive(kept: Candidates) -> None:
    kept.add([candidate(question="Who\u2028built “it” — \U0001f6a2?")])
    assert kept.waiting()[0].case["question"] == "Who\u2028built “it” — \U0001f6a2?"


def test_the_id_tells_conversations_apart() -> None:
    assert case_id("Who?") == case_id("Who?") != case_id("Who?", [("What?", "The pier.")])
    assert json.dumps(case_id("Who?")).startswith('"c-')
