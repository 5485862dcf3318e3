"""Metrics: small pure functions from what was found, cited and said to one number each.

Rankings go through `ir_measures` (https://ir-measur.es), which computes them with trec_eval.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np

from eval.answers import (
    contains,
    covers,
    exact_match,
    is_day,
    normalize,
    same_date,
    tells_date,
    token_f1,
)
from eval.gold import Case, Kind, Library, Span, find_spans
from ingest.passages import written
from ingest.sentences import split_sentences
from ingest.types import Article
from rag.types import Answer, Citation, Hit, Sentence


def hit_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Hit@k = 1 if any of the first `k` ids of `ranked` is relevant, else 0."""
    return _measure("Success", ranked, relevant, k)


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Recall@k = |relevant ids among the first k| / |relevant ids|."""
    return _measure("R", ranked, relevant, k)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """RR@k = 1 / rank of the first relevant id, 0 beyond rank `k`; its mean is MRR@k."""
    return _measure("RR", ranked, relevant, k)


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """nDCG@k = DCG@k / the best DCG@k possible, DCG@k = sum over i <= k of rel_i / log2(i + 1).

    rel_i is 1 where the i-th id is relevant, else 0 (Järvelin and Kekäläinen 2002).
    """
    return _measure("nDCG", ranked, relevant, k)


def _measure(name: str, ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    if not relevant:
        raise ValueError("no relevant id: the measure is undefined")
    if len(set(ranked)) < len(ranked):
        raise ValueError("an id is ranked twice")
    if not ranked:
        return 0.0
    import ir_measures  # here, as loading it takes 0.1 s that no other metric needs

    # trec_eval sorts by score, so the ranks are turned into distinct scores.
    run = [ir_measures.ScoredDoc("q", doc, float(-rank)) for rank, doc in enumerate(ranked)]
    qrels = [ir_measures.Qrel("q", doc, 1) for doc in relevant]
    measure = ir_measures.parse_measure(f"{name}@{k}")
    return float(ir_measures.calc_aggregate([measure], qrels, run)[measure])


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether `span` shares at least one character with any of `others`."""
    start, end = span
    return any(max(start, low) < min(end, high) for low, high in others)


def citation_precision(
    citations: Sequence[Citation], article_id: str, gold: Sequence[Span]
) -> float | None:
    """|citations that overlap a gold quote| / |citations|; None without a citation.

    `gold` are the spans of the gold quotes in the article `article_id`.
    """
    return _share(
        c.article_id == article_id and overlaps((c.start, c.end), gold) for c in citations
    )


def verbatim_share(
    citations: Sequence[Citation], article: Callable[[str], Article | None]
) -> float | None:
    """|citations with article.text[start:end] == quote| / |citations|; None without a citation.

    `article` gives the article of an id; a citation of one that is not there is not verbatim.
    """
    return _share(_is_verbatim(c, article(c.article_id)) for c in citations)


def _is_verbatim(citation: Citation, article: Article | None) -> bool:
    return article is not None and article.text[citation.start : citation.end] == citation.quote


def support_rate(supported: Iterable[bool]) -> float | None:
    """|displayed sentences that their quotes support| / |displayed sentences|; None without any."""
    return _share(supported)


def _share(marks: Iterable[bool]) -> float | None:
    return mean([float(mark) for mark in marks])


class Abstention(NamedTuple):
    """How well abstaining was judged; each None where its denominator is 0."""

    precision: float | None
    recall: float | None
    f1: float | None


def abstention(judged: Iterable[tuple[bool, bool]]) -> Abstention:
    """Precision, recall and F1 of abstaining, over pairs (abstained, should have abstained).

    P = |abstained and should| / |abstained|, R = |abstained and should| / |should|,
    F1 = 2 |abstained and should| / (|abstained| + |should|).
    """
    pairs = list(judged)
    both = sum(did and should for did, should in pairs)
    did_all = sum(did for did, _ in pairs)
    should_all = sum(should for _, should in pairs)
    return Abstention(
        precision=both / did_all if did_all else None,
        recall=both / should_all if should_all else None,
        f1=2 * both / (did_all + should_all) if did_all + should_all else None,
    )


def gave_report_date(short: str, article: Article | None, answers: Sequence[str]) -> float | None:
    """1.0 when a short answer is the gold article's published date and the gold answer is not.

    None where the two cannot be confused: no article, no published date, or the event happened
    on the day of the report.
    """
    if article is None or article.published is None:
        return None
    day = article.published
    return None if any(is_day(gold, day) for gold in answers) else float(is_day(short, day))


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return float(np.mean(values)) if values else None


