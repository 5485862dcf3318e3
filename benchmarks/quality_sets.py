"""The question sets of `benchmarks.quality`, each as gold cases and as articles to ingest."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import DATA, require
from eval.gold import Case, Kind, load_gold
from eval.importers import address, beir, squad, write_articles
from training.reader.sources import squad_parts

EXAMPLES = Path(__file__).parent.parent / "examples"
SEED = 11


@dataclass(frozen=True)
class QuestionSet:
    """Questions, and the articles that they are asked of."""

    title: str
    cases: Sequence[Case]
    """In the order in which a sample takes them."""
    articles: Path
    """A file or folder for ingest."""
    left_out: str = ""
    """Which questions of the set are not asked, and why."""

    def sample(self, size: int) -> list[Case]:
        """The first `size`; a smaller sample is part of a larger one."""
        return list(self.cases[:size])


def shipped(folder: Path) -> QuestionSet:
    """The gold set of `examples`."""
    cases = load_gold(EXAMPLES / "gold.jsonl")
    return QuestionSet(TITLES["gold"], _shuffled(cases), EXAMPLES / "articles")


def squad_dev(folder: Path) -> QuestionSet:
    """SQuAD 1.1 dev: questions about the titles kept for reporting, asked of all 48 articles."""
    found = squad(require(DATA / "squad" / "dev-v1.1.json"))
    report = {title for title, part in squad_parts().items() if part == "report"}
    wanted = {address(title) for title in report}
    cases = [case for case in found.cases if case.article in wanted]
    articles = _kept(folder / "articles.jsonl", found.articles)
    left = f"{len(found.cases) - len(cases)} questions about titles that the reader has seen"
    return QuestionSet(TITLES["squad"], _shuffled(cases), articles, left)


def scifact(folder: Path) -> QuestionSet:
    """SciFact: 300 claims, of which the abstracts that judge them are to be found."""
    require(DATA / "scifact" / "corpus.jsonl")
    found = beir(DATA / "scifact")
    articles = _kept(folder / "articles.jsonl", found.articles)
    return QuestionSet(TITLES["scifact"], _shuffled(found.cases), articles)


def clapnq(folder: Path) -> QuestionSet:
    """CLAPNQ dev: 300 questions with the sentences that answer them, 300 without an answer."""
    source = require(DATA / "clapnq" / "dev_answerable.jsonl")
    texts: dict[str, dict[str, str]] = {}
    cases, unquoted = [], 0
    for row in map(json.loads, source.read_text().splitlines()):
        passage = row["passages"][0]
        where = address(row["id"])
        texts[where] = _article(where, passage)
        wanted = [quote.strip() for quote in row["output"][0]["selected_sentences"]]
        quotes = tuple(dict.fromkeys(q for q in wanted if q and q in passage["text"]))
        if quotes:
            cases.append(Case(row["id"], _asked(row), Kind.FACT, (), where, quotes))
        else:
            unquoted += 1
    without = DATA / "clapnq" / "dev_unanswerable.jsonl"
    for row in map(json.loads, without.read_text().splitlines()):
        where = address(row["id"])
        texts[where] = _article(where, row["passages"][0])
        cases.append(Case(row["id"], _asked(row), Kind.UNANSWERABLE))
    articles = _kept(folder / "articles.jsonl", list(texts.values()))
    left = f"{unquoted} questions without a gold sentence in their passage" if unquoted else ""
    return QuestionSet(TITLES["clapnq"], _shuffled(cases), articles, left)


TITLES: Mapping[str, str] = {
    "gold": "shipped gold set", "squad": "SQuAD 1.1 dev", "scifact": "SciFact",
    "clapnq": "CLAPNQ dev",
}  # fmt: skip
SETS: Mapping[str, Callable[[Path], QuestionSet]] = {
    "gold": shipped, "squad": squad_dev, "scifact": scifact, "clapnq": clapnq,
}  # fmt: skip


def _asked(row: Mapping[str, Any]) -> str:
    return str(row["input"]).strip()


def _article(where: str, passage: Mapping[str, Any]) -> dict[str, str]:
    return {"url": where, "title": passage["title"], "text": passage["text"]}


def _shuffled(cases: Sequence[Case]) -> list[Case]:
    """In an order of its own, so that a sample is no part of the file, and always the same one."""
    found = list(cases)
    random.Random(SEED).shuffle(found)
    return found


def _kept(path: Path, articles: list[dict[str, str]]) -> Path:
    if not path.exists():
        write_articles(path, articles)
    return path
