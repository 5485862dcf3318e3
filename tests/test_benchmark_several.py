from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.several import GOLD, HALVES, Outcome, category_of, does_justice, summary
from eval.gold import load_gold
from ingest.embed import OpenVINOEmbedder
from rag.copies import statement
from rag.statements import Conflict, Disputed, Position
from rag.types import Answer, Citation, Evidence, Sentence, Verdict
from tests.fakes import article, evidence, library_of

CASES = [case for path in GOLD for case in load_gold(path)]
CATEGORIES = "comparison list timeline summary yes_no premise conflict copies joined".split()


def test_both_halves_ask_as_many_of_each_category() -> None:
    worked, kept, unseen = (
        Counter(category_of(case) for case in CASES if case.id.startswith(letter))
        for letter in HALVES.values()
    )
    assert worked == kept
    assert list(worked) == CATEGORIES
    assert set(unseen) == set(CATEGORIES)


def cited(item: Evidence, number: int) -> Citation:
    said = statement(item)
    return Citation(number, said.article_id, said.start, said.end, said.quote, 1.0)


def test_a_conflict_is_right_with_every_value_and_the_correction_first(
    tmp_path: Path, embedder: OpenVINOEmbedder
) -> None:
    case = next(c for c in CASES if category_of(c) == "conflict" and "correction" in c.notes)
    told = [
        article(" ".join(gold.quotes), identity=f"a{n}", url=gold.article)
        for n, gold in enumerate(case.gold)
    ]
    library = library_of(told, embedder, tmp_path / "library")
    found = [replace(evidence(a.text, identity=a.id, url=a.url), probability=0.9) for a in told]
    sides = tuple(Position(item.text, (statement(item),)) for item in found)
    sentences = tuple(Sentence(item.text, (n,), Verdict.QUOTED) for n, item in enumerate(found, 1))
    citations = tuple(cited(item, n) for n, item in enumerate(found, 1))
    right = Answer(
        case.question, sentences, citations, conflicts=(Conflict(Disputed.NUMBER, sides),)
    )
    wrong = replace(right, conflicts=(Conflict(Disputed.NUMBER, sides[::-1]),))
    assert does_justice(case, right, library)
    assert not does_justice(case, wrong, library)
    assert not does_justice(case, replace(right, conflicts=()), library)
    library.close()


@pytest.mark.parametrize(("first", "share"), [(True, 1), (False, 0)])
def test_a_summary_counts_what_is_right(first: bool, share: int) -> None:
    outcome = Outcome(CASES[0], Answer(CASES[0].question), first, 0.5)
    told = summary([outcome])
    assert (told["cases"], told["right"], told["latency_p50_ms"]) == (1, share, 500)
    assert told["by_category"] == {"comparison": {"cases": 1, "right": share}}
