"""How often a when-question gets the date of the event, and never that of the report.

`python -m benchmarks.dates [--json] [--half first|second] [--wrong]`: the 80 questions of
`examples/gold-dates.jsonl`, twice: the resolver alone, given the gold sentences in their article,
and end to end over both folders of sample articles. The first half was worked with; the second was
asked once, when the work was done.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.samples import sample_library
from eval.answers import same_date
from eval.gold import Case, find_spans, load_gold
from eval.library import Shelf
from eval.provenance import commit_of, machine
from eval.scores import gave_report_date, is_right
from eval.statistics import mean
from eval.target import Target
from ingest.library import Library
from ingest.types import Article, Passage
from rag.assistant import Assistant
from rag.question import read_question
from rag.types import Evidence, Hit
from rag.when import answer_when

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "examples" / "gold-dates.jsonl"
ARTICLES = [ROOT / "examples" / name for name in ("articles", "articles-dates")]
LAST_OF_FIRST_HALF = "d042"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    case: Case
    short: str
    note: str
    right: bool
    report_date: bool | None
    """The report's date was given as the event's; None where the two are the same day."""

    @property
    def category(self) -> str:
        """What is hard about the question: the first word of its notes."""
        return self.case.notes.partition(":")[0]


def main() -> None:
    """Ask, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--half", choices=["first", "second"])
    parser.add_argument("--wrong", action="store_true", help="list what was not right")
    options = parser.parse_args()
    cases = list(_half(load_gold(GOLD), options.half))
    with sample_library(ARTICLES) as (assistant, library):
        runs = {
            "resolver": [_resolved(case, library) for case in cases],
            "end_to_end": [_asked(case, assistant, library) for case in cases],
        }
    figures: dict[str, Any] = {name: summary(outcomes) for name, outcomes in runs.items()}
    figures |= {"half": options.half or "both", "machine": machine(), "commit": commit_of(ROOT)}
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    if options.wrong:
        for name, outcomes in runs.items():
            print(f"\n{name}:", *map(_line, (o for o in outcomes if not o.right)), sep="\n")


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares by outcome, over all questions and by category."""
    undated = [o for o in outcomes if o.case.undated]
    confusable = [o.report_date for o in outcomes if o.report_date is not None]
    categories = sorted({o.category for o in outcomes})
    return {
        "cases": len(outcomes),
        "right": mean([float(o.right) for o in outcomes]),
        "report_date_given_as_event": sum(confusable),
        "report_date_could_be_given": len(confusable),
        "no_date_right": mean([float(o.right) for o in undated]),
        "wrong_date": sum(bool(o.short) and not o.right for o in outcomes),
        "by_category": {
            name: {
                "cases": sum(o.category == name for o in outcomes),
                "right": sum(o.right for o in outcomes if o.category == name),
            }
            for name in categories
        },
    }


def _half(cases: Sequence[Case], half: str | None) -> Iterator[Case]:
    for case in cases:
        if half is None or (half == "first") == (case.id <= LAST_OF_FIRST_HALF):
            yield case


def _resolved(case: Case, library: Library) -> Outcome:
    """The resolver alone: the gold sentences are the evidence, in the order of the gold set."""
    article = library.find(case.article or "")
    assert article is not None, case.article
    when = answer_when(read_question(case.question), _gold_evidence(case, article))
    right = (
        any(same_date(when.short, gold) for gold in case.answers)
        if case.answers
        else not when.short
    )
    return _outcome(case, article, when.short, when.note, right)


def _gold_evidence(case: Case, article: Article) -> list[Evidence]:
    whole = Passage(article.id, article.id, 0, article.text, 0, len(article.text))
    hit = Hit(whole, article, 1.0)
    spans = [find_spans(article.text, [quote])[0] for quote in case.quotes]
    return [Evidence(hit, article.text[start:end], start, end, 1.0) for start, end in spans]


def _asked(case: Case, assistant: Assistant, library: Library) -> Outcome:
    answer = assistant.ask(case.question)
    target = Target.of(case, Shelf(library))
    assert target.article is not None
    short = "" if answer.abstained else answer.short
    return _outcome(case, target.article, short, answer.reason, is_right(case, answer, target))


def _outcome(case: Case, article: Article, short: str, note: str, right: bool) -> Outcome:
    given = gave_report_date(short, article, case.answers)
    return Outcome(case, short, note, right, None if given is None else bool(given))


def _table(figures: dict[str, Any]) -> str:
    names = [name for name in figures["resolver"] if name != "by_category"]
    rows = [f"{'':28} {'resolver':>10} {'end to end':>10}"]
    rows += [
        f"{name:28} {_shown(figures['resolver'][name])} {_shown(figures['end_to_end'][name])}"
        for name in names
    ]
    for name, found in figures["resolver"]["by_category"].items():
        asked = figures["end_to_end"]["by_category"][name]
        of = found["cases"]
        rows.append(f"  {name:26} {found['right']:>7}/{of:<2} {asked['right']:>7}/{of}")
    return "\n".join(rows)


def _shown(value: float | int | None) -> str:
    return f"{value:>10.3f}" if isinstance(value, float) else f"{value!s:>10}"


def _line(outcome: Outcome) -> str:
    wanted = outcome.case.answers[0] if outcome.case.answers else "no date"
    said = outcome.short or "nothing"
    case = outcome.case
    return f"{case.id} {outcome.category}: {case.question} {wanted} != {said} ({outcome.note})"


if __name__ == "__main__":
    main()
