"""The benchmark of the check catches, loses and counts what it says; sentences written for this."""

import random

from benchmarks.planted import PLANTERS, Case
from benchmarks.statements import Statement, half_of
from benchmarks.truths import REWORDS, _pairs, reworded
from benchmarks.verify import AlwaysSupports, measure
from rag.verify import Verifier
from tests.fakes import article

TEXT = (
    "Per Lund said on Wednesday 3 March 2021 that the ferry Alder carried 212 people and 40 cars,"
    " which were insured, for $5 million. "
    "In June 2021, the firm of Ida Moe in Tern was told “to keep all of the doors closed”. "
    "The inquiry of 2022 cost 14 million euros and it was led by Ruth Adair in Oslo. "
    "On 5 May 2023, the council had 16 members and the wreck of the Alder was sold."
)


def told() -> list[Statement]:
    from ingest.sentences import split_sentences

    item = article(TEXT, identity="a1", title="Adair blames Moe for the loss of the Alder")
    found = [Statement(item, start, end, TEXT[:start], "") for start, end in split_sentences(TEXT)]
    texts = [f"Nothing in this {word} is about any boat or any sea." for word in "abcdef"]
    others = [article(text, identity=text) for text in texts]
    return [*found, *[Statement(other, 0, len(other.text), "", "") for other in others]]


def planted() -> list[Case]:
    statements = told()
    return [
        case
        for plant in PLANTERS.values()
        for statement in statements[:4]
        if (case := plant(statement, statements[:4] + [*statements[4:]] * 3, random.Random(1)))
    ]


def test_ten_kinds_of_errors_are_planted_and_caught() -> None:
    cases = planted()
    assert {case.kind for case in cases} == set(PLANTERS)
    figures = measure(Verifier(AlwaysSupports()), cases, [])
    assert figures["errors"] == len(cases)
    by_kind = figures["by_kind"]["caught"]
    for kind in ("number", "date", "name", "unit", "speaker", "invented_quote", "wrong_citation"):
        assert by_kind[kind]["share"] == 1.0, kind


def test_a_planted_error_differs_from_the_source() -> None:
    for case in planted():
        if case.kind not in ("wrong_citation", "no_source"):
            assert case.text not in TEXT


def test_true_sentences_pass() -> None:
    statements = told()
    pool = statements[:4] + [*statements[4:]] * 3
    cases = [
        case
        for kind in REWORDS
        for statement in statements[:4]
        if (case := reworded(kind, statement, pool, random.Random(1)))
    ]
    assert {case.kind for case in cases} == set(REWORDS)
    assert measure(Verifier(AlwaysSupports()), [], cases)["lost"] == 0.0


def test_the_halves_are_fixed_and_the_pairs_are_whole() -> None:
    assert [half_of(name) for name in ("a1", "a2", "a3", "a4")] == [
        half_of(name) for name in ("a1", "a2", "a3", "a4")
    ]
    pairs = _pairs()
    assert len(pairs) > 90
    assert all(drafted and cited and drafted != cited for drafted, cited in pairs)
