import pytest

from rag.clauses import split_clauses


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The ferry sank off the cape, and its captain was saved by a trawler.",
         ["The ferry sank off the cape", "its captain was saved by a trawler."]),
        ("The ferry sank off the cape; the crew was saved by a trawler.",
         ["The ferry sank off the cape", "the crew was saved by a trawler."]),
        ("The ferry carried cars, lorries, and buses.",
         ["The ferry carried cars, lorries, and buses."]),
        ("“It was late, and the doors were open in the dark,” she said.",
         ["“It was late, and the doors were open in the dark,” she said."]),
        ("The ferry sank.", ["The ferry sank."]),
        ("", [""]),
    ],
)  # fmt: skip
def test_a_clause_has_a_subject_and_a_verb(sentence: str, expected: list[str]) -> None:
    assert split_clauses(sentence) == expected
