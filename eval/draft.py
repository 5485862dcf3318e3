"""Proposed gold cases for a person to accept: from a language model, or as gaps to fill.

A draft is no gold: read each one, mend it, and clear its `notes` before it goes into a gold set.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from eval.gold import Case, Kind
from eval.judge import Complete, prompt
from ingest.sentences import split_sentences
from ingest.types import Article
from rag.dates import find_dates
from rag.names import find_names
from rag.numbers import find_numbers

DRAFT = "draft: accept, mend or remove"
SHORTEST, LONGEST = 8, 45
"""Words of a sentence that a question is drafted from."""
TRIES = 4

Draft = Callable[[Article, str], Case | None]
"""An article and one of its sentences to a case; None where the sentence gives none."""


def drafts(
    articles: Iterable[Article], draft: Draft, per_article: int = 1, tries: int = TRIES
) -> Iterator[Case]:
    """At most `per_article` cases of each article, the same ones each time.

    For each case wanted, `tries` sentences of the article are tried: a model that cannot do it must
    not be asked about all of them. Every quote stands in its article, and every short answer in its
    quote.
    """
    for article in articles:
        sentences = [article.text[s:e] for s, e in split_sentences(article.text)]
        fit = [s for s in sentences if SHORTEST <= len(s.split()) <= LONGEST and "\n" not in s]
        random.Random(article.id).shuffle(fit)
        fit = fit[: per_article * tries]
        found = 0
        for sentence in fit:
            case = draft(article, sentence) if found < per_article else None
            if case and all(answer in sentence for answer in case.answers):
                found += 1
                yield case


def by_gap(article: Article, sentence: str) -> Case | None:
    """A gap where the sentence has a day, a number or a name."""
    gap = _gap(sentence)
    if gap is None:
        return None
    kind, start, end = gap
    words = f"{sentence[:start]}____{sentence[end:]}"
    question = f"What is missing in this sentence of “{article.title}”? {words}"
    return _case(article, sentence, question, sentence[start:end], kind)


def _gap(sentence: str) -> tuple[Kind, int, int] | None:
    # "On Saturday" is no answer by itself, and a sentence's first word has its capital anyway.
    days = [day for day in find_dates(sentence) if not day.relative and not day.vague]
    names = [name for name in find_names(sentence) if name.start > 0]
    for kind, found in (
        (Kind.DATE, days), (Kind.FACT, find_numbers(sentence)), (Kind.FACT, names),
    ):  # fmt: skip
        if found:
            return kind, found[0].start, found[0].end
    return None


_REPLY = re.compile(
    r"Question:\s*(?P<question>[^\n]+\?)\s*\n+\s*Answer:\s*(?P<answer>[^\n]+)", re.I
)


def has_draft(reply: str) -> bool:
    """Whether a reply that is still growing has a question and the whole line of its answer."""
    found = _REPLY.search(reply)
    return found is not None and found.end() < len(reply)


_LEANS = re.compile(r"\b(this|the) (article|sentence|question|passage|text)\b", re.I)


def by_model(complete: Complete) -> Draft:
    """Questions that a language model writes; a reply in another form gives none.

    Neither does an answer that is most of its sentence, nor a question about "this article".
    """

    def draft(article: Article, sentence: str) -> Case | None:
        published = article.published.isoformat() if isinstance(article.published, date) else ""
        asked = prompt("draft").format(
            title=article.title, published=published or "undated", sentence=sentence
        )
        found = _REPLY.search(complete(asked))
        if found is None:
            return None
        answer = found["answer"].strip().strip("\"'“”").rstrip(".")
        if 2 * len(answer.split()) > len(sentence.split()) or _LEANS.search(found["question"]):
            return None
        kind = Kind.DATE if found["question"].lower().startswith("when") else Kind.FACT
        return _case(article, sentence, found["question"].strip(), answer, kind)

    return draft


def _case(article: Article, sentence: str, question: str, answer: str, kind: Kind) -> Case:
    name = hashlib.sha256(f"{article.id}\0{question}".encode()).hexdigest()[:8]
    where = article.url or article.id
    return Case(f"draft-{name}", question, kind, (answer,), where, (sentence,), DRAFT)
