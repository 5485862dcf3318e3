"""Ranking metrics: where among the first k the relevant ids stand.

Computed by `ir_measures` (https://ir-measur.es), which runs trec_eval; all at once, as one call
costs as much as ten.
"""

from collections.abc import Mapping, Sequence

PASSAGES = {
    "hit_at_1": "Success@1",
    "hit_at_5": "Success@5",
    "hit_at_10": "Success@10",
    "recall_at_5": "R@5",
    "recall_at_10": "R@10",
    "precision_at_5": "P@5",
    "mrr": "RR@10",
    "map": "AP@10",
    "ndcg_at_10": "nDCG@10",
}
"""Metrics of a ranking of passages: our name and that of ir_measures."""

ARTICLES = {"article_recall_at_10": "R@10", "article_mrr": "RR@10", "article_ndcg_at_10": "nDCG@10"}
"""Metrics of the ranking of the articles that the passages are from."""


def score_ranking(
    ranked: Sequence[str], relevant: Mapping[str, int], measures: Mapping[str, str]
) -> dict[str, float]:
    """Each of `measures` (our name to that of ir_measures) for one ranking, best id first.

    `relevant` maps each relevant id to its grade, 1 or more. With rel_i the grade of the i-th id:

    - Success@k (hit) = 1 if any of the first k ids is relevant, else 0
    - R@k (recall) = relevant ids among the first k / all relevant ids
    - P@k (precision) = relevant ids among the first k / k
    - RR@k = 1 / rank of the first relevant id, 0 beyond k; its mean is MRR
    - AP@k = sum of P@i over the ranks i <= k of relevant ids / all relevant ids; its mean is MAP
    - nDCG@k = DCG@k / the best DCG@k possible, DCG@k = sum over i <= k of rel_i / log2(i + 1)
      (Järvelin and Kekäläinen 2002)

    Raises ValueError without a relevant id and for an id that is ranked twice.
    """
    if not relevant:
        raise ValueError("no relevant id: the measure is undefined")
    if len(set(ranked)) < len(ranked):
        raise ValueError("an id is ranked twice")
    if not ranked:
        return dict.fromkeys(measures, 0.0)
    import ir_measures  # here, as loading it takes 0.1 s that no other metric needs

    # trec_eval sorts by score, so the ranks are turned into distinct scores.
    run = [ir_measures.ScoredDoc("q", doc, float(-rank)) for rank, doc in enumerate(ranked)]
    qrels = [ir_measures.Qrel("q", doc, grade) for doc, grade in relevant.items()]
    wanted = {name: ir_measures.parse_measure(text) for name, text in measures.items()}
    found = ir_measures.calc_aggregate(list(wanted.values()), qrels, run)
    return {name: float(found[measure]) for name, measure in wanted.items()}