def percentile(values: Sequence[float], q: float) -> float | None:
    """The `q`-th percentile (0 to 100), linear between neighbours; None of nothing."""
    return float(np.percentile(values, q)) if values else None


def bootstrap_interval(
    values: Sequence[float], *, level: float = 0.95, resamples: int = 2000, seed: int = 0
) -> tuple[float, float] | None:
    """The percentile bootstrap interval of the mean (Efron 1979); None for fewer than 2 values.

    Draws `resamples` samples of the same size with replacement and takes the (1 - level) / 2 and
    (1 + level) / 2 quantiles of their means. The same `seed` gives the same interval.
    """
    if len(values) < 2:
        return None
    sample = np.asarray(values, dtype=float)
    random = np.random.default_rng(seed)
    # One resample at a time: all at once would take 160 MB for 10,000 cases.
    means = [random.choice(sample, len(sample)).mean() for _ in range(resamples)]
    low, high = np.percentile(means, [50 * (1 - level), 50 * (1 + level)])
    return float(low), float(high)


CONTEXT_CHARACTERS = 400
"""How far before a quote its context is looked for."""


class Check(Protocol):
    """Finds what a sentence claims and the quoted words do not carry."""

    def __call__(
        self, sentence: str, span: str, *, context: str = "", published: date | None = None
    ) -> Sequence[object]:
        """The problems, empty when `span` carries `sentence`; see `rag.claims.check_claims`."""
        ...


Scores = dict[str, float | None]
"""One case's value of each metric by name; None where the metric does not apply to the case."""


@dataclass(frozen=True)
class Target:
    """Where a case's right answer stands."""

    article: Article | None
    quotes: tuple[list[Span], ...]
    """For each gold quote, every place where it stands in the article."""

    @classmethod
    def of(cls, case: Case, library: Library) -> "Target":
        """Looks the gold article and its quotes up; what is not there is never hit."""
        article = library.find(case.article) if case.article else None
        text = article.text if article else ""
        return cls(article, tuple(find_spans(text, [quote]) for quote in case.quotes))

    @property
    def spans(self) -> list[Span]:
        """The places of all gold quotes."""
        return [span for places in self.quotes for span in places]

    def hit(self, hit: Hit) -> bool:
        """Whether a passage of the gold article overlaps a gold quote."""
        passage = hit.passage
        right_article = self.article is not None and passage.article_id == self.article.id
        return right_article and overlaps((passage.start, passage.end), self.spans)

    def rank(self, hits: Sequence[Hit]) -> int | None:
        """The rank, from 1, of the first hit; None without one."""
        return next((rank for rank, hit in enumerate(hits, 1) if self.hit(hit)), None)

    def reached(self, citations: Sequence[Citation]) -> list[bool]:
        """For each gold quote, whether any citation overlaps it."""
        article_id = self.article.id if self.article else ""
        return [bool(citation_precision(citations, article_id, spans)) for spans in self.quotes]


def score_case(
    case: Case, answer: Answer | None, hits: Sequence[Hit], library: Library, check: Check
) -> Scores:
    """Every metric of one case; with `answer` None (the case crashed), 0 wherever it applies."""
    target = Target.of(case, library)
    given = answer or Answer(case.question)
    cited = displayed_citations(given)
    citing: Scores = {
        "citation_support": support_rate(_supported(s, given, library, check) for s in given.shown),
        "support_mean": mean([c.support for c in cited]),
        "citation_verbatim": verbatim_share(given.citations, library.article),
        "citation_hits_gold": _precision(cited, target) if case.quotes else None,
    }
    if answer is None and case.should_answer:
        citing = dict.fromkeys(citing, 0.0) | ({} if case.quotes else {"citation_hits_gold": None})
    right: Scores = {"right": float(is_right(case, given, target))}
    return ranking_scores(case, hits, target) | answer_scores(case, given, target) | citing | right


def displayed_citations(answer: Answer) -> list[Citation]:
    """The citations of the sentences that are shown."""
    shown = {number for sentence in answer.shown for number in sentence.citations}
    return [citation for citation in answer.citations if citation.number in shown]


