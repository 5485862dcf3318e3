from pathlib import Path
from typing import Any

import pytest

from eval.validate import validate
from ingest.errors import UserError
from tests.pier import BUILT, Shelf
from tests.test_gold import gold_file

CASE = {
    "id": "c1",
    "question": "Who built the pier?",
    "kind": "fact",
    "answers": ["Odile Brand"],
    "article": "pier.md",
    "quotes": [BUILT],
}


def told(folder: Path, *lines: dict[str, Any] | str) -> list[str]:
    return [str(problem) for problem in validate(gold_file(folder, lines), Shelf())]


def other(**changed: Any) -> dict[str, Any]:
    return CASE | {"id": "c2", "question": "What else?"} | changed


def test_a_sound_gold_set_has_no_problems(tmp_path: Path) -> None:
    assert told(tmp_path, CASE, "", other()) == []


def test_every_bad_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    first, second = told(tmp_path, "", '{"id": "c2"', CASE, other(answer=["x"]))
    assert first.startswith("2: not JSON")
    assert second == "4: unknown field `answer`; use `answers`"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"article": "lost.md"}, "the library holds no article lost.md; ingest it"),
        ({"quotes": ["It sank."]}, "does not stand in pier.md; copy it anew"),
        ({"sources": [{"article": "lost.md"}]}, "the library holds no article lost.md"),
        ({"id": "c1"}, "this id stands on line 1 too; give each case its own"),
        ({"question": "who  built pier"}, "asks the same question as c1 on line 1; remove one"),
        (
            {"question": CASE["question"], "answers": ["Ada Pell"]},
            "contradicts it: 'Ada Pell', not 'Odile Brand'; keep one",
        ),
        (
            {"question": CASE["question"], "answers": [], "kind": "unanswerable"},
            "contradicts it: c2 says that there is no answer; keep one of them",
        ),
        ({"answers": ["x", "y", "x"]}, "gives the answer 'x' twice; remove one"),
        ({"filters": {}}, "`filters` limit nothing; leave them away"),
        ({"filters": {"source": ["Post"]}}, "unknown field `filters.source`; use `sources`"),
        (
            {"filters": {"since": "2021-06-01", "until": "2021-05-01"}},
            "`filters.since` 2021-06-01 is after `filters.until` 2021-05-01; swap them",
        ),
        (
            {"filters": {"until": "2021-05-06"}},
            "the filters leave out the gold article pier.md: it was published on 2021-05-07",
        ),
        (
            {"filters": {"language": "fr"}},
            "the filters leave out the gold article pier.md: its language is not known",
        ),
        ({"kind": "yes_no"}, "a yes_no case needs `yes` or `no`"),
    ],
)
def test_says_what_to_mend(tmp_path: Path, changed: dict[str, Any], problem: str) -> None:
    (found,) = told(tmp_path, CASE, other(**changed))
    assert found.startswith("2: ")
    assert problem in found


def test_an_outlet_that_is_not_there_and_leaves_the_gold_out(tmp_path: Path) -> None:
    unknown, left_out = told(tmp_path, other(filters={"sources": ["The Post"]}))
    assert unknown.endswith("the library has no outlet 'The Post'; use 'Post'")
    assert left_out.endswith("its outlet is Post; change one")


def test_a_collection_that_is_not_there_and_one_that_leaves_the_gold_out(tmp_path: Path) -> None:
    unknown, left_out = told(tmp_path, other(filters={"collections": ["harbor"]}))
    assert unknown.endswith("the library has no collection 'harbor'; use 'Harbour'")
    assert left_out.endswith("it is in Harbour; change one")
    (alone,) = told(tmp_path, other(filters={"collections": ["sport"]}))
    assert alone.endswith(
        "the filters leave out the gold article pier.md: it is in Harbour; change one"
    )


def test_filters_that_let_the_gold_in_are_sound(tmp_path: Path) -> None:
    filters = {"sources": ["post"], "since": "2021-05-07", "until": "2021-05-07"}
    filters |= {"collections": ["Sport", "harbour"]}
    assert told(tmp_path, CASE, CASE | {"id": "c2", "filters": filters}) == []


def test_a_stale_quote_comes_with_the_nearest_sentence(tmp_path: Path) -> None:
    (found,) = told(tmp_path, other(quotes=["Odile Brand built this pier in 1997."]))
    assert found.endswith(f"the nearest sentence there: {BUILT!r}")


def test_the_same_words_after_another_turn_are_another_question(tmp_path: Path) -> None:
    turns = [[{"question": "What leaks?", "answer": answer}] for answer in ("Boats.", "Piers.")]
    assert (
        told(tmp_path, *(CASE | {"id": f"c{n}", "history": t} for n, t in enumerate(turns))) == []
    )


def test_without_a_library_articles_are_not_looked_up(tmp_path: Path) -> None:
    assert validate(gold_file(tmp_path, [other(article="lost.md")])) == []


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot read"):
        validate(tmp_path / "none.jsonl")
