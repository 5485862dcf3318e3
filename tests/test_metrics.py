import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval.gold import Case, Kind
from eval.metrics import (
    Target,
    abstention,
    bootstrap_interval,
    citation_precision,
    gave_report_date,
    hit_at,
    is_right,
    mean,
    ndcg_at,
    overlaps,
    percentile,
    recall_at,
    reciprocal_rank,
    score_case,
    support_rate,
    verbatim_share,
)
from ingest.types import Article, Passage
from rag.types import Answer, Citation, Hit, Sentence, Verdict

TEXT = "Odile Brand built the pier in 1998. It leaks. Nobody was hurt on 5 May 2021."
PIER = Article(id="a1", text=TEXT, title="Pier", source="Post", published=date(2021, 5, 7))
BUILT, LEAKS, HURT = TEXT[:35], TEXT[36:45], TEXT[46:]
WHO = Case("c1", "Who built the pier?", Kind.FACT, ("Odile Brand",), "pier.md", (BUILT,))


class Shelf:
    def find(self, reference: str) -> Article | None:
        return PIER if reference == "pier.md" else None

    def article(self, article_id: str) -> Article | None:
        return PIER if article_id == PIER.id else None

    def count(self) -> int:
        return 1

    def fingerprint(self) -> str:
        return "f"


def words_missing(
    sentence: str, span: str, *, context: str = "", published: date | None = None
) -> list[str]:
    """A check as strict as can be: every word of the sentence stands in the span."""
    return [word for word in sentence.split() if word not in span]


def cite(quote: str, number: int = 1, support: float = 1.0, article_id: str = "a1") -> Citation:
    start = TEXT.find(quote)
    return Citation(number, article_id, start, start + len(quote), quote, support)


def answer_of(*pairs: tuple[str, Sequence[Citation]], short: str = "") -> Answer:
    sentences = [
        Sentence(text, tuple(c.number for c in cited), Verdict.SUPPORTED) for text, cited in pairs
    ]
    citations = {c.number: c for _, cited in pairs for c in cited}
    return Answer("q", tuple(sentences), tuple(citations.values()), short=short)


def hit(quote: str, name: str, article_id: str = "a1") -> Hit:
    start = TEXT.find(quote)
    passage = Passage(name, article_id, 0, quote, start, start + len(quote))
    return Hit(passage, PIER, 1.0)


def right(case: Case, answer: Answer) -> bool:
    return is_right(case, answer, Target.of(case, Shelf()))


# --- rankings -----------------------------------------------------------------------------------

RANKED, RELEVANT = ["a", "x", "b", "y"], {"a", "b", "c"}


def test_hit_at() -> None:
    assert [hit_at(RANKED, {"b"}, k) for k in (1, 2, 3, 10)] == [0.0, 0.0, 1.0, 1.0]


