import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from eval.agreement import cohen_kappa, kappa_interval, noise
from eval.judge import (
    Judged,
    completing,
    has_verdict,
    judge,
    model_digest,
    prompt_hash,
    read_labels,
    summary,
    verdict,
)
from ingest.errors import UserError
from rag.llm import openai_compatible
from tests.llm_server import serving
from tests.pier import BUILT, PAID, WHEN, WHO
from tests.test_run import run

DONE = run([WHO, WHEN, PAID])


def test_kappa_by_hand() -> None:
    # 20 and 15 agreed of 50; by chance 0.5 * 0.6 + 0.5 * 0.4 (Cohen's textbook example).
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert cohen_kappa(pairs) == pytest.approx((0.7 - 0.5) / 0.5)
    assert cohen_kappa([]) is None
    assert cohen_kappa([(1, 1)] * 4) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
@settings(deadline=None)  # scikit-learn takes its time on a busy machine
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    ours = cohen_kappa(pairs)
    if ours is not None:
        theirs = cohen_kappa_score(*zip(*pairs, strict=True))
        assert ours == pytest.approx(theirs)


def test_the_interval_of_kappa_holds_it_and_narrows_with_more_labels() -> None:
    few = [(1, 1)] * 4 + [(1, 0)] + [(0, 1)] * 2 + [(0, 0)] * 3
    kappa, told = cohen_kappa(few), kappa_interval(few)
    more = kappa_interval(few * 10)
    assert kappa
    assert told
    assert more
    assert told[0] < more[0] < kappa < more[1] < told[1]
    assert kappa_interval([]) is None


def test_a_model_is_known_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"weights")
    local: Any = SimpleNamespace(path=str(file))
    served: Any = SimpleNamespace()
    assert model_digest(local) == hashlib.sha256(b"weights").hexdigest()[:12]
    assert model_digest(served) == ""


def test_noise_is_the_share_of_unsteady_cases() -> None:
    assert noise({"a": [1, 1, 1], "b": [1, 0, 1], "c": [0]}) == 0.5
    assert noise({"c": [0]}) is None


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("RIGHT", True),
        ("wrong.", False),
        ("The answer is Right", True),
        ("Brightly", None),
        ("", None),
    ],
)
def test_verdicts(reply: str, said: bool | None) -> None:
    assert verdict(reply) is said


def test_the_judge_sees_question_answers_quotes_and_answer() -> None:
    heard: list[str] = []

    def complete(text: str) -> str:
        heard.append(text)
        return "WRONG"

    found = judge(DONE.records[0], complete, repeats=2)
    assert found == Judged("who", (False, False))
    assert f"Question: {WHO.question}\nAccepted answers: Odile Brand\n" in heard[0]
    assert f"Quoted words: {BUILT}\nAnswer: Odile Brand: {BUILT} [1]" in heard[0]
    judge(DONE.records[2], complete)
    assert "Accepted answers: (none)" in heard[2]


def test_a_crash_is_wrong_unasked() -> None:
    crashed = replace(DONE.records[0], answer=None, error="OSError")
    assert judge(crashed, lambda text: pytest.fail("asked")).right is False


def test_the_majority_counts_and_a_tie_is_no_verdict() -> None:
    assert Judged("c", (True, False, True)).right is True
    assert Judged("c", (True, False)).right is None
    assert Judged("c", (None, None, True)).right is None


@pytest.mark.parametrize(
    ("reply", "has"),
    [("RIGHT.", True), ("WRONG\n", True), ("RIGHT", False), ("RIGHTLY ", False), ("", False)],
)
def test_a_verdict_is_read_once_its_word_has_ended(reply: str, has: bool) -> None:
    assert has_verdict(reply) is has


def test_a_reply_is_read_no_further_than_is_enough() -> None:
    class Talking:
        def stream_complete(self, text: str) -> Iterator[SimpleNamespace]:
            words = "WRONG . The answer goes on".split()
            for end in range(1, len(words) + 1):
                yield SimpleNamespace(text=" ".join(words[:end]))

    model: Any = Talking()
    assert completing(model, has_verdict)("prompt") == "WRONG ."
    assert completing(model)("prompt") == "WRONG . The answer goes on"


def test_a_served_model_judges() -> None:
    with serving("RIGHT", "RIGHT", "RIGHT", "WRONG", "WRONG", "I cannot say") as script:
        model = openai_compatible(script.url, "served-model")
        found = [judge(r, completing(model), 2) for r in DONE.records]
    assert [j.verdicts for j in found] == [(True, True), (True, False), (False, None)]
    told = summary(found, DONE.records, {"who": True, "paid": True, "other": False})
    assert told["right"] == 1.0
    assert told["without_verdict"] == 2
    assert told["noise"] == pytest.approx(2 / 3)
    assert (told["labelled"], told["prompt_hash"]) == (1, prompt_hash())
    assert script.requests[0]["temperature"] == 0


def test_agreement_with_rules_and_a_person() -> None:
    said = [Judged("who", (True,)), Judged("when", (True,)), Judged("paid", (False,))]
    told = summary(said, DONE.records, {"who": True, "when": False, "paid": False})
    # Our rules have WHO right only; so has the person. By chance: 2/3 * 1/3 + 1/3 * 2/3.
    assert told["kappa_with_rules"] == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert told["kappa_with_person"] == told["kappa_with_rules"]


def test_labels_say_where_they_are_wrong(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"id": "a", "right": true}\n\n{"id": "b", "right": false}\n')
    assert read_labels(path) == {"a": True, "b": False}
    for line, said in (('{"id": "a"}', "jsonl:1: write"), ('{"id": "a", "right": 1}', "or false")):
        path.write_text(line)
        with pytest.raises(UserError, match=said):
            read_labels(path)
    with pytest.raises(UserError, match="cannot be read"):
        read_labels(tmp_path / "none")
