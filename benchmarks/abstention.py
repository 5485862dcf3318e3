"""`python -m benchmarks.abstention --json`: does Byline know when the articles do not say?

SQuAD 2.0 dev (Rajpurkar, Jia and Liang 2018): its 35 titles as an open library, questions of the
titles that nothing was fitted on, half of them unanswerable. Or CLAPNQ dev (Rosenthal et al. 2024):
its 600 passages as articles, half of the questions unanswerable (of the answerable ones the reader
has seen the written answers, as sentences to check). The passages are retrieved, not given. An
answer is right when its first citation holds a gold answer, or touches a gold sentence. The curve
gives, for each share of questions answered (the surest first), the share of them answered wrongly.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.corpora import DATA, Asked, kept_library, require, squad
from benchmarks.retrieval import progress
from ingest.types import Article
from rag.build import build_assistant, build_embedder
from rag.settings import Settings
from rag.types import Answer, Citation
from training.reader.sources import squad_parts

THRESHOLDS = (0.5, 0.6, 0.667, 0.75, 0.8, 0.85, 0.9)
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
    parser.add_argument("--set", choices=("squad", "clapnq"), default="squad")
    parser.add_argument("--sample", type=int, default=1000, help="questions, of 3,353 or 600")
    asked = parser.parse_args()
    figures = summary(outcomes(asked.set, asked.sample))
    print(json.dumps(figures) if asked.json else json.dumps(figures, indent=1))


def reported_squad() -> tuple[list[Article], list[Asked]]:
    """All titles of SQuAD 2.0 dev, and the questions of the reported ones."""
    articles, every = squad(DATA / "squad" / "dev-v2.0.json")
    titles = {article.id: article.title.replace(" ", "_") for article in articles}
    return articles, [one for one in every if squad_parts()[titles[one.article_id]] == "report"]


def clapnq() -> tuple[list[Article], list[Asked]]:
    """CLAPNQ dev: each passage an article; the spans are those of the gold sentences."""
    articles: dict[str, Article] = {}
    asked = []
    for kind in ("answerable", "unanswerable"):
        path = require(DATA / "clapnq" / f"dev_{kind}.jsonl")
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            told = row["passages"][0]
            article = Article(f"{kind}-{row['id']}", told["text"], told["title"])
            articles.setdefault(told["text"], article)
            home = articles[told["text"]]
            gold = row["output"][0].get("selected_sentences") or [] if kind == "answerable" else []
            starts = [(home.text.find(sentence), len(sentence)) for sentence in gold]
            spans = tuple((start, start + size) for start, size in starts if start >= 0)
            whole = (0, len(home.text))
            asked.append(Asked(row["id"], row["input"], home.id, whole, tuple(gold), spans))
    return list(articles.values()), asked


def outcomes(name: str, sample: int) -> list[Outcome]:
    """Asks a sample of the questions of a library of all the articles."""
    articles, every = clapnq() if name == "clapnq" else reported_squad()
    chosen = random.Random(4).sample(every, len(every))[:sample]
    settings = Settings()
    with closing(kept_library(f"{name}-2", articles, build_embedder(settings))) as library:
        # It never abstains here: what it would have said is needed for the curve.
        bold = settings.answer.model_copy(update={"threshold": 0.0})
        assistant = build_assistant(settings.model_copy(update={"answer": bold}), library)
        holds = _touches if name == "clapnq" else _holds
        found = []
        for one in progress(chosen, "questions"):
            answer = assistant.ask(one.question, infer_scope=False)
            silent = answer.confidence < settings.answer.threshold
            right = _is_right(one, answer, holds)
            found.append(Outcome(bool(one.spans), silent, right, answer.confidence))
    return found


Holds = Callable[[Citation, int, int], bool]


def _holds(citation: Citation, start: int, end: int) -> bool:
    return citation.start <= start and end <= citation.end


def _touches(citation: Citation, start: int, end: int) -> bool:
    return citation.start < end and start < citation.end


def _is_right(asked: Asked, answer: Answer, holds: Holds) -> bool:
    first = answer.citations[0] if answer.citations else None
    return (
        first is not None
        and first.article_id == asked.article_id
        and any(holds(first, *span) for span in asked.spans)
    )


def summary(found: Sequence[Outcome]) -> dict[str, Any]:
    """Abstention at the shipped threshold and at others, and error by coverage."""
    return {
        "questions": len(found),
        "unanswerable": sum(not one.answerable for one in found),
        "right_when_answerable": _share([one.right for one in found if one.answerable]),
        **silence(found),
        "by_threshold": {
            f"{threshold:g}": silence(
                [replace(one, abstained=one.confidence < threshold) for one in found]
            )
            for threshold in THRESHOLDS
        },
        "error_by_coverage": error_by_coverage(found),
    }


def silence(found: Sequence[Outcome]) -> dict[str, float]:
    """How well those that abstained are the unanswerable ones, and what is said of the others."""
    silent = [one for one in found if one.abstained]
    rightly = sum(not one.answerable for one in silent)
    precision = rightly / max(1, len(silent))
    recall = rightly / max(1, sum(not one.answerable for one in found))
    return {
        "abstain_precision": round(precision, 4),
        "abstain_recall": round(recall, 4),
        "abstain_f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "answered_when_answerable": _share([not one.abstained for one in found if one.answerable]),
        "error_when_answered": _share([not one.right for one in found if not one.abstained]),
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
