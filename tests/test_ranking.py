import math

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval.ranking import ARTICLES, PASSAGES, score_ranking

RANKED, RELEVANT = ["a", "x", "b", "y"], {"a": 1, "b": 1, "c": 1}


def one(measure: str, ranked: list[str], relevant: dict[str, int] | set[str]) -> float:
    grades = relevant if isinstance(relevant, dict) else dict.fromkeys(relevant, 1)
    return score_ranking(ranked, grades, {"it": measure})["it"]


def test_hit() -> None:
    found = [one(f"Success@{k}", RANKED, {"b"}) for k in (1, 2, 3, 10)]
    assert found == [0.0, 0.0, 1.0, 1.0]


def test_recall() -> None:
    found = [one(f"R@{k}", RANKED, RELEVANT) for k in (1, 2, 3, 10)]
    assert found == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_precision() -> None:
    # Of the first five, one place is empty: it counts against.
    assert one("P@2", RANKED, RELEVANT) == 0.5
    assert one("P@5", RANKED, RELEVANT) == pytest.approx(2 / 5)


def test_reciprocal_rank() -> None:
    assert one("RR@10", RANKED, {"b", "y"}) == pytest.approx(1 / 3)
    assert one("RR@2", RANKED, {"b"}) == 0.0
    assert one("RR@10", RANKED, {"z"}) == 0.0


def test_average_precision() -> None:
    # Relevant at ranks 1 and 3 of three relevant ids: (1/1 + 2/3) / 3.
    assert one("AP@10", RANKED, RELEVANT) == pytest.approx((1 + 2 / 3) / 3)
    assert one("AP@2", RANKED, RELEVANT) == pytest.approx(1 / 3)


def test_ndcg() -> None:
    # DCG = 1/log2(2) + 1/log2(4) = 1.5; the best order of three has 1 + 1/log2(3) + 1/2.
    best = 1 + 1 / math.log2(3) + 0.5
    assert one("nDCG@10", RANKED, RELEVANT) == pytest.approx(1.5 / best)
    assert one("nDCG@2", RANKED, RELEVANT) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_ndcg_weighs_by_grade() -> None:
    graded = one("nDCG@10", ["a", "b"], {"a": 1, "b": 3})
    assert graded == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))


def test_the_order_of_ids_decides_not_their_names() -> None:
    # trec_eval breaks ties by name; distinct scores leave none.
    assert one("RR@10", ["z", "a"], {"z"}) == one("RR@10", ["a", "z"], {"a"}) == 1.0


def test_refuses_what_has_no_value() -> None:
    assert one("Success@5", [], {"a"}) == 0.0
    with pytest.raises(ValueError, match="no relevant"):
        one("Success@5", ["a"], {})
    with pytest.raises(ValueError, match="twice"):
        one("Success@5", ["a", "a"], {"a"})


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_metrics_agree_with_each_other(ranked: list[str], relevant: set[str]) -> None:
    first = next((n for n, name in enumerate(ranked, 1) if name in relevant), None)
    assert one("RR@10", ranked, relevant) == pytest.approx(1 / first if first else 0.0)
    for k in (1, 3, 6):
        hit = one(f"Success@{k}", ranked, relevant)
        assert hit == float(first is not None and first <= k)
        assert one(f"R@{k}", ranked, relevant) <= hit
        assert one(f"P@{k}", ranked, relevant) * k == pytest.approx(len(relevant & set(ranked[:k])))
        assert 0.0 <= one(f"nDCG@{k}", ranked, relevant) <= 1.0


TREC = {
    "R@5": "recall_5", "R@10": "recall_10", "P@5": "P_5", "AP@10": "map_cut_10",
    "nDCG@10": "ndcg_cut_10", "Success@1": "success_1", "Success@5": "success_5",
    "Success@10": "success_10",
}  # fmt: skip


@given(
    st.permutations([f"d{n}" for n in range(20)]),
    st.dictionaries(st.sampled_from([f"d{n}" for n in range(25)]), st.integers(1, 3), min_size=1),
)
def test_every_metric_is_that_of_trec_eval(ranked: list[str], relevant: dict[str, int]) -> None:
    scores = {doc: 1000.0 - n for n, doc in enumerate(ranked)}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": relevant}, set(TREC.values()))
    theirs = evaluator.evaluate({"q": scores})["q"]
    first = pytrec_eval.RelevanceEvaluator({"q": relevant}, {"recip_rank"})
    top = {doc: scores[doc] for doc in ranked[:10]}
    theirs["recip_rank"] = first.evaluate({"q": top})["q"]["recip_rank"]
    for measures in (PASSAGES, ARTICLES):
        ours = score_ranking(ranked, relevant, measures)
        for name, measure in measures.items():
            expected = theirs[TREC.get(measure, "recip_rank")]
            assert ours[name] == pytest.approx(expected, abs=1e-5), measure
