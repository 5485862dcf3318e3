from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from rag.protocols import Draft, DraftSentence
from rag.quote import QuoteDrafter
from rag.types import Evidence, Verdict
from rag.verify import Checked, Verifier
from tests.fakes import evidence

FERRY = evidence("The ferry sank on 3 March 2021 with 212 people on board.", identity="a1")
MOE = evidence("Ida Moe, the harbour master, said the doors had been open.", identity="a2")


class Says:
    """Supports every span with the same probability."""

    def __init__(self, probability: float) -> None:
        self._probability = probability

    def support(self, sentence: str, spans: Sequence[str]) -> list[float]:
        return [self._probability] * len(spans)


def check(
    text: str, *cites: int, found: Sequence[Evidence] = (FERRY, MOE), support: float = 0.9
) -> Checked:
    draft = Draft((DraftSentence(text, cites),))
    (checked,) = Verifier(Says(support)).check(draft, found)
    return checked


def test_a_quote_over_two_paragraphs_is_displayed_as_one_and_stays_a_quote() -> None:
    item = evidence("“We sent a few,” he added.\n\nHe named no number.")
    (checked,) = Verifier(Says(0.0)).check(QuoteDrafter().draft("q", [item]), [item])
    assert checked.sentence.text == "“We sent a few,” he added. He named no number."
    assert checked.sentence.verdict is Verdict.QUOTED
    assert checked.citations[0].quote == item.text


def test_a_whole_sentence_is_quoted_with_its_place() -> None:
    found = evidence("The doors were open.", before="It was late. ", published=date(2021, 3, 4))
    checked = check(found.text, 1, found=[found])
    (citation,) = checked.citations
    assert checked.sentence.verdict is Verdict.QUOTED
    assert (citation.start, citation.end, citation.support) == (13, 33, 1.0)
    assert found.hit.article.text[citation.start : citation.end] == citation.quote == found.text


def test_a_citation_of_a_changed_article_says_when_it_was_changed() -> None:
    days = {"published": date(2021, 3, 4), "modified": date(2021, 3, 6)}
    for version, changed in ((1, None), (2, date(2021, 3, 6))):
        found = evidence("The doors were open.", version=version, **days)
        assert check(found.text, 1, found=[found]).citations[0].changed == changed


def test_a_paraphrase_is_supported() -> None:
    checked = check("There were 212 people on the ferry when it sank.", 1)
    assert checked.sentence.verdict is Verdict.SUPPORTED
    assert checked.sentence.citations == (1,)
    assert checked.citations[0].support == 0.9


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank with 221 people on board.",
        "The ferry sank on 5 March 2021.",
        "Per Lund said the doors had been open.",
        "Ida Moe said the doors “were wide open”.",
    ],
)
def test_an_invented_fact_is_dropped_with_the_reason(text: str) -> None:
    checked = check(text, 1)
    assert checked.sentence.verdict is Verdict.DROPPED
    assert checked.citations == ()
    assert checked.sentence.citations == ()
    assert checked.sentence.why


def test_a_meaning_that_is_not_carried_is_dropped() -> None:
    checked = check("The ferry was on time.", 1, support=0.2)
    assert checked.sentence.verdict is Verdict.DROPPED
    assert "0.20" in checked.sentence.why


@pytest.mark.parametrize("cites", [(2,), (99,), (0, -1), ()])
def test_a_wrong_citation_is_mended(cites: tuple[int, ...]) -> None:
    checked = check("The ferry sank with 212 people on board.", *cites)
    assert [citation.article_id for citation in checked.citations] == ["a1"]


def test_facts_from_two_spans_need_both() -> None:
    text = "The ferry sank with 212 people on board, and Ida Moe said the doors had been open."
    checked = check(text, 1, 2)
    assert [citation.article_id for citation in checked.citations] == ["a1", "a2"]
    assert checked.sentence.citations == (1, 2)


def test_facts_of_two_spans_under_one_citation_get_both() -> None:
    text = "The ferry sank on 3 March 2021 with 212 people on board, and the doors had been open."
    checked = check(text, 1)
    assert checked.sentence.verdict is Verdict.DROPPED or checked.sentence.citations == (1, 2)


def test_a_clause_copied_from_another_span_needs_that_span() -> None:
    wreck = evidence("The wreck of the ferry was sold for scrap.", identity="a3")
    text = f"{FERRY.text[:-1]}, and the wreck of the ferry was sold for scrap."
    checked = check(text, 1, found=[FERRY, MOE, wreck])
    assert [citation.article_id for citation in checked.citations] == ["a1", "a3"]
    alone = check(text, 1, found=[FERRY, MOE], support=0.4)
    assert alone.sentence.verdict is Verdict.DROPPED


def test_a_near_copy_with_a_changed_name_is_carried_by_no_other_span() -> None:
    other = evidence("Per Lund slept. A bus was late.", identity="a3")
    text = MOE.text.replace("Ida Moe", "Per Lund")
    assert check(text, 2, found=[FERRY, MOE, other]).sentence.verdict is Verdict.DROPPED


def test_sentences_are_checked_while_they_are_written() -> None:
    taken: list[str] = []

    def writing() -> Iterator[DraftSentence]:
        for item in (MOE, FERRY):
            taken.append(item.text)
            yield DraftSentence(item.text, (1,))

    checked = Verifier(Says(0.9)).check_each(writing(), [FERRY, MOE])
    assert next(checked).sentence.text == MOE.text
    assert taken == [MOE.text]


def test_one_span_has_one_number_in_the_whole_answer() -> None:
    draft = Draft(
        (
            DraftSentence(MOE.text, (2,)),
            DraftSentence(FERRY.text, (1,)),
            DraftSentence("The ferry had 212 people on board.", (1,)),
        )
    )
    checked = list(Verifier(Says(0.9)).check(draft, [FERRY, MOE]))
    assert [item.sentence.citations for item in checked] == [(1,), (2,), (2,)]


def test_no_evidence_carries_nothing() -> None:
    assert check("The ferry sank.", 1, found=[]).sentence.verdict is Verdict.DROPPED
