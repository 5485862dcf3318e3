"""Near copies: several outlets print one report. It has one vote, and the others are listed.

An article is a copy where ingest found it to be one (`Article.duplicate_of`), and a sentence where
another article has it in nearly the same words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.lexical import stems
from ingest.types import Article
from rag.dates import find_dates
from rag.names import find_names, name_stands_in
from rag.numbers import find_numbers, same_amount
from rag.quote import SAME_WORDS
from rag.statements import Statement
from rag.types import Citation, Evidence

COMPARED = 24
"""Sentences, the most probable first, among which copies are looked for: nobody is shown more."""


def cluster_of(article: Article) -> str:
    """The id of the report that `article` is a print of: its own, where it is no copy."""
    return article.duplicate_of or article.id


def is_copy(item: Evidence, other: Evidence) -> bool:
    """Whether two sentences are one voice: of one report, or in nearly the same words."""
    one, two = item.hit.article, other.hit.article
    return cluster_of(one) == cluster_of(two) or reprints(item.text, other.text)


def reprints(text: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words, figures included."""
    one, two = _stems(text), _stems(other)
    alike = len(one & two) >= SAME_WORDS * len(one | two)
    return alike and not (_figures_differ(text, other) or _names_differ(text, other))


def collapse(evidence: Sequence[Evidence]) -> list[tuple[Evidence, tuple[Evidence, ...]]]:
    """`evidence` in its order, each sentence with its near copies in other articles.

    Where a copy was found first, the report that it copies takes its place.
    """
    groups: list[list[Evidence]] = []
    for item in evidence[:COMPARED]:
        same = next((g for g in groups if _reprints(item, g)), None)
        if same is None:
            groups.append([item])
        else:
            same.append(item)
    rest = [(item, ()) for item in evidence[COMPARED:]]
    return [*(_original_first(group) for group in groups), *rest]


def statement(item: Evidence, *, copy: bool = False) -> Statement:
    """`item` as what its article says."""
    article = item.hit.article
    return Statement(
        article_id=article.id,
        start=item.start,
        end=item.end,
        quote=article.text[item.start : item.end],
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        copy=copy,
    )


def independent_sources(
    citations: Iterable[Citation], clusters: dict[str, str] | None = None
) -> int:
    """How many sources of their own stand behind `citations`; `clusters` by article id.

    Prints of one report are one voice, and so are two articles of one outlet.
    """
    known = clusters or {}
    said: list[Citation | Statement] = []
    for citation in citations:
        said += [citation, *(told for told in citation.also if not told.copy)]
    reports = {known.get(one.article_id, one.article_id) for one in said}
    outlets = {one.source.casefold() or one.article_id for one in said}
    return min(len(reports), len(outlets))


def _reprints(item: Evidence, group: Sequence[Evidence]) -> bool:
    article = item.hit.article
    return any(
        other.hit.article.id != article.id and reprints(item.text, other.text) for other in group
    )


def _original_first(group: Sequence[Evidence]) -> tuple[Evidence, tuple[Evidence, ...]]:
    """The earliest print leads, with the probability of the best."""
    originals = [item for item in group if item.hit.article.duplicate_of is None] or list(group)
    dated = [item for item in originals if item.hit.article.published]
    first = min(dated, key=lambda item: str(item.hit.article.published), default=originals[0])
    if first.hit.article.published == group[0].hit.article.published:
        first = group[0] if group[0] in originals else first
    rest = tuple(item for item in group if item is not first)
    return replace(first, probability=max(item.probability for item in group)), rest


def _figures_differ(text: str, other: str) -> bool:
    """Whether each has a number, or a day of a month, that the other has not."""
    ours, theirs = find_numbers(text), find_numbers(other)
    only_ours = [n for n in ours if not any(same_amount(n, m) for m in theirs)]
    only_theirs = [n for n in theirs if not any(same_amount(n, m) for m in ours)]
    if only_ours and only_theirs:
        return True
    days, others = _days(text), _days(other)
    return bool(days - others and others - days)


def _days(text: str) -> set[tuple[int | None, int]]:
    values = [mention.value for mention in find_dates(text)]
    return {(value.month, value.day) for value in values if value and value.day}


def _names_differ(text: str, other: str) -> bool:
    """Whether each names somebody or something that the other does not."""

    def lacking(here: str, there: str) -> bool:
        return any(not name_stands_in(name.text, there) for name in find_names(here))

    return lacking(text, other) and lacking(other, text)


@lru_cache(maxsize=4096)  # every sentence is compared with many
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))