def ranking_scores(case: Case, hits: Sequence[Hit], target: Target) -> Scores:
    """Hit@1, 5, 10 and RR@10 of the gold passages; None for a case without gold quotes."""
    names = {"hit_at_1": 1, "hit_at_5": 5, "hit_at_10": 10}
    if not case.quotes:
        return dict.fromkeys([*names, "mrr"])
    ranked = [hit.passage.id for hit in hits]
    relevant = {hit.passage.id for hit in hits if target.hit(hit)} or {"(not retrieved)"}
    scores: Scores = {name: hit_at(ranked, relevant, k) for name, k in names.items()}
    return scores | {"mrr": reciprocal_rank(ranked, relevant)}


def answer_scores(case: Case, answer: Answer, target: Target) -> Scores:
    """What was said against the gold answers; an abstention says nothing."""
    short, _ = said(answer)
    dated = case.kind is Kind.DATE
    scores: Scores = dict.fromkeys(
        ["short_em", "short_f1", "answer_contains", "date_correct", "report_date_given"]
    )
    # A summary's gold answers are whole sentences: their words are not to be met by chance.
    if case.should_answer and case.answers and case.kind is not Kind.SUMMARY:
        scores["short_em"] = exact_match(short, case.answers)
        scores["short_f1"] = token_f1(short, case.answers)
        if case.kind is not Kind.YES_NO:  # "no" stands in too many sentences to mean anything
            found = [_holds(case)(part, case.answers) for part in said(answer)]
            scores["answer_contains"] = max(found)
        scores["date_correct"] = _date_is_right(case, answer) if dated else None
    if dated:
        scores["report_date_given"] = gave_report_date(short, target.article, case.answers)
    answered = float(not answer.abstained and bool(answer.shown))
    return scores | {"answered_when_answerable": answered if case.should_answer else None}


def said(answer: Answer) -> tuple[str, str]:
    """The short answer and the displayed sentences; both empty for an abstention."""
    if answer.abstained:
        return "", ""
    return answer.short, " ".join(sentence.text for sentence in answer.shown)


def is_right(case: Case, answer: Answer, target: Target) -> bool:
    """Whether an answer is right, by the rule of its case's kind (docs/evaluation.md)."""
    reached = target.reached(displayed_citations(answer))
    if not case.should_answer:
        return answer.abstained or (case.kind is Kind.FALSE_PREMISE and any(reached))
    if answer.abstained:
        return False
    short, text = said(answer)
    if case.undated:
        # Whatever a when-question gets as its short answer stands as a date, "last week" too.
        return any(reached) and not short
    if case.kind is Kind.SUMMARY and case.quotes:
        return all(reached)
    if not case.answers:
        return any(reached)
    if case.kind is Kind.YES_NO:
        first = normalize(short or text).partition(" ")[0]
        return first in map(normalize, case.answers)
    if case.kind is Kind.DATE:
        return bool(_date_is_right(case, answer))
    # A wrong short answer misleads even above a sentence that has the right one.
    return bool(_holds(case)(short or text, case.answers))


def _holds(case: Case) -> Callable[[str, Sequence[str]], float]:
    return covers if case.kind is Kind.LIST else contains


def _date_is_right(case: Case, answer: Answer) -> float:
    short, text = said(answer)
    if short:
        return float(any(same_date(short, gold) for gold in case.answers))
    return float(any(tells_date(text, gold) for gold in case.answers))


def _precision(cited: Sequence[Citation], target: Target) -> float | None:
    return citation_precision(cited, target.article.id if target.article else "", target.spans)


def _supported(sentence: Sentence, answer: Answer, library: Library, check: Check) -> bool:
    cited = [c for c in answer.citations if c.number in sentence.citations]
    # One quote may carry the sentence alone; a comparison needs its quotes together.
    groups = [[c] for c in cited] + [cited] * (len(cited) > 1)
    return any(_carry(sentence.text, group, library, check) for group in groups)


def _carry(text: str, cited: Sequence[Citation], library: Library, check: Check) -> bool:
    words = " ".join(c.quote for c in cited)
    context = "\n".join(_around(c, library.article(c.article_id)) for c in cited)
    return not check(text, words, context=context, published=cited[0].published)


def _around(citation: Citation, article: Article | None) -> str:
    """What a reader of a quote knows without it: title, outlet, date, the sentence before."""
    before = article.text[: citation.start][-CONTEXT_CHARACTERS:] if article else ""
    sentences = split_sentences(before)
    previous = before[slice(*sentences[-1])] if sentences else ""
    return "\n".join([citation.title, citation.source, written(citation.published), previous])
