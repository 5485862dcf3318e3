import math
from dataclasses import replace

import pytest

from eval.gold import Case, Kind, Source
from eval.scores import MEANS, gave_report_date, is_right, score_case
from eval.target import Target
from rag.types import Answer, Sentence, Verdict
from tests.pier import (
    BUILT,
    HURT,
    LEAKS,
    PIER,
    QUIET,
    WHO,
    Shelf,
    answer_of,
    cite,
    hit,
    words_missing,
)


def right(case: Case, answer: Answer) -> bool:
    return is_right(case, answer, Target.of(case, Shelf()))


def test_gave_report_date() -> None:
    assert gave_report_date("7 May 2021", PIER, ["5 May 2021"]) == 1.0
    assert gave_report_date("May 7", PIER, []) == 1.0
    assert gave_report_date("5 May 2021", PIER, ["5 May 2021"]) == 0.0
    assert gave_report_date("", PIER, []) == 0.0
    assert gave_report_date("7 May 2021", PIER, ["2021-05-07"]) is None
    assert gave_report_date("7 May 2021", replace(PIER, published=None), []) is None
    assert gave_report_date("7 May 2021", None, []) is None


# --- one case -----------------------------------------------------------------------------------


def test_scores_of_an_answered_fact() -> None:
    given_ = answer_of(
        ("Odile Brand built the pier", [cite(BUILT, support=0.9)]),
        ("It sank", [cite(LEAKS, 2, support=0.5)]),
        short="Brand",
        confidence=0.6,
    )
    assert not right(WHO, given_)
    assert right(WHO, replace(given_, short=""))
    assert right(WHO, replace(given_, short="one Odile Brand"))
    hits = [hit(LEAKS), hit(BUILT)]
    scores = score_case(WHO, given_, hits, Shelf(), words_missing)
    assert scores == {
        "right": 0.0,
        "hit_at_1": 0.0,
        "hit_at_5": 1.0,
        "hit_at_10": 1.0,
        "recall_at_5": 1.0,
        "recall_at_10": 1.0,
        "precision_at_5": pytest.approx(0.2),
        "mrr": 0.5,
        "map": 0.5,
        "ndcg_at_10": pytest.approx(1 / math.log2(3)),
        "article_recall_at_10": 1.0,
        "article_mrr": 1.0,
        "article_ndcg_at_10": 1.0,
        "short_em": 0.0,
        "short_f1": pytest.approx(2 / 3),
        "answer_contains": 1.0,
        "date_correct": None,
        "report_date_given": None,
        "citation_recall": 0.5,
        "citation_precision": 0.5,
        "support_mean": pytest.approx(0.7),
        "citation_verbatim": 1.0,
        "citation_hits_gold": 0.5,
        "answered_when_answerable": 1.0,
        "brier": pytest.approx(0.36),
    }
    assert set(scores) == set(MEANS)


def test_a_crash_scores_zero_wherever_the_metric_applies() -> None:
    answered = score_case(WHO, answer_of((BUILT, [cite(BUILT)])), [], Shelf(), words_missing)
    crashed = score_case(WHO, None, [], Shelf(), words_missing)
    worst = {name: None if v is None else 0.0 for name, v in answered.items()}
    assert crashed == worst | {"brier": 1.0}


def test_a_crash_without_a_gold_article_leaves_the_citations_on_gold_out() -> None:
    scores = score_case(replace(WHO, quotes=(), article=None), None, [], Shelf(), words_missing)
    assert scores["citation_hits_gold"] is None
    assert scores["citation_recall"] == scores["right"] == 0.0


def test_a_gold_article_that_is_missing_scores_zero() -> None:
    lost = replace(WHO, article="lost.md")
    found = [hit(BUILT, "p1")]
    given_ = answer_of((BUILT, [cite(BUILT)]))
    scores = score_case(lost, given_, found, Shelf(), words_missing)
    assert scores["hit_at_10"] == scores["citation_hits_gold"] == 0.0


def test_an_abstention_says_nothing() -> None:
    quiet = replace(answer_of((BUILT, [cite(BUILT)]), short="Odile Brand"), abstained=True)
    scores = score_case(WHO, quiet, [], Shelf(), words_missing)
    said = ("short_em", "short_f1", "answer_contains", "answered_when_answerable", "right")
    assert [scores[name] for name in said] == [0.0] * 5


def test_dropped_sentences_count_for_nothing_but_their_citations_must_be_verbatim() -> None:
    dropped = Sentence("It sank.", (), Verdict.DROPPED, "no evidence")
    loose = replace(cite(HURT, 2), quote="other words")
    base = answer_of((BUILT, [cite(BUILT)]))
    given_ = replace(base, sentences=(*base.sentences, dropped), citations=(cite(BUILT), loose))
    scores = score_case(WHO, given_, [], Shelf(), words_missing)
    names = ("citation_recall", "citation_hits_gold", "citation_verbatim")
    assert [scores[name] for name in names] == [1.0, 1.0, 0.5]


