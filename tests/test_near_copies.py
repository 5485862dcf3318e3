from dataclasses import replace
from datetime import date

from rag.copies import collapse, independent_sources, is_copy, reprints, statement
from rag.types import Citation, Evidence
from tests.fakes import evidence

WORDS = "Grey seals bore 1,912 pups at Torrin Sound this season, a record, the trust said."
LIKE = "Grey seals bore 1,912 pups at Torrin Sound this season, a record, the trust said on Friday."
OWN = "The count at Torrin was 1,912."


def said(text: str, identity: str, day: int = 2, copy_of: str | None = None) -> Evidence:
    return evidence(
        text,
        identity=identity,
        source=identity.upper(),
        published=date(2024, 10, day),
        duplicate_of=copy_of,
    )


def test_nearly_the_same_words_are_one_report() -> None:
    assert reprints(WORDS, LIKE)
    assert not reprints(WORDS, OWN)
    assert is_copy(said(WORDS, "a"), said(LIKE, "b"))
    assert is_copy(said(WORDS, "a"), said(OWN, "b", copy_of="a"))
    assert not is_copy(said(WORDS, "a"), said(OWN, "b"))


def test_the_same_words_with_another_figure_are_no_copy() -> None:
    assert not reprints(WORDS, WORDS.replace("1,912", "1,705"))
    assert not reprints("It fell on 1 May in Orle.", "It fell on 2 May in Orle.")


def test_copies_stand_behind_the_report_that_they_copy() -> None:
    copy, report, other = said(LIKE, "b", 3, "a"), said(WORDS, "a"), said(OWN, "c", 7)
    groups = collapse([replace(copy, probability=0.95), report, other])
    assert [item.hit.article.id for item, _ in groups] == ["a", "c"]
    assert groups[0][0].probability == 0.95
    assert [item.hit.article.id for item in groups[0][1]] == ["b"]


def test_without_a_cluster_the_earliest_print_leads() -> None:
    ((first, others),) = collapse([said(LIKE, "b", 3), said(WORDS, "a", 2)])
    assert (first.hit.article.id, others[0].hit.article.id) == ("a", "b")


def test_sources_are_counted_without_copies() -> None:
    report = statement(said(WORDS, "a"))
    cited = Citation(1, "a", report.start, report.end, report.quote, 1.0)
    copy = statement(said(LIKE, "b"), copy=True)
    own = statement(said(OWN, "c"))
    assert independent_sources([cited]) == 1
    assert independent_sources([replace(cited, also=(copy,))]) == 1
    assert independent_sources([replace(cited, also=(copy, own))]) == 2
    assert independent_sources([cited, replace(cited, number=2, article_id="b")]) == 2
    assert independent_sources([cited, replace(cited, article_id="b")], {"b": "a"}) == 1
    assert independent_sources([]) == 0


def test_two_articles_of_one_outlet_are_one_source() -> None:
    first = Citation(1, "a", 0, 4, "Grey", 1.0, source="Wire")
    again = replace(first, number=2, article_id="b", source="wire")
    other = replace(first, number=3, article_id="c", source="Echo")
    assert independent_sources([first, again]) == 1
    assert independent_sources([first, again, other]) == 2
    nameless = [replace(first, article_id="a", source=""), replace(again, source="")]
    assert independent_sources(nameless) == 2
