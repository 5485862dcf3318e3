"""Citations: whether they are verbatim, carry their sentences, and stand where the gold stands."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from eval.gold import Span
from eval.library import Library
from eval.statistics import mean
from ingest.passages import written
from ingest.sentences import split_sentences
from ingest.types import Article
from rag.types import Answer, Citation

CONTEXT_CHARACTERS = 400
"""How far before a quote its context is looked for."""


class Check(Protocol):
    """Finds what a sentence claims and the quoted words do not carry."""

    def __call__(
        self, sentence: str, span: str, *, context: str = "", published: date | None = None
    ) -> Sequence[object]:
        """The problems, empty when `span` carries `sentence`; see `rag.claims.check_claims`."""
        ...


Carries = Callable[[str, Sequence[Citation]], bool]
"""Whether the quotes of these citations, read together, carry this sentence."""


def carries(library: Library, check: Check) -> Carries:
    """Judges by `check`, which is told what a reader of the quotes would know beside them."""

    def carry(sentence: str, cited: Sequence[Citation]) -> bool:
        words = " ".join(c.quote for c in cited)
        context = "\n".join(_around(c, library.article(c.article_id)) for c in cited)
        return not check(sentence, words, context=context, published=cited[0].published)

    return carry


class Attribution(NamedTuple):
    """How well an answer's sentences are cited; each None where there is nothing to judge."""

    recall: float | None
    precision: float | None


def attribution(answer: Answer, carry: Carries) -> Attribution:
    """Citation recall and precision of the displayed sentences (ALCE, Gao et al. 2023).

    Recall: the share of sentences that all their quotes together carry; a sentence without a
    citation scores 0. Precision: the share of citations that are needed. A citation is needed when
    its sentence is carried, and either its quote alone carries the sentence or the others without
    it do not.
    """
    carried, needed = [], []
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.shown:
        cited = [by_number[n] for n in sentence.citations if n in by_number]
        whole = bool(cited) and carry(sentence.text, cited)
        carried.append(float(whole))
        for citation in cited:
            others = [c for c in cited if c is not citation]
            alone = whole and carry(sentence.text, [citation])
            needed.append(
                float(alone or (whole and bool(others) and not carry(sentence.text, others)))
            )
    return Attribution(mean(carried), mean(needed) if needed or not carried else 0.0)


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether `span` shares at least one character with any of `others`."""
    start, end = span
    return any(max(start, low) < min(end, high) for low, high in others)


def verbatim_share(
    citations: Sequence[Citation], article: Callable[[str], Article | None]
) -> float | None:
    """|citations with article.text[start:end] == quote| / |citations|; None without a citation.

    `article` gives the article of an id; a citation of one that is not there is not verbatim.
    """
    return mean([float(_is_verbatim(c, article(c.article_id))) for c in citations])


def displayed(answer: Answer) -> list[Citation]:
    """The citations of the sentences that are shown."""
    shown = {number for sentence in answer.shown for number in sentence.citations}
    return [citation for citation in answer.citations if citation.number in shown]


def _is_verbatim(citation: Citation, article: Article | None) -> bool:
    return article is not None and article.text[citation.start : citation.end] == citation.quote


def _around(citation: Citation, article: Article | None) -> str:
    """What a reader of a quote knows without it: title, outlet, date, the sentence before."""
    before = article.text[: citation.start][-CONTEXT_CHARACTERS:] if article else ""
    sentences = split_sentences(before)
    previous = before[slice(*sentences[-1])] if sentences else ""
    return "\n".join([citation.title, citation.source, written(citation.published), previous])
