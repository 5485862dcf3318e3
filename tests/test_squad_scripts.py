from pathlib import Path
from typing import Any

import pytest

from benchmarks.metrics import worst
from benchmarks.squad_scripts import first_of, made_predictions, ours, script_at, wordless

ARTICLES: list[Any] = [
    {
        "paragraphs": [
            {
                "context": "The pier was built by Odile Brand in 1911.",
                "qas": [
                    {"id": "who", "question": "?", "answers": [{"text": "Odile Brand"}]},
                    {"id": "odd", "question": "?", "answers": [{"text": "the"}]},
                    {"id": "none", "question": "?", "answers": []},
                ],
            }
        ]
    }
]
SAID = {"who": "the Odile brand!", "odd": "", "none": ""}

SHARES = """
def evaluate(articles, said):
    (qa,) = articles[0]["paragraphs"][0]["qas"]
    right = any(a["text"] == said[qa["id"]] for a in qa["answers"])
    return {"exact_match": 1.0 * right, "final_f1": 0.5 * right}
"""
PERCENT = SHARES.replace("1.0 *", "100.0 *").replace('"final_f1": 0.5', '"f1": 50.0')
RAW = """
def _get_raw_scores(articles, said):
    return {name: 1 for name in said}, {name: 0.5 for name in said}
"""


def script(folder: Path, text: str) -> Path:
    path = folder / "evaluate.py"
    path.write_text(text)
    return path


def test_ours_are_the_scores_of_the_2_0_script() -> None:
    # worked by hand: "the" has no token, so that nothing is the right answer to "odd"
    assert ours(ARTICLES, SAID) == {"who": (1.0, 1.0), "odd": (1.0, 1.0), "none": (1.0, 1.0)}
    assert ours(ARTICLES, SAID | {"who": "Odile"})["who"] == (0.0, pytest.approx(2 / 3))


@pytest.mark.parametrize("text", [SHARES, PERCENT])
def test_a_script_of_1_1_is_asked_one_by_one_whether_it_tells_percent_or_shares(
    tmp_path: Path, text: str
) -> None:
    found = script_at(script(tmp_path, text))
    assert not found.unanswerable
    said = {"who": "Odile Brand", "odd": "", "none": ""}
    assert found.score(ARTICLES, said) == {"who": (1.0, 0.5), "odd": (0.0, 0.0), "none": (0.0, 0.0)}


def test_a_script_of_2_0_gives_each_question(tmp_path: Path) -> None:
    found = script_at(script(tmp_path, RAW))
    assert found.unanswerable
    assert found.score(ARTICLES, SAID)["odd"] == (1.0, 0.5)


def test_a_file_that_is_no_script_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="neither get_raw_scores"):
        script_at(script(tmp_path, "x = 1"))


def test_the_questions_on_which_the_scripts_differ_are_found() -> None:
    assert wordless(ARTICLES) == {"odd"}


def test_whole_articles_are_read_until_there_are_enough_questions() -> None:
    assert first_of(ARTICLES * 3, 4) == ARTICLES * 2
    assert first_of(ARTICLES, 99) == ARTICLES
    assert first_of(ARTICLES, 0) == []


def test_made_predictions_are_the_same_each_time() -> None:
    assert made_predictions(ARTICLES) == made_predictions(ARTICLES)
    assert set(made_predictions(ARTICLES)) == {"who", "odd", "none"}


def test_the_worst_difference_is_found_at_any_depth() -> None:
    assert worst({"a": {"greatest_difference": 0.25}, "b": {"c": {"greatest_difference": 1}}}) == 1
    assert worst({"a": 3, "b": "c"}) == 0