def test_recall_at() -> None:
    found = [recall_at(RANKED, RELEVANT, k) for k in (1, 2, 3, 10)]
    assert found == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_reciprocal_rank() -> None:
    assert reciprocal_rank(RANKED, {"b", "y"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKED, {"b"}, k=2) == 0.0
    assert reciprocal_rank(RANKED, {"z"}) == 0.0


def test_ndcg_at() -> None:
    # DCG = 1/log2(2) + 1/log2(4) = 1.5; the best order of three has 1 + 1/log2(3) + 1/2.
    best = 1 + 1 / math.log2(3) + 0.5
    assert ndcg_at(RANKED, RELEVANT, 10) == pytest.approx(1.5 / best)
    assert ndcg_at(RANKED, RELEVANT, 2) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_the_order_of_ids_decides_not_their_names() -> None:
    # trec_eval breaks ties by name; distinct scores leave none.
    assert reciprocal_rank(["z", "a"], {"z"}) == reciprocal_rank(["a", "z"], {"a"}) == 1.0


def test_rankings_refuse_what_has_no_value() -> None:
    assert hit_at([], {"a"}, 5) == 0.0
    with pytest.raises(ValueError, match="no relevant"):
        hit_at(["a"], set(), 5)
    with pytest.raises(ValueError, match="twice"):
        hit_at(["a", "a"], {"a"}, 5)


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_rankings_agree_with_each_other(ranked: list[str], relevant: set[str]) -> None:
    first = next((n for n, name in enumerate(ranked, 1) if name in relevant), None)
    assert reciprocal_rank(ranked, relevant) == pytest.approx(1 / first if first else 0.0)
    for k in (1, 3, 6):
        assert hit_at(ranked, relevant, k) == float(first is not None and first <= k)
        assert recall_at(ranked, relevant, k) <= hit_at(ranked, relevant, k)
        assert 0.0 <= ndcg_at(ranked, relevant, k) <= 1.0


# --- citations ----------------------------------------------------------------------------------


def test_overlap_takes_one_shared_character() -> None:
    assert overlaps((0, 5), [(4, 9)])
    assert not overlaps((0, 5), [(5, 9)])
    assert not overlaps((0, 5), [])
    assert not overlaps((3, 3), [(0, 9)])


def test_citation_precision() -> None:
    gold = [(0, 35)]
    cited = [cite(BUILT), cite(LEAKS), cite("built the"), cite(BUILT, article_id="a2")]
    assert citation_precision(cited, "a1", gold) == 0.5
    assert citation_precision([], "a1", gold) is None


def test_verbatim_share() -> None:
    moved = replace(cite(LEAKS), start=37)
    stray = cite(BUILT, article_id="a2")
    assert verbatim_share([cite(BUILT), moved, stray, cite(HURT)], Shelf().article) == 0.5
    assert verbatim_share([], Shelf().article) is None


def test_support_rate() -> None:
    assert support_rate([True, False, True, True]) == 0.75
    assert support_rate([]) is None


# --- abstaining, dates, statistics --------------------------------------------------------------


def test_abstention_by_hand() -> None:
    # Abstained 4 times, 3 rightly; should have 5 times: P = 3/4, R = 3/5, F1 = 6/9.
    judged = [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 4
    assert abstention(judged) == pytest.approx((0.75, 0.6, 2 / 3))


def test_abstention_without_a_denominator() -> None:
    assert abstention([]) == (None, None, None)
    assert abstention([(False, True)]) == (None, 0.0, 0.0)
    assert abstention([(True, False)]) == (0.0, None, 0.0)


def test_gave_report_date() -> None:
    assert gave_report_date("7 May 2021", PIER, ["5 May 2021"]) == 1.0
    assert gave_report_date("May 7", PIER, []) == 1.0
    assert gave_report_date("5 May 2021", PIER, ["5 May 2021"]) == 0.0
    assert gave_report_date("", PIER, []) == 0.0
    assert gave_report_date("7 May 2021", PIER, ["2021-05-07"]) is None
    assert gave_report_date("7 May 2021", replace(PIER, published=None), []) is None
    assert gave_report_date("7 May 2021", None, []) is None


def test_mean_and_percentile() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    # Five values: the 95th percentile lies 0.8 of the way from the fourth to the fifth.
    assert percentile([10, 20, 30, 40, 50], 95) == pytest.approx(48)
    assert percentile([10, 20, 30, 40], 50) == 25
    assert mean([]) is percentile([], 50) is None


def test_bootstrap_interval_is_that_of_scipy() -> None:
    values = [1.0] * 30 + [0.0] * 10
    low, high = bootstrap_interval(values, resamples=5000) or (0.0, 0.0)
    theirs = stats.bootstrap(
        (values,), lambda x, axis: x.mean(axis), method="percentile", n_resamples=5000, rng=1
    ).confidence_interval
    # Both are random: means of 40 values move in steps of 1/40.
    assert low == pytest.approx(theirs.low, abs=0.026)
    assert high == pytest.approx(theirs.high, abs=0.026)
    assert (low, high) == bootstrap_interval(values, resamples=5000)


def test_bootstrap_interval_of_little() -> None:
    assert bootstrap_interval([1.0]) is None
    assert bootstrap_interval([0.5, 0.5, 0.5]) == (0.5, 0.5)


# --- one case -----------------------------------------------------------------------------------


def test_scores_of_an_answered_fact() -> None:
    given_ = answer_of(
        ("Odile Brand built the pier", [cite(BUILT, support=0.9)]),
        ("It sank", [cite(LEAKS, 2, support=0.5)]),
        short="Brand",
    )
    assert not right(WHO, given_)
    assert right(WHO, replace(given_, short=""))
    assert right(WHO, replace(given_, short="one Odile Brand"))
    hits = [hit(LEAKS, "p2"), hit("the pier", "p1")]
    scores = score_case(WHO, given_, hits, Shelf(), words_missing)
    assert scores == {
        "right": 0.0,
        "hit_at_1": 0.0,
        "hit_at_5": 1.0,
        "hit_at_10": 1.0,
        "mrr": 0.5,
        "short_em": 0.0,
        "short_f1": pytest.approx(2 / 3),
        "answer_contains": 1.0,
        "date_correct": None,
        "report_date_given": None,
        "citation_support": 0.5,
        "support_mean": pytest.approx(0.7),
        "citation_verbatim": 1.0,
        "citation_hits_gold": 0.5,
        "answered_when_answerable": 1.0,
    }


def test_a_crash_scores_zero_wherever_the_metric_applies() -> None:
    answered = score_case(WHO, answer_of((BUILT, [cite(BUILT)])), [], Shelf(), words_missing)
    crashed = score_case(WHO, None, [], Shelf(), words_missing)
    assert crashed == {name: None if v is None else 0.0 for name, v in answered.items()}


def test_a_crash_without_gold_quotes_leaves_the_citations_on_gold_out() -> None:
    scores = score_case(replace(WHO, quotes=()), None, [], Shelf(), words_missing)
    assert scores["citation_hits_gold"] is None
    assert scores["citation_support"] == scores["right"] == 0.0


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


def test_two_quotes_may_carry_a_sentence_together() -> None:
    both = ("Odile hurt", [cite(BUILT), cite(HURT, 2)])
    assert score_case(WHO, answer_of(both), [], Shelf(), words_missing)["citation_support"] == 1.0
    uncited = answer_of(("Odile", []))
    assert score_case(WHO, uncited, [], Shelf(), words_missing)["citation_support"] == 0.0


def test_the_check_is_told_what_stands_around_the_quote() -> None:
    heard: list[tuple[str, date | None]] = []

    def listen(
        sentence: str, span: str, *, context: str = "", published: date | None = None
    ) -> list[str]:
        heard.append((context, published))
        return []

    quoted = replace(cite(LEAKS), title="Pier", source="Post", published=date(2021, 5, 7))
    score_case(WHO, answer_of(("It leaks.", [quoted])), [], Shelf(), listen)
    assert heard == [(f"Pier\nPost\n7 May 2021\n{BUILT}", date(2021, 5, 7))]


def test_dropped_sentences_count_for_nothing_but_their_citations_must_be_verbatim() -> None:
    dropped = Sentence("It sank.", (), Verdict.DROPPED, "no evidence")
    loose = replace(cite(HURT, 2), quote="other words")
    base = answer_of((BUILT, [cite(BUILT)]))
    given_ = replace(base, sentences=(*base.sentences, dropped), citations=(cite(BUILT), loose))
    scores = score_case(WHO, given_, [], Shelf(), words_missing)
    names = ("citation_support", "citation_hits_gold", "citation_verbatim")
    assert [scores[name] for name in names] == [1.0, 1.0, 0.5]


def test_target_ranks_the_first_gold_passage() -> None:
    target = Target.of(WHO, Shelf())
    other = hit(BUILT, "p0", article_id="a2")
    assert target.rank([other, hit(LEAKS, "p1"), hit("pier in", "p2")]) == 3
    assert target.rank([other]) is None


# --- what is right, by kind ---------------------------------------------------------------------

QUIET = Answer("q", abstained=True, reason="The articles do not say.")


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
