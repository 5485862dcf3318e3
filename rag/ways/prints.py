"""The other prints of a cited report, found by search or not: their outlets are listed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ingest.sentences import split_sentences
from ingest.types import Article
from rag.copies import reprints
from rag.statements import Statement
from rag.types import Evidence
from rag.ways.way import Plan, span_of

CITED = 6
"""Sentences of a plan's evidence, the first ones, whose prints are looked up."""


def with_prints(plan: Plan, prints: Callable[[str], Sequence[Article]], as_of: date | None) -> Plan:
    """`plan` with every copy of its reports that has a sentence's words, in `also`.

    `prints` gives an article's copies by its id; those published after `as_of` are left out.
    """
    also = dict(plan.also)
    for item in plan.evidence[: max(CITED, len(plan.lines or ()))]:
        known = {item.hit.article.id, *(s.article_id for s in also.get(span_of(item), ()))}
        others = (
            _printed(item, article)
            for article in prints(item.hit.article.id)
            if article.id not in known
            and (as_of is None or (article.published is not None and article.published <= as_of))
        )
        if found := tuple(statement for statement in others if statement):
            also[span_of(item)] = (*also.get(span_of(item), ()), *found)
    return replace(plan, also=also)


def _printed(item: Evidence, article: Article) -> Statement | None:
    """Where `article` has the words of `item`, whole or nearly; None where it has cut them."""
    start = article.text.find(item.text)
    spans = [(start, start + len(item.text))] if start >= 0 else split_sentences(article.text)
    for begin, end in spans:
        quote = article.text[begin:end]
        if quote == item.text or reprints(quote, item.text):
            return Statement(
                article_id=article.id,
                start=begin,
                end=end,
                quote=quote,
                title=article.title,
                source=article.source,
                url=article.url,
                published=article.published,
                copy=True,
            )
    return None
