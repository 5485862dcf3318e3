import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import (
    Case,
    Kind,
    Source,
    Turn,
    case_from_dict,
    find_spans,
    gold_schema,
    load_gold,
    write_gold,
)
from ingest.errors import UserError

FACT = {
    "id": "c1",
    "question": "Who built the pier?",
    "kind": "fact",
    "answers": ["Odile Brand"],
    "article": "pier.md",
    "quotes": ["Odile Brand built the pier."],
}


def gold_file(folder: Path, lines: Sequence[dict[str, Any] | str]) -> Path:
    path = folder / "gold.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def without(*names: str, **changed: Any) -> dict[str, Any]:
    return {key: value for key, value in FACT.items() if key not in names} | changed


def test_loads_cases_in_order_and_skips_blank_lines(tmp_path: Path) -> None:
    follow_up = without(
        id="c2",
        kind="follow_up",
        as_of="2024-02-03",
        history=[{"question": "What leaks?", "answer": "The pier."}],
    )
    first, second = load_gold(gold_file(tmp_path, [FACT, "", follow_up]))
    assert (first.id, first.kind, first.answers) == ("c1", Kind.FACT, ("Odile Brand",))
    assert (first.notes, first.history, first.as_of) == ("", (), None)
    assert second.as_of == date(2024, 2, 3)
    assert second.history == (Turn("What leaks?", "The pier."),)


def test_a_line_separator_inside_a_quote_ends_no_line(tmp_path: Path) -> None:
    line = json.dumps(without(quotes=["one\u2028two"]), ensure_ascii=False)
    assert load_gold(gold_file(tmp_path, [line]))[0].quotes == ("one\u2028two",)


def test_a_byte_order_mark_is_no_part_of_the_first_case(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(FACT), encoding="utf-8-sig")
    assert len(load_gold(path)) == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "c2"', "not JSON"),
        ("[1]", "write a JSON object"),
        (without("question"), "`question` is missing; add it"),
        (without(kind="fakt"), "`kind`: Input should be 'fact', 'date'"),
        (without("answers", answer=["x"]), "unknown field `answer`; use `answers`"),
        (without(zzz=1), "unknown field `zzz`; remove it"),
        (without(id=7), "`id`: Input should be a valid string"),
        (without(answers=[" "]), "`answers.0` is empty; write it out"),
        (without(as_of="3 May"), "`as_of`: Input should be a valid date"),
        (without("article"), "`quotes` without `article`"),
        (without("article", "quotes", sources=[{"article": "x"}]), "`sources` without `article`"),
        (without(sources=[{"article": "x", "relevance": 0}]), "`sources.0.relevance`"),
        (without(kind="unanswerable"), "an unanswerable case has `answers`"),
        (without("answers", "quotes", "article"), "neither `answers` nor `article`"),
        (without(history=[{"question": "q"}]), "`history.0.answer` is missing"),
    ],
)
def test_says_where_and_what_to_mend(
    tmp_path: Path, line: dict[str, Any] | str, problem: str
) -> None:
    path = gold_file(tmp_path, [FACT, line])
    with pytest.raises(UserError) as raised:
        load_gold(path)
    assert str(raised.value).startswith(f"{path}:2: ")
    assert problem in str(raised.value)


def test_refuses_a_file_without_cases_or_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no case"):
        load_gold(gold_file(tmp_path, ["", " "]))
    with pytest.raises(UserError, match="cannot read"):
        load_gold(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(UserError, match="cannot read"):
        load_gold(tmp_path / "latin.jsonl")


def test_what_should_be_answered() -> None:
    undated = Case("c", "When?", Kind.DATE, article="pier.md", quotes=("It leaks.",))
    assert undated.undated
    assert undated.should_answer
    assert not replace(undated, answers=("2020",)).undated
    assert not replace(undated, kind=Kind.FACT).undated
    assert not replace(undated, kind=Kind.UNANSWERABLE).should_answer
    assert not replace(undated, kind=Kind.FALSE_PREMISE).should_answer


def test_find_spans_gives_every_occurrence() -> None:
    assert find_spans("abab aba", ["aba", "b a", "", "z"]) == [(0, 3), (3, 6), (5, 8)]


@given(st.text("ab ", max_size=20), st.lists(st.text("ab", min_size=1, max_size=3), max_size=3))
def test_every_span_is_its_quote(text: str, quotes: list[str]) -> None:
    spans = find_spans(text, quotes)
    assert spans == sorted(set(spans))
    assert {text[start:end] for start, end in spans} == {q for q in quotes if q in text}


@given(
    st.builds(
        Case,
        id=st.just("c"),
        question=st.just("q?"),
        kind=st.sampled_from(Kind),
        answers=st.lists(st.text("xé\n", min_size=1).map(lambda t: t + "."), max_size=2).map(tuple),
        article=st.none() | st.just("pier.md"),
        quotes=st.just(()),
        notes=st.text(max_size=5),
        history=st.lists(st.just(Turn("q", "")), max_size=2).map(tuple),
        as_of=st.none() | st.dates(),
        sources=st.lists(st.builds(Source, article=st.just("x.md")), max_size=2).map(tuple),
    )
)
def test_a_case_survives_json(case: Case) -> None:
    assert case_from_dict(json.loads(json.dumps(case.to_dict()))) == case


def test_a_written_gold_set_reads_the_same(tmp_path: Path) -> None:
    cases = [
        case_from_dict(FACT),
        Case("c2", "Who paid?", Kind.UNANSWERABLE, as_of=date(2024, 2, 3)),
        Case("c3", "\u2028?", Kind.FACT, ("é",), "a.md", sources=(Source("b.md", ("q",), 2),)),
    ]
    path = tmp_path / "sets" / "gold.jsonl"
    assert write_gold(path, cases) == 3
    assert load_gold(path) == cases
    with pytest.raises(UserError, match="exists: name another file"):
        write_gold(path, cases)


def test_the_gold_of_a_case_is_every_article() -> None:
    first = case_from_dict(FACT)
    assert first.gold == (Source("pier.md", ("Odile Brand built the pier.",)),)
    both = replace(first, sources=(Source("b.md"),))
    assert [source.article for source in both.gold] == ["pier.md", "b.md"]
    assert Case("c", "q", Kind.UNANSWERABLE).gold == ()


def test_the_written_schema_is_the_one_in_force() -> None:
    path = Path(__file__).parent.parent / "eval" / "gold.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == gold_schema()


def test_the_example_gold_set_loads() -> None:
    cases = load_gold(Path(__file__).parent.parent / "examples" / "gold.jsonl")
    assert {case.kind for case in cases} == set(Kind)
