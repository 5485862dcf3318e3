"""Questions that take several sentences or articles, and whether the answer does them justice.

`python -m benchmarks.several [--json] [--half worked|kept|unseen] [--wrong]`: the 62 questions of
`examples/gold-several.jsonl` and the 37 of `examples/gold-unseen.jsonl` over all folders of sample
articles, without a language model. Those with ids in s were worked with, those in t first kept
aside and then worked with, too; those in u were written before that work and asked once, after it.
What is right for each category is in examples/README.md.
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.samples import sample_library
from eval.answers import contains, dates_in
from eval.gold import Case, Source, find_spans, load_gold
from eval.library import Shelf
from eval.provenance import commit_of, machine
from eval.scores import is_right
from eval.target import Target
from ingest.library import Library
from rag.assistant import Assistant
from rag.types import Answer

ROOT = Path(__file__).parent.parent
GOLD = [ROOT / "examples" / name for name in ("gold-several.jsonl", "gold-unseen.jsonl")]
FOLDERS = ("articles", "articles-dates", "articles-several", "articles-unseen")
ARTICLES = [ROOT / "examples" / name for name in FOLDERS]
HALVES = {"worked": "s", "kept": "t", "unseen": "u"}

Words = tuple[str, int, int]
"""An article's id and characters of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    case: Case
    answer: Answer
    right: bool
    seconds: float

    @property
    def category(self) -> str:
        """What is asked of the answer: the first word of the notes."""
        return category_of(self.case)


def main() -> None:
    """Ask, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--half", choices=sorted(HALVES))
    parser.add_argument("--wrong", action="store_true", help="list what was not right")
    options = parser.parse_args()
    cases = [case for path in GOLD for case in load_gold(path)]
    cases = [case for case in cases if case.id.startswith(HALVES.get(options.half, ""))]
    with sample_library(ARTICLES) as (assistant, library):
        outcomes = [_asked(case, assistant, library) for case in cases]
    figures: dict[str, Any] = {
        half: summary([o for o in outcomes if o.case.id.startswith(letter)])
        for half, letter in HALVES.items()
        if options.half in (None, half)
    }
    figures |= {"machine": machine(), "commit": commit_of(ROOT)}
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    if options.wrong:
        print("", *map(_line, (o for o in outcomes if not o.right)), sep="\n")


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How many are right, by category, and how long it took."""
    categories = dict.fromkeys(o.category for o in outcomes)
    return {
        "cases": len(outcomes),
        "right": sum(o.right for o in outcomes),
        "by_category": {
            name: {
                "cases": sum(o.category == name for o in outcomes),
                "right": sum(o.right for o in outcomes if o.category == name),
            }
            for name in categories
        },
        "latency_p50_ms": round(1000 * statistics.median([o.seconds for o in outcomes])),
    }


def category_of(case: Case) -> str:
    """What is asked of the answer to `case`."""
    return case.notes.partition(":")[0]


def does_justice(case: Case, answer: Answer, library: Library) -> bool:
    """Whether `answer` is right by the rule of the category of `case`."""
    target = Target.of(case, Shelf(library))
    judged = JUDGES.get(category_of(case))
    return judged(case, answer, library) if judged else bool(is_right(case, answer, target))


def _compares(case: Case, answer: Answer, library: Library) -> bool:
    named = not case.answers or contains(answer.short, case.answers) == 1.0
    return named and all(_touched(case.gold, _cited(answer), library))


def _orders(case: Case, answer: Answer, library: Library) -> bool:
    lines = [(sentence, dates_in(sentence.label)) for sentence in answer.shown]
    days = [min((d.year, d.month, d.day) for d in found) for _, found in lines if found]
    dated = set().union(*(found for _, found in lines)) if lines else set()
    return (
        days == sorted(days)
        and dates_in(case.answers[0]) <= dated
        and all(_touched(case.gold, _cited(answer), library))
    )


