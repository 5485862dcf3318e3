import pytest

from eval.gold import Kind
from eval.provenance import Provenance
from eval.record import Record, Run
from eval.scores import MEANS
from tests.pier import INJURED, LEAKS, NOTHING, PAID, QUIET, REPLIES, WHEN, WHO, quoting
from tests.test_run import Desk, run


def test_summary_by_hand() -> None:
    summary = run([WHO, WHEN, PAID, INJURED]).summary()
    by_kind, p50, p95 = (
        summary.pop(name) for name in ("by_kind", "latency_p50_ms", "latency_p95_ms")
    )
    assert summary.pop("memory_mb") > 10
    # Gold passages are found at ranks 2, 3 and 3; PAID has none.
    assert summary == {
        "cases": 4,
        "failed": 0,
        "right": 0.5,
        "hit_at_1": 0.0,
        "hit_at_5": 1.0,
        "hit_at_10": 1.0,
        "recall_at_5": 1.0,
        "recall_at_10": 1.0,
        "precision_at_5": pytest.approx(0.2),
        "mrr": pytest.approx((1 / 2 + 1 / 3 + 1 / 3) / 3),
        "map": pytest.approx((1 / 2 + 1 / 3 + 1 / 3) / 3),
        "ndcg_at_10": pytest.approx((0.6309 + 0.5 + 0.5) / 3, abs=1e-4),
        "article_recall_at_10": 1.0,
        "article_mrr": 1.0,
        "article_ndcg_at_10": 1.0,
        "short_em": 0.5,
        # "7 May 2021" and "5 May 2021" share two tokens of three.
        "short_f1": pytest.approx((1 + 2 / 3) / 2),
        # The quoted sentence has the right date, the short answer that of the report.
        "answer_contains": 1.0,
        "date_correct": 0.0,
        "report_date_given": 1.0,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "support_mean": pytest.approx(0.8),
        "citation_verbatim": 1.0,
        "citation_hits_gold": 1.0,
        # PAID should have been refused; INJURED was answered with the words that contradict it.
        "abstention_precision": None,
        "abstention_recall": 0.0,
        "abstention_f1": 0.0,
        "answered_when_answerable": 1.0,
        # Each with confidence 0.8, two of four right.
        "brier": pytest.approx((2 * 0.04 + 2 * 0.64) / 4),
        "calibration_error": pytest.approx(0.3),
        "prompt_tokens": 0.0,
        "completion_tokens": 0.0,
    }
    assert 0 <= p50 <= p95
    assert by_kind["fact"]["right"] == 1.0
    assert by_kind["date"]["cases"] == 1
    assert by_kind["unanswerable"]["hit_at_1"] is None
    assert list(by_kind) == ["date", "fact", "false_premise", "unanswerable"]


def test_abstentions_are_counted_both_ways() -> None:
    # Rightly PAID, wrongly WHO; INJURED answered beside the point, so it should have abstained.
    replies = REPLIES | {
        PAID.question: QUIET,
        WHO.question: QUIET,
        INJURED.question: quoting(LEAKS),
    }
    summary = run([WHO, WHEN, PAID, INJURED], Desk(replies)).summary()
    assert summary["abstention_precision"] == 0.5
    assert summary["abstention_recall"] == 0.5
    assert summary["abstention_f1"] == 0.5
    assert summary["answered_when_answerable"] == 0.5


def test_a_contradicted_premise_is_no_missed_abstention() -> None:
    summary = run([PAID, INJURED], Desk(REPLIES | {PAID.question: QUIET})).summary()
    assert summary["abstention_recall"] == 1.0
    assert summary["abstention_f1"] == 1.0


def test_counts_and_intervals_cover_every_mean() -> None:
    done = run([WHO, WHEN, PAID])
    assert done.counts()["right"] == 3
    assert done.counts()["date_correct"] == 1
    assert done.intervals()["date_correct"] is None
    assert done.intervals()["short_em"] == (0.0, 1.0)
    assert set(done.counts()) == set(MEANS)
    assert set(done.intervals()) - set(MEANS) == {
        "abstention_precision", "abstention_recall", "abstention_f1",
    }  # fmt: skip
    assert all(set(record.scores) == set(MEANS) for record in done.records)


def test_the_interval_of_an_abstention_rate_is_over_the_cases() -> None:
    cases = [
        Record(PAID, {"abstained": n < 6}, [], NOTHING | {"right": 0.0}, 0.1) for n in range(8)
    ]
    intervals = Run(tuple(cases)).intervals()
    assert intervals["abstention_precision"] == (1.0, 1.0)
    low, high = intervals["abstention_recall"] or (0.0, 0.0)
    assert 0.3 < low < 0.75 < high <= 1.0


def test_stages_and_curves() -> None:
    timings = [{"retrieve": 0.01, "total": 0.1}, {"retrieve": 0.03, "total": 0.3}]
    records = tuple(
        Record(
            case,
            {
                "abstained": False,
                "timings": spent,
                "confidence": 0.9,
                "usage": {"prompt_tokens": 4},
            },
            [],
            NOTHING | {"right": right},
            0.1,
        )
        for case, spent, right in zip([WHO, WHEN], timings, [1.0, 0.0], strict=True)
    )
    done = Run(records, Provenance(memory_mb=12.0))
    assert done.stages()["retrieve"] == {"p50_ms": pytest.approx(20), "p95_ms": pytest.approx(29)}
    assert done.curves()["coverage_error"] == [[1.0, 0.5]]
    assert done.curves()["reliability"][0]["answers"] == 2
    assert done.summary()["prompt_tokens"] == 4
    assert done.summary()["memory_mb"] == 12.0
    assert done.kind_intervals() == {"date": None, "fact": None}


def test_no_case_is_an_empty_run() -> None:
    assert run([]).summary()["cases"] == 0
    assert run([]).curves() == {"coverage_error": [], "reliability": []}


def test_a_record_survives_json() -> None:
    for record in run([WHO, PAID]).records:
        assert Record.from_dict(record.to_dict()) == record
    assert {record.case.kind for record in run([WHO]).records} == {Kind.FACT}
