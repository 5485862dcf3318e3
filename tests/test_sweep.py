import re

import pytest

from eval.sweep import combinations, label, nested, rows, to_html, to_markdown
from ingest.errors import UserError
from rag.settings import load_settings
from tests.pier import PAID, QUIET, WHEN, WHO, Desk
from tests.test_run import run

RUNS = {
    "threshold=0.4": run([WHO, WHEN, PAID]),
    "threshold=0.6": run([WHO, WHEN, PAID], Desk({WHO.question: QUIET})),
}


def test_every_combination_once() -> None:
    found = combinations(["answer.threshold=0.4, 0.5", "retrieval.passages=6,12"])
    assert len(found) == 4
    assert found[1] == {"answer.threshold": "0.4", "retrieval.passages": "12"}
    assert label(found[1]) == "threshold=0.4, passages=12"


def test_the_values_become_settings() -> None:
    settings = load_settings(**nested({"answer.threshold": "0.4", "answer.sentences": "3"}))
    assert (settings.answer.threshold, settings.answer.sentences) == (0.4, 3)
    with pytest.raises(UserError, match=r"did you mean 'answer\.threshold'"):
        load_settings(**nested({"answer.treshold": "0.4"}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answer.threshold", "write section.key=value"),
        ("threshold=0.5", "write section.key=value"),
        ("answer.threshold=", "write section.key=value"),
        ("passages.tokens=128", "shapes the library"),
        ("answer.threshold=" + ",".join(map(str, range(51))), "51 combinations, 50 at most"),
    ],
)
def test_says_what_to_mend(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        combinations([text])


def test_a_row_for_each_run() -> None:
    first, second = rows(RUNS)
    assert first[:2] == ["threshold=0.4", "0.333"]
    assert second[:2] == ["threshold=0.6", "0.333"]
    assert "| threshold=0.4 | 0.333 |" in to_markdown(RUNS)


def test_the_page_has_a_table_and_a_curve_for_each_metric() -> None:
    page = to_html(RUNS, "answer.threshold")
    assert "default-src 'none'" in page
    assert page.count("<tr>") == 3
    names = re.findall(r'class="name line\d">([^<]+)<', page)
    # The second run answers nothing, so it has no citation to plot.
    assert names == ["right", "ndcg_at_10", "answered_when_answerable"]