def _differs(case: Case, answer: Answer, library: Library) -> bool:
    first = re.sub(r"\W.*", "", answer.short.lower())
    return answer.short.lower() in case.answers or first in case.answers


def _objects(case: Case, answer: Answer, library: Library) -> bool:
    target = Target.of(case, Shelf(library))
    said = answer.abstained or ("otherwise" in answer.reason and not answer.short)
    return said and bool(is_right(case, answer, target))


def _disputes(case: Case, answer: Answer, library: Library) -> bool:
    if not answer.conflicts:
        return False
    positions = answer.conflicts[0].positions
    told = [(s.article_id, s.start, s.end) for p in positions for s in p.statements]
    lead = [(s.article_id, s.start, s.end) for s in positions[0].statements]
    first = "correction" not in case.notes or all(_touched(case.gold[:1], lead, library))
    return first and all(_touched(case.gold, told, library))


def _counts(case: Case, answer: Answer, library: Library) -> bool:
    wanted = re.search(r"independent (\d+)", case.notes)
    assert wanted is not None, case.id
    right = is_right(case, answer, Target.of(case, Shelf(library)))
    return bool(right) and answer.independent == int(wanted[1])


def _joins(case: Case, answer: Answer, library: Library) -> bool:
    target = Target.of(case, Shelf(library))
    joined = any(
        quote in sentence.text and not sentence.text.startswith(quote)
        for sentence in answer.shown
        for quote in case.quotes
    )
    return joined and bool(is_right(case, answer, target))


JUDGES: dict[str, Callable[[Case, Answer, Library], bool]] = {
    "comparison": _compares,
    "timeline": _orders,
    "yes_no": _differs,
    "premise": _objects,
    "conflict": _disputes,
    "copies": _counts,
    "joined": _joins,
}


def _cited(answer: Answer) -> list[Words]:
    shown = {n for sentence in answer.shown for n in sentence.citations}
    cited = [c for c in answer.citations if c.number in shown]
    also = [(s.article_id, s.start, s.end) for c in cited for s in c.also]
    return [*((c.article_id, c.start, c.end) for c in cited), *also]


def _touched(gold: Iterable[Source], told: Sequence[Words], library: Library) -> Iterator[bool]:
    """For each gold quote whether any of `told` overlaps it."""
    for source in gold:
        article = library.find(source.article)
        assert article is not None, source.article
        for quote in source.quotes:
            spans = find_spans(article.text, [quote])
            yield any(
                identity == article.id and start < span[1] and span[0] < end
                for identity, start, end in told
                for span in spans
            )


def _asked(case: Case, assistant: Assistant, library: Library) -> Outcome:
    began = time.perf_counter()
    answer = assistant.ask(case.question)
    seconds = time.perf_counter() - began
    return Outcome(case, answer, does_justice(case, answer, library), seconds)


def _table(figures: dict[str, Any]) -> str:
    halves = [half for half in HALVES if half in figures]
    names = dict.fromkeys(name for half in halves for name in figures[half]["by_category"])
    rows = [f"{'':14}" + "".join(f"{half:>12}" for half in halves)]
    for name in names:
        cells = (figures[half]["by_category"].get(name, {}) for half in halves)
        rows.append(f"{name:14}" + "".join(f"{_share(cell):>12}" for cell in cells))
    rows.append(f"{'all':14}" + "".join(f"{_share(figures[half]):>12}" for half in halves))
    times = "".join(f"{figures[half]['latency_p50_ms']:>12}" for half in halves)
    rows.append(f"{'p50, ms':14}{times}")
    return "\n".join(rows)


def _share(cell: dict[str, Any]) -> str:
    return f"{cell['right']}/{cell['cases']}" if cell else ""


def _line(outcome: Outcome) -> str:
    case, answer = outcome.case, outcome.answer
    lines = [f"{case.id} {outcome.category}: {case.question} {list(case.answers)}"]
    lines.append(f"    short: {answer.short!r} {answer.reason}")
    lines += [f"    - {sentence.labelled}" for sentence in answer.shown]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
