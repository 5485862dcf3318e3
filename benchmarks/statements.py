"""Sentences of development articles as evidence, in two halves by article: to tune on, to report.

Read in place (`benchmarks.corpora.DATA`), never copied. An article is in the half that a digest of
its identity says, so that no article, and no other sentence of it, is in both.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corpora import DATA, require, squad
from ingest.sentences import split_sentences
from ingest.types import Article, Passage
from rag.types import Evidence, Hit

HALVES = ("tune", "report")
MOST_FROM_ONE = 40
"""Sentences of one article that are used, so that no long article decides a figure."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an article, with its neighbours."""

    article: Article
    start: int
    end: int
    before: str
    """The sentences in front of it, up to three."""
    after: str
    """The sentence behind it."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.start : self.end]

    def evidence(self) -> Evidence:
        """The sentence as the evidence finder would hand it on."""
        article = self.article
        passage = Passage(f"{article.id}:0", article.id, 0, article.text, 0, len(article.text))
        return Evidence(Hit(passage, article, 1.0), self.text, self.start, self.end, 0.9)


def statements(half: str) -> list[Statement]:
    """The sentences of one half, shuffled in a fixed order."""
    found = [
        statement
        for article in _articles()
        if half_of(article.id) == half
        for statement in _sampled(article)
    ]
    random.Random(4).shuffle(found)
    return found


def half_of(identity: str) -> str:
    """`tune` or `report`, from a digest of an article's identity."""
    return HALVES[hashlib.sha256(identity.encode()).digest()[0] % 2]


def news() -> list[Article]:
    """The 181 news pages of the article-extraction benchmark, by their ground-truth bodies."""
    path = require(DATA / "article_extraction" / "ground-truth.json")
    pages = json.loads(path.read_text(encoding="utf-8"))
    return [
        Article(name, page["articleBody"], _title(page["articleBody"]), source="The Outlet")
        for name, page in sorted(pages.items())
    ]


def _articles() -> Iterator[Article]:
    yield from news()
    for path in ("squad/dev-v1.1.json", "squadshifts/new_wiki_v1.0.json"):
        articles, _ = squad(DATA / path)
        yield from articles


def _title(body: str) -> str:
    """The bodies come without a title; their opening words stand in."""
    return " ".join(body.split()[:8])


def _sampled(article: Article) -> Sequence[Statement]:
    spans = split_sentences(article.text)
    found = []
    for place, (start, end) in enumerate(spans):
        text = article.text[start:end]
        if not _is_statement(text):
            continue
        first = spans[max(0, place - 3)][0]
        after = article.text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        found.append(Statement(article, start, end, article.text[first:start].strip(), after))
    return random.Random(article.id).sample(found, min(MOST_FROM_ONE, len(found)))


def _is_statement(text: str) -> bool:
    words = text.split()
    english = sum(char.isascii() for char in text) > 0.9 * len(text)
    whole = text[0].isupper() or text[0] in '“"'
    return english and whole and 8 <= len(words) <= 45 and text.rstrip("”\"'’")[-1:] == "."
