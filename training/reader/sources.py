"""Reads the development data into questions with gold spans. Formats: see each SOURCE.txt."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpora import DATA
from training.reader.titles import Part, split_titles

SHIFTS = {
    "wiki": "new_wiki_v1.0.json",
    "reddit": "reddit_v1.0.json",
    "amazon": "amazon_reviews_v1.0.json",
}


@dataclass(frozen=True)
class Span:
    """Characters start to end of a passage, with the share of annotators that chose them."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Question:
    """A question beside one passage; no spans means that the passage does not answer it."""

    id: str
    text: str
    passage: str
    title: str
    source: str
    spans: tuple[Span, ...]
    answers: tuple[str, ...]  # every annotator's answer, for scoring


def squad(part: Part, version: str = "1.1") -> list[Question]:
    """SQuAD dev questions of one part of the title split; version is "1.1" or "2.0"."""
    parts = squad_parts()
    return [
        question
        for article in _articles(DATA / "squad" / f"dev-v{version}.json")
        if parts[article["title"]] == part
        for question in _questions(article, "squad", exact=False)
    ]


@cache
def squad_parts() -> dict[str, Part]:
    """The title split over the titles of both versions, in 2.0 and not in 2.0 separately."""
    both = {article["title"] for article in _articles(DATA / "squad" / "dev-v2.0.json")}
    older = {article["title"] for article in _articles(DATA / "squad" / "dev-v1.1.json")} - both
    return split_titles(both) | split_titles(older)


def squad_paragraphs() -> list[tuple[str, str]]:
    """(title, paragraph) of all 2,067 paragraphs of SQuAD 1.1 dev, in file order."""
    return [
        (article["title"], paragraph["context"])
        for article in _articles(DATA / "squad" / "dev-v1.1.json")
        for paragraph in article["paragraphs"]
    ]


def squad_training() -> list[Question]:
    """Train titles of 1.1 and 2.0 together, each question once."""
    by_id = {question.id: question for question in squad("train", "1.1")}
    by_id |= {question.id: question for question in squad("train", "2.0")}
    return list(by_id.values())


def shifts(source: str, part: Part) -> list[Question]:
    """SquadShifts questions of a part, "train" or "choose"; source is wiki, reddit or amazon.

    Nothing of SquadShifts is reported on. Its Reddit file has one title, so there the passages
    are split.
    """
    articles = _articles(DATA / "squadshifts" / SHIFTS[source])
    asked = [
        question for article in articles for question in _questions(article, source, exact=True)
    ]
    group = {one.id: one.passage if source == "reddit" else one.title for one in asked}
    parts = split_titles(group.values(), report=0, choose=0.08)
    return [one for one in asked if parts[group[one.id]] == part]


def _articles(path: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(path.read_text())["data"]
    return loaded


def _questions(article: dict[str, Any], source: str, *, exact: bool) -> Iterator[Question]:
    for paragraph in article["paragraphs"]:
        passage: str = paragraph["context"]
        for asked in paragraph["qas"]:
            votes = Counter(
                (
                    answer["answer_start"]
                    if exact
                    else best_occurrence(passage, answer["text"], asked["question"]),
                    answer["text"],
                )
                for answer in asked["answers"]
            )
            spans = tuple(
                Span(start, start + len(text), count / votes.total())
                for (start, text), count in votes.items()
            )
            yield Question(
                str(asked["id"]),
                asked["question"].strip(),
                passage,
                article["title"].replace("_", " "),
                source,
                spans,
                tuple(answer["text"] for answer in asked["answers"]),
            )


def best_occurrence(passage: str, answer: str, question: str) -> int:
    """Where the answer stands among most words of the question, within 100 characters."""
    starts = [found.start() for found in re.finditer(re.escape(answer), passage)]
    if len(starts) < 2:
        return starts[0] if starts else passage.find(answer)
    asked = set(re.findall(r"\w+", question.lower()))

    def overlap(start: int) -> int:
        around = passage[max(0, start - 100) : start + len(answer) + 100]
        return len(asked & set(re.findall(r"\w+", around.lower())))

    return max(starts, key=overlap)