def test_target_ranks_the_first_gold_passage() -> None:
    target = Target.of(WHO, Shelf())
    other = hit(BUILT, "p0", article_id="a2")
    assert target.rank([other, hit(LEAKS, "p1"), hit("pier in", "p2")]) == 3
    assert target.rank([other]) is None


def test_recall_counts_the_gold_passages_that_were_not_found() -> None:
    both = replace(WHO, quotes=(BUILT, HURT))
    scores = score_case(both, QUIET, [hit(HURT), hit(LEAKS)], Shelf(), words_missing)
    assert scores["recall_at_10"] == 0.5
    assert scores["map"] == 0.5
    assert scores["precision_at_5"] == pytest.approx(0.2)


def test_an_article_alone_is_gold_as_a_whole() -> None:
    whole = Case("c", "What of the pier?", Kind.FACT, article="pier.md")
    cited = answer_of((LEAKS, [cite(LEAKS)]))
    found = [hit(LEAKS, "x", "a2"), hit(LEAKS)]
    scores = score_case(whole, cited, found, Shelf(), words_missing)
    assert (scores["right"], scores["citation_hits_gold"]) == (1.0, 1.0)
    assert scores["hit_at_10"] is None
    assert scores["article_mrr"] == 0.5
    assert not right(whole, answer_of((LEAKS, [cite(LEAKS, article_id="a2")])))


def test_a_further_article_that_is_missing_lowers_recall() -> None:
    two = replace(WHO, sources=(Source("lost.md", ("It sank.",), relevance=2),))
    scores = score_case(two, QUIET, [hit(BUILT)], Shelf(), words_missing)
    assert scores["article_recall_at_10"] == 0.5
    assert scores["recall_at_10"] == 1.0


# --- what is right, by kind ---------------------------------------------------------------------


def test_right_unanswerable() -> None:
    case = Case("c", "Who paid?", Kind.UNANSWERABLE)
    assert right(case, QUIET)
    assert not right(case, answer_of((BUILT, [cite(BUILT)])))


def test_right_false_premise() -> None:
    case = Case("c", "Who was hurt?", Kind.FALSE_PREMISE, (), "pier.md", (HURT,))
    assert right(case, QUIET)
    assert right(case, answer_of((HURT, [cite(HURT)])))
    assert not right(case, answer_of((BUILT, [cite(BUILT)])))


def test_right_date() -> None:
    case = Case("c", "When?", Kind.DATE, ("5 May 2021",), "pier.md", (HURT,))
    assert right(case, answer_of(("x", [cite(HURT)]), short="May 5, 2021"))
    assert right(case, answer_of(("Nobody was hurt on 5 May 2021.", [cite(HURT)])))
    assert not right(case, answer_of((HURT, [cite(HURT)]), short="7 May 2021"))
    assert not right(case, QUIET)


def test_right_undated() -> None:
    case = Case("c", "When did it leak?", Kind.DATE, (), "pier.md", (LEAKS,))
    cited = (LEAKS, [cite(LEAKS)])
    assert right(case, answer_of(cited))
    assert not right(case, answer_of(cited, short="7 May 2021"))
    assert not right(case, answer_of(cited, short="over the weekend"))
    assert not right(case, answer_of((BUILT, [cite(BUILT)])))
    assert not right(case, QUIET)


def test_right_yes_no() -> None:
    case = Case("c", "Hurt?", Kind.YES_NO, ("no",), "pier.md", (HURT,))
    assert right(case, answer_of((HURT, [cite(HURT)]), short="No"))
    assert right(case, answer_of(("No, nobody was.", [cite(HURT)])))
    assert not right(case, answer_of(("There is no doubt.", [cite(HURT)])))
    assert not right(case, answer_of(("No.", [cite(HURT)]), short="Yes"))


def test_right_summary_touches_every_quote() -> None:
    answers = ("Built by Brand, it leaks.",)
    case = Case("c", "What of the pier?", Kind.SUMMARY, answers, "pier.md", (BUILT, LEAKS))
    assert right(case, answer_of((BUILT, [cite(BUILT)]), (LEAKS, [cite(LEAKS, 2)])))
    assert not right(case, answer_of((BUILT, [cite(BUILT)])))


def test_right_list_names_every_item() -> None:
    case = Case("c", "Who?", Kind.LIST, ("Pell, Marsh and Brand",))
    assert right(case, answer_of(("Brand sails; so do Marsh and Pell.", [cite(BUILT)])))
    assert not right(case, answer_of(("Brand sails; so does Marsh.", [cite(BUILT)])))


def test_right_without_gold_answers_cites_a_gold_quote() -> None:
    case = replace(WHO, answers=())
    assert right(case, answer_of((BUILT, [cite(BUILT)])))
    assert not right(case, answer_of((LEAKS, [cite(LEAKS)])))
