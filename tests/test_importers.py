import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.filters import Filters
from eval.gold import Case, Kind, Source, load_gold, write_gold
from eval.importers import address, corpus_id, read, write_articles
from ingest.errors import UserError

PIER = "The pier stands. Odile Brand built it in 1998 with Pell."


def put(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def test_squad(tmp_path: Path) -> None:
    asked = {"id": "q1", "question": " Who built it?", "answers": [
        {"text": "Odile Brand", "answer_start": PIER.index("Odile")},
        {"text": "Brand", "answer_start": PIER.index("Brand")},
        {"text": "Odile Brand", "answer_start": PIER.index("Odile")},
    ]}  # fmt: skip
    never = {"id": "q2", "question": "Who sank it?", "answers": [], "is_impossible": True}
    paragraphs = [
        {"context": "First.", "qas": []},
        {"context": PIER, "qas": [asked, never]},
    ]
    data = {"data": [{"title": "The_Pier", "paragraphs": paragraphs}]}
    found = read("squad", put(tmp_path / "dev.json", data))
    assert found.articles == [
        {"url": "https://corpus.invalid/The_Pier", "title": "The Pier", "text": f"First.\n\n{PIER}"}
    ]
    quote = "Odile Brand built it in 1998 with Pell."
    assert found.cases == [
        Case(
            "q1",
            "Who built it?",
            Kind.FACT,
            ("Odile Brand", "Brand"),
            address("The_Pier"),
            (quote,),
        ),
        Case("q2", "Who sank it?", Kind.UNANSWERABLE),
    ]


def test_an_id_survives_its_address() -> None:
    assert corpus_id(address("a/b #1é")) == "a/b #1é"
    assert corpus_id("https://post.example/x%20y") == "https://post.example/x%20y"
    assert corpus_id("") == ""


def corpus(folder: Path) -> None:
    put(folder / "corpus.jsonl", '{"_id": "d1", "title": "T", "text": "x"}\n'
                                 '{"_id": "d2", "text": "y"}\n')  # fmt: skip
    put(folder / "queries.jsonl", '{"_id": "1", "text": "Is x?"}\n{"_id": "2", "text": "Is y?"}\n')


@pytest.mark.parametrize(
    ("name", "qrels"),
    [
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\td2\t2\n1\td1\t1\n2\td1\t0\n"),
        ("qrels.txt", "1 0 d2 2\n1 0 d1 1\n2 0 d1 0\n"),
    ],
)
def test_beir_and_trec(tmp_path: Path, name: str, qrels: str) -> None:
    corpus(tmp_path)
    put(tmp_path / name, qrels)
    found = read("beir", tmp_path)
    assert found.articles[0] == {"url": address("d1"), "title": "T", "text": "x"}
    # Query 2 has no relevant article.
    (case,) = found.cases
    assert (case.id, case.question) == ("1", "Is x?")
    assert case.gold == (Source(address("d1")), Source(address("d2"), relevance=2))


def test_beir_says_what_is_missing(tmp_path: Path) -> None:
    corpus(tmp_path)
    with pytest.raises(UserError, match="no qrels; put them in"):
        read("beir", tmp_path)
    put(tmp_path / "qrels.tsv", "9\td1\t1\n")
    with pytest.raises(UserError, match="judge query 9"):
        read("beir", tmp_path)
    put(tmp_path / "qrels.tsv", "1\td1\t1\nd1 1\n")
    with pytest.raises(UserError, match=r"qrels\.tsv:2: write"):
        read("beir", tmp_path)


def test_multihop(tmp_path: Path) -> None:
    put(tmp_path / "corpus.json", [
        {"title": "A", "url": "u1", "source": "Post", "published_at": "2023-01-02", "body": "b"},
    ])  # fmt: skip
    facts = [
        {"url": "u1", "fact": "F1."},
        {"url": "u2", "fact": "F2."},
        {"url": "u1", "fact": "F3."},
    ]
    put(tmp_path / "MultiHopRAG.json", [
        {"query": "Who?", "answer": "Ada", "question_type": "inference_query",
         "evidence_list": facts},
        {"query": "Did both?", "answer": "Yes", "question_type": "comparison_query",
         "evidence_list": facts[:1]},
        {"query": "Which first?", "answer": "A", "question_type": "temporal_query",
         "evidence_list": facts[:1]},
        {"query": "None?", "answer": "Insufficient information.", "question_type": "null_query",
         "evidence_list": []},
    ])  # fmt: skip
    found = read("multihop", tmp_path)
    assert [case.kind for case in found.cases] == [
        Kind.FACT, Kind.YES_NO, Kind.COMPARISON, Kind.UNANSWERABLE,
    ]  # fmt: skip
    assert found.cases[0].gold == (Source("u1", ("F1.", "F3.")), Source("u2", ("F2.",)))
    assert found.articles[0]["published"] == "2023-01-02"


def test_csv(tmp_path: Path) -> None:
    path = put(
        tmp_path / "q.csv",
        "question,answers,article,quotes,kind,as_of\n"
        '"Who, then?",Ada | Ada Pell,pier.md,It leaks. | It sank.,,2024-02-03\n'
        "Who paid?,,,,,\n"
        "Did it?,no,pier.md,,yes_no,\n",
    )
    found = read("csv", path)
    assert [case.kind for case in found.cases] == [Kind.FACT, Kind.UNANSWERABLE, Kind.YES_NO]
    first = found.cases[0]
    assert (first.question, first.answers) == ("Who, then?", ("Ada", "Ada Pell"))
    assert (first.quotes, str(first.as_of)) == (("It leaks.", "It sank."), "2024-02-03")
    assert first.id == "line-2"
    assert first.filters is None


def test_csv_with_filters(tmp_path: Path) -> None:
    table = (
        "question,article,sources,since,until,collections\n"
        "Who?,pier.md,Post | Wire,2024-01-01,,Harbour | Sport\n"
    )
    (case,) = read("csv", put(tmp_path / "q.csv", table)).cases
    assert case.filters == Filters(
        sources=("Post", "Wire"), since=date(2024, 1, 1), collections=("Harbour", "Sport")
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("question,answer\n", ":1: unknown column `answer`; use `answers`"),
        ("id,kind\n", ":1: no column `question`"),
        ("question,kind\nWho?,fakt\n", ":2: 'fakt' is not a valid Kind"),
        ("question,as_of\nWho?,May\n", ":2: Invalid isoformat"),
        ("question,id\n,c1\n", ":2: the question is empty"),
    ],
)
def test_csv_says_what_to_mend(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(UserError) as raised:
        read("csv", put(tmp_path / "q.csv", content))
    assert said in str(raised.value)


def test_what_is_not_in_the_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no format xml: choose squad"):
        read("xml", tmp_path)
    with pytest.raises(UserError, match="not in the form of squad"):
        read("squad", put(tmp_path / "a.json", {"rows": []}))
    with pytest.raises(UserError, match="not JSON"):
        read("squad", put(tmp_path / "b.json", "<x>"))
    with pytest.raises(UserError, match="cannot be read"):
        read("csv", tmp_path / "none.csv")


def test_what_is_brought_in_is_a_gold_set(tmp_path: Path) -> None:
    corpus(tmp_path)
    put(tmp_path / "qrels.txt", "1 0 d1 1\n")
    found = read("beir", tmp_path)
    write_gold(tmp_path / "gold.jsonl", found.cases)
    write_articles(tmp_path / "articles.jsonl", found.articles)
    assert load_gold(tmp_path / "gold.jsonl") == found.cases
    assert len((tmp_path / "articles.jsonl").read_text().splitlines()) == 2
    with pytest.raises(UserError, match="exists"):
        write_articles(tmp_path / "articles.jsonl", found.articles)
