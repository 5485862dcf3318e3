"""`python -m benchmarks.abstention --json`: does Byline know when the articles do not say?

SQuAD 2.0 dev (Rajpurkar, Jia and Liang 2018): its 35 titles as an open library, questions of the
titles that nothing was fitted on, half of them unanswerable. The passages are retrieved, not given.
An answer is right when its first citation holds a gold answer. The curve gives, for each share of
questions answered (the surest first), the share of them answered wrongly.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import DATA, Asked, library_of, squad
from benchmarks.retrieval import progress
from rag.assistant import Assistant
from rag.build import build_assistant, build_embedder
from rag.settings import Settings
from rag.types import Answer
from training.reader.sources import squad_parts

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Outcome:
    """What became of one question."""

    answerable: bool
    abstained: bool
    right: bool
    """Whether the first citation holds a gold answer; asked as if it had not abstained."""
    confidence: float


def main() -> None:
    """Asks every question and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.abstention", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sample", type=int, default=1000, help="questions, of 3,353")
    asked = parser.parse_args()
    figures = summary(outcomes(asked.sample))
    print(json.dumps(figures) if asked.json else json.dumps(figures, indent=1))


def outcomes(sample: int) -> list[Outcome]:
    """Asks a sample of the reported titles' questions of a library of all titles."""
    articles, every = squad(DATA / "squad" / "dev-v2.0.json")
    titles = {article.id: article.title.replace(" ", "_") for article in articles}
    reported = [one for one in every if squad_parts()[titles[one.article_id]] == "report"]
    chosen = random.Random(4).sample(reported, min(sample, len(reported)))
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(articles, build_embedder(settings), Path(folder))
        # It never abstains here: what it would have said is needed for the curve.
        bold = settings.answer.model_copy(update={"threshold": 0.0})
        assistant = build_assistant(settings.model_copy(update={"answer": bold}), library)
        found = [
            _outcome(one, assistant, settings.answer.threshold)
            for one in progress(chosen, "questions")
        ]
        library.close()
    return found


def _outcome(asked: Asked, assistant: Assistant, threshold: float) -> Outcome:
    answer = assistant.ask(asked.question)
    return Outcome(
        bool(asked.spans),
        answer.confidence < threshold,
        _right(asked, answer),
        answer.confidence,
    )


def _right(asked: Asked, answer: Answer) -> bool:
    first = answer.citations[0] if answer.citations else None
    return first is not None and any(
        first.article_id == asked.article_id and first.start <= start and end <= first.end
        for start, end in asked.spans
    )


def summary(found: Sequence[Outcome]) -> dict[str, Any]:
    """Abstention at the shipped threshold, and error by coverage."""
    silent = [one for one in found if one.abstained]
    unanswerable = [one for one in found if not one.answerable]
    rightly = sum(not one.answerable for one in silent)
    precision, recall = rightly / max(1, len(silent)), rightly / max(1, len(unanswerable))
    answered = [one for one in found if not one.abstained]
    answerable = [one for one in found if one.answerable]
    return {
        "questions": len(found),
        "unanswerable": len(unanswerable),
        "abstain_precision": round(precision, 4),
        "abstain_recall": round(recall, 4),
        "abstain_f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "answered_when_answerable": _share([not one.abstained for one in answerable]),
        "right_when_answerable": _share([one.right for one in answerable]),
        "error_when_answered": _share([not one.right for one in answered]),
        "error_by_coverage": error_by_coverage(found),
    }


def error_by_coverage(found: Sequence[Outcome]) -> dict[str, float]:
    """Share answered wrongly among the surest so many (El-Yaniv and Wiener 2010)."""
    surest = sorted(found, key=lambda one: -one.confidence)
    return {
        f"{share:.1f}": _share([not one.right for one in surest[: round(share * len(surest))]])
        for share in SHARES
    }


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / max(1, len(values)), 4)


if __name__ == "__main__":
    main()
