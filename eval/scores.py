"""One case's metrics: what was found, cited and said, each as one number."""

from collections.abc import Callable, Sequence

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
from eval.calibration import brier
from eval.citations import Check, attribution, carries, displayed, verbatim_share
from eval.gold import Case, Kind
from eval.library import Library
from eval.ranking import ARTICLES, PASSAGES, score_ranking
from eval.statistics import mean
from eval.target import Target
from ingest.types import Article
from rag.types import Answer, Hit

Scores = dict[str, float | None]
"""One case's value of each metric by name; None where the metric does not apply to the case."""

SAID = ("short_em", "short_f1", "answer_contains", "date_correct", "report_date_given")
CITED = (
    "citation_recall", "citation_precision", "support_mean", "citation_verbatim",
    "citation_hits_gold",
)  # fmt: skip
MEANS = ("right", *PASSAGES, *ARTICLES, *SAID, *CITED, "answered_when_answerable", "brier")
"""The metrics that are means over the cases to which they apply."""

LOWER_IS_BETTER = frozenset({"report_date_given", "brier"})


def score_case(
    case: Case, answer: Answer | None, hits: Sequence[Hit], library: Library, check: Check
) -> Scores:
    """Every metric of one case; with `answer` None (the case crashed), the worst that applies."""
    target = Target.of(case, library)
    given = answer or Answer(case.question)
    right = is_right(case, given, target)
    scores: Scores = {"right": float(right)}
    scores |= ranking_scores(case, hits, target, library) | answer_scores(case, given, target)
    scores |= citation_scores(case, answer, target, library, check)
    scores["brier"] = None if given.abstained else brier(given.confidence, right)
    if answer is None:
        scores["brier"] = 1.0
    return scores


def ranking_scores(case: Case, hits: Sequence[Hit], target: Target, library: Library) -> Scores:
    """Where the gold passages and articles rank; None for a case without gold quotes or article."""
    scores: Scores = dict.fromkeys([*PASSAGES, *ARTICLES])
    if case.has_quotes:
        relevant = target.passages(library) or {"(not in the library)": 1}
        scores |= score_ranking([hit.passage.id for hit in hits], relevant, PASSAGES)
    if case.gold:
        ranked = list(dict.fromkeys(hit.passage.article_id for hit in hits))
        scores |= score_ranking(ranked, target.articles(), ARTICLES)
    return scores


def answer_scores(case: Case, answer: Answer, target: Target) -> Scores:
    """What was said against the gold answers; an abstention says nothing."""
    short, _ = said(answer)
    dated = case.kind is Kind.DATE
    scores: Scores = dict.fromkeys(SAID)
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


def citation_scores(
    case: Case, answer: Answer | None, target: Target, library: Library, check: Check
) -> Scores:
    """How the displayed sentences are cited; an abstention cites nothing, a crash scores 0."""
    scores: Scores = dict.fromkeys(CITED)
    if answer is None:
        if case.should_answer:
            scores |= dict.fromkeys(CITED, 0.0)
            scores["citation_hits_gold"] = 0.0 if case.gold else None
        return scores
    cited = displayed(answer)
    judged = attribution(answer, carries(library, check))
    scores["citation_recall"], scores["citation_precision"] = judged
    scores["support_mean"] = mean([c.support for c in cited])
    scores["citation_verbatim"] = verbatim_share(answer.citations, library.article)
    if case.gold:
        scores["citation_hits_gold"] = mean([float(target.cites(c)) for c in cited])
    return scores


def gave_report_date(short: str, article: Article | None, answers: Sequence[str]) -> float | None:
    """1.0 when a short answer is the gold article's published date and the gold answer is not.

    None where the two cannot be confused: no article, no published date, or the event happened
    on the day of the report.
    """
    if article is None or article.published is None:
        return None
    day = article.published
    return None if any(is_day(gold, day) for gold in answers) else float(is_day(short, day))


def said(answer: Answer) -> tuple[str, str]:
    """The short answer and the displayed sentences; both empty for an abstention."""
    if answer.abstained:
        return "", ""
    return answer.short, " ".join(sentence.text for sentence in answer.shown)


def is_right(case: Case, answer: Answer, target: Target) -> bool:
    """Whether an answer is right, by the rule of its case's kind (docs/evaluation.md)."""
    reached = target.reached(displayed(answer))
    if not case.should_answer:
        contradicts = case.kind is Kind.FALSE_PREMISE and case.has_quotes
        return answer.abstained or (contradicts and any(reached))
    if answer.abstained:
        return False
    short, text = said(answer)
    if case.undated:
        # Whatever a when-question gets as its short answer stands as a date, "last week" too.
        return any(reached) and not short
    if case.kind is Kind.SUMMARY and case.has_quotes:
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
