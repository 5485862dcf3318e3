"""How well follow-up questions are resolved by rule, on mtrag's conversations and on our own.

`python -m benchmarks.conversation [--json] [--show N]`:

- `rewrites`: 777 questions of mtrag's retrieval tasks against the rewrites of its annotators, by
  content words (stems): recall and precision of the words that a rewrite has. Earlier turns are
  questions only, as the set gives them. `untouched` is the share of questions that the annotators
  left alone (same content words) and the rule left alone too.
- `retrieval`: BM25 over the passages of mtrag's 377 tasks that have some: the share of a task's own
  passages among the first 5 found, asking its last turn, the resolved question, and all turns. The
  set has no reference rewrite for these tasks.
- `own`: the follow-ups of `examples/gold.jsonl`, before and after.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.corpora import DATA, require
from eval.gold import load_gold
from eval.provenance import commit_of, machine
from ingest.lexical import LexicalIndex, query_words, stems
from ingest.types import Article, Passage
from rag.condense import History, condense

ROOT = Path(__file__).parent.parent
MTRAG = DATA / "mtrag"
DOMAINS = ("clapnq", "cloud", "fiqa", "govt")
DEPTH = 5


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, the turns before it, and what annotators made of it."""

    question: str
    history: History
    reference: str


@dataclass(frozen=True, slots=True)
class Task:
    """A question with the passages that answer it."""

    question: str
    history: History
    passages: frozenset[str]


def main() -> None:
    """Measure, and print JSON or the same in lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="print so many resolved questions")
    options = parser.parse_args()
    asked = list(follow_ups())
    figures: dict[str, Any] = {"rewrites": rewrites(asked), "retrieval": retrieval(), "own": own()}
    figures |= {"machine": machine(), "commit": commit_of(ROOT)}
    for item in asked[: options.show]:
        resolved = condense(item.question, item.history)
        print(f"{item.question}\n  ours: {resolved}\n  gold: {item.reference}")
    print(json.dumps(figures, indent=2, ensure_ascii=False))


def rewrites(asked: Sequence[FollowUp]) -> dict[str, Any]:
    """Content words of last turns and of resolved questions against the reference rewrites."""
    resolved = [(item, condense(item.question, item.history)) for item in asked]
    alone = [(i, r) for i, r in resolved if content(i.question) == content(i.reference)]
    changed = [(i, r) for i, r in resolved if content(i.question) != content(i.reference)]
    return {
        "cases": len(asked),
        "last_turn": _overlap([(item.question, item.reference) for item in asked]),
        "resolved": _overlap([(r, item.reference) for item, r in resolved]),
        "left_alone_by_annotators": len(alone),
        "untouched": fmean(float(content(r) == content(i.question)) for i, r in alone),
        "rewritten_by_annotators": len(changed),
        "last_turn_of_rewritten": _overlap([(i.question, i.reference) for i, _ in changed]),
        "resolved_of_rewritten": _overlap([(r, i.reference) for i, r in changed]),
    }


def _overlap(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Mean recall and precision of the reference's content words."""
    sets = [(content(ours), content(gold)) for ours, gold in pairs]
    recall = fmean(len(ours & gold) / len(gold) if gold else 1.0 for ours, gold in sets)
    precision = fmean(len(ours & gold) / len(ours) if ours else 0.0 for ours, gold in sets)
    return {"recall": round(recall, 3), "precision": round(precision, 3)}


def content(question: str) -> set[str]:
    """Stems of the words that carry a question."""
    return {stem for word in query_words(question) for stem in stems(word)}


def follow_ups() -> Iterator[FollowUp]:
    """mtrag's questions that have an earlier turn and a reference rewrite."""
    for domain in DOMAINS:
        folder = require(MTRAG / "retrieval_tasks" / domain)
        files = {
            name: {row["_id"]: row["text"] for row in _rows(folder / f"{domain}_{name}.jsonl")}
            for name in ("questions", "lastturn", "rewrite")
        }
        for identity, reference in files["rewrite"].items():
            *earlier, last = [
                turn.strip()
                for turn in files["questions"][identity].split("|user|:")
                if turn.strip()
            ]
            if earlier:
                gold = reference.replace("|user|:", "").strip()
                yield FollowUp(last, [(turn, "") for turn in earlier], gold)


def retrieval() -> dict[str, Any]:
    """Recall@5 of the passages of each task, by BM25, for each way of asking."""
    found: list[Task] = []
    texts: dict[str, str] = {}
    for row in _rows(require(MTRAG / "mtragun_reference.jsonl")):
        texts |= {c["document_id"]: c["text"] for c in row["contexts"]}
        if row["contexts"] and len(row["input"]) > 1:
            turns = [turn["text"] for turn in row["input"]]
            history = list(zip(turns[:-1:2], turns[1::2], strict=False))
            wanted = frozenset(c["document_id"] for c in row["contexts"])
            found.append(Task(turns[-1], history, wanted))
    ways: dict[str, Callable[[Task], str]] = {
        "last_turn": lambda task: task.question,
        "resolved": lambda task: condense(task.question, task.history),
        "all_questions": lambda task: " ".join([*(q for q, _ in task.history), task.question]),
    }
    with tempfile.TemporaryDirectory() as folder:
        index = _index(texts, Path(folder))
        scores = {
            name: fmean(_recall(index, way(t), t) for t in found) for name, way in ways.items()
        }
        index.close()
    return {"tasks": len(found), "passages": len(texts), "depth": DEPTH} | {
        name: round(score, 3) for name, score in scores.items()
    }


def _index(texts: dict[str, str], folder: Path) -> LexicalIndex:
    index = LexicalIndex(folder)
    for identity, text in texts.items():
        passage = Passage(identity, identity, 0, text, 0, len(text))
        index.add(Article(identity, text, ""), [passage])
    index.commit()
    return index


def _recall(index: LexicalIndex, question: str, task: Task) -> float:
    found = {identity for identity, _ in index.best(question, DEPTH)}
    return len(found & task.passages) / min(DEPTH, len(task.passages))


def own() -> list[dict[str, str]]:
    """The follow-ups of the project's own gold set, before and after."""
    cases = [case for case in load_gold(ROOT / "examples" / "gold.jsonl") if case.history]
    return [
        {
            "question": case.question,
            "resolved": condense(case.question, [(t.question, t.answer) for t in case.history]),
        }
        for case in cases
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    main()
