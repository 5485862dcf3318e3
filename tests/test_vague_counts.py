"""Where "a limited number" stands beside a number that counts something else."""

from dataclasses import replace

from rag.question import read_question
from rag.types import Evidence
from rag.vague_counts import accounts, written_accounts
from tests.fakes import evidence

FIRED = evidence("Ostria says that about 400 Velian rockets were fired at it.", identity="o")
FEW = evidence(
    "“We sent Karlin a small number of rockets before the war,” Minister Ida Kast said.",
    identity="v",
    probability=0.2,
)


def values(question: str, *told: Evidence, value: str = "400") -> list[tuple[str, str]]:
    found = accounts(read_question(question), told, value)
    return [(account.value, account.speaker) for account in found]


def test_both_are_told_with_who_says_so() -> None:
    question = "How many rockets did Velia send?"
    assert values(question, FIRED, FEW) == [
        ("a small number", "Minister Ida Kast"),
        ("400", "Ostria"),
    ]
    told = written_accounts(accounts(read_question(question), (FIRED, FEW), "400"))
    assert told == "No one number is told: “a small number” (Minister Ida Kast), “400” (Ostria)."


def test_a_number_of_what_is_asked_stands_alone() -> None:
    assert values("How many rockets were fired at Ostria?", FIRED, FEW) == []
    assert values("How many tanks did Velia send?", FIRED, FEW) == []
    assert values("Who sent rockets?", FIRED, FEW) == []
    assert values("How many rockets did Velia send?", FIRED, replace(FEW, probability=0.01)) == []
    assert values("How many rockets did Velia send?", FIRED, FEW, value="") == []
