"""The check: no sentence is shown unless words of an article carry it.

A sentence that is itself an evidence sentence is `quoted`. Any other must have all its numbers,
dates, names, speakers and quotations in the cited words (`rag.claims`) and be supported in meaning
(`rag.protocols.Support`); what fails is `dropped`, with the reason. Where another span carries the
sentence and the cited one does not, the citation is mended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.passages import written
from ingest.sentences import split_sentences
from rag.claims import check_claims
from rag.clauses import split_clauses
from rag.protocols import Draft, DraftSentence, Support
from rag.swaps import is_near_copy
from rag.types import Citation, Evidence, Sentence, Verdict

NEIGHBOUR_CHARACTERS = 400
"""How much text before a span counts as its context for names and dates."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with the citations that its numbers refer to."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Carried:
    """Spans that carry a sentence, each with its support."""

    spans: tuple[Evidence, ...]
    supports: tuple[float, ...]


class Verifier:
    """Checks drafted sentences against evidence, and numbers the citations of one answer."""

    def __init__(self, support: Support, threshold: float = 0.5) -> None:
        """`threshold`: drop a sentence supported with a lower probability than this."""
        self._support = support
        self._threshold = threshold

    def check(self, draft: Draft, evidence: Sequence[Evidence]) -> Iterator[Checked]:
        """Each sentence of `draft` as soon as it is checked; evidence is numbered from 1 in it."""
        yield from self.check_each(draft.sentences, evidence)

    def check_each(
        self, sentences: Iterable[DraftSentence], evidence: Sequence[Evidence]
    ) -> Iterator[Checked]:
        """`check` of sentences that are still being written: each is taken when it is asked for."""
        numbers: dict[tuple[str, int, int], int] = {}
        for sentence in sentences:
            yield self._check_one(sentence, evidence, numbers)

    def _check_one(
        self,
        drafted: DraftSentence,
        evidence: Sequence[Evidence],
        numbers: dict[tuple[str, int, int], int],
    ) -> Checked:
        text = drafted.text
        cited = [evidence[i - 1] for i in dict.fromkeys(drafted.cites) if 0 < i <= len(evidence)]
        others = [item for item in evidence if item not in cited]
        found = self._carried(text, cited, others)
        clauses = split_clauses(text)
        if len(clauses) > 1 and (isinstance(found, str) or _is_merged(clauses, found, evidence)):
            why = found if isinstance(found, str) else "its clauses come from different spans"
            found = self._by_clause(clauses, cited, others) or why
        if isinstance(found, str):
            return Checked(Sentence(text, (), Verdict.DROPPED, found), ())
        return _accept(text, found, numbers)

    def _carried(
        self, text: str, cited: Sequence[Evidence], others: Sequence[Evidence]
    ) -> _Carried | str:
        """The spans that carry `text`, the cited ones first; the first problem where none do."""
        spans = [*cited, *others]
        for span in spans:
            if _folded(span.text) == _folded(text):
                return _Carried((span,), (1.0,))
        copied = [span for span in spans if is_near_copy(text, span.text)]
        # A near copy says what another span says, or what nobody says: no third span carries it.
        alone = [[span] for span in (copied or spans)]
        together = [list(cited)] if len(cited) > 1 and not copied else []
        problems = []
        for group in [*alone[: len(cited)], *together, *alone[len(cited) :]]:
            problem, supports = self._problem(text, group)
            if problem is None:
                return _Carried(tuple(group), tuple(supports))
            problems.append(problem)
        return problems[0] if problems else "there is no evidence"

    def _by_clause(
        self, clauses: Sequence[str], cited: Sequence[Evidence], others: Sequence[Evidence]
    ) -> _Carried | None:
        """The spans that carry the clauses one by one; None where any clause is left over."""
        best: dict[int, tuple[Evidence, float]] = {}
        for clause in clauses:
            found = self._carried(clause, cited, others)
            if isinstance(found, str):
                return None
            for span, support in zip(found.spans, found.supports, strict=True):
                kept = best.get(id(span))
                best[id(span)] = (span, min(support, kept[1]) if kept else support)
        spans, supports = zip(*best.values(), strict=True)
        return _Carried(spans, supports)

    def _problem(self, text: str, spans: Sequence[Evidence]) -> tuple[str | None, list[float]]:
        """Why `spans` together do not carry `text` (None if they do), and the support of each."""
        words = " ".join(span.text for span in spans)
        context = "\n".join(context_of(span) for span in spans)
        published = spans[0].hit.article.published
        problems = check_claims(text, words, context=context, published=published)
        if problems:
            return problems[0].message, []
        together, *each = self._support.support(text, [words, *(span.text for span in spans)])
        if together < self._threshold:
            return f"its meaning is not carried by the cited words (support {together:.2f})", []
        return self._foreign_clause(text, words), [together] if len(spans) == 1 else each

    def _foreign_clause(self, text: str, words: str) -> str | None:
        """What is wrong with `text` where one of its clauses has nothing to do with `words`."""
        clauses = split_clauses(text)
        if len(clauses) < 2:
            return None
        for clause in clauses:
            (support,) = self._support.support(clause, [words])
            if support < self._threshold:
                return f"“{clause}” is not carried by the cited words (support {support:.2f})"
        return None


def _is_merged(clauses: Sequence[str], found: _Carried, evidence: Sequence[Evidence]) -> bool:
    """Whether one of the clauses is copied from spans that `found` does not have."""
    return any(
        bool(copied) and not any(span in found.spans for span in copied)
        for copied in (
            [span for span in evidence if is_near_copy(clause, span.text)] for clause in clauses
        )
    )


def context_of(evidence: Evidence) -> str:
    """What a reader of the span knows from around it: title, outlet, date, the sentence before."""
    article = evidence.hit.article
    before = article.text[max(0, evidence.start - NEIGHBOUR_CHARACTERS) : evidence.start]
    sentences = split_sentences(before)
    previous = before[sentences[-1][0] : sentences[-1][1]] if sentences else ""
    return "\n".join([article.title, article.source, written(article.published), previous])


def _accept(text: str, carried: _Carried, numbers: dict[tuple[str, int, int], int]) -> Checked:
    quoted = len(carried.spans) == 1 and _folded(carried.spans[0].text) == _folded(text)
    citations = []
    for span, support in zip(carried.spans, carried.supports, strict=True):
        article = span.hit.article
        key = (article.id, span.start, span.end)
        number = numbers.setdefault(key, len(numbers) + 1)
        quote = article.text[span.start : span.end]
        citations.append(
            Citation(
                number=number,
                article_id=article.id,
                start=span.start,
                end=span.end,
                quote=quote,
                support=support,
                title=article.title,
                source=article.source,
                url=article.url,
                published=article.published,
                changed=article.changed,
            )
        )
    verdict = Verdict.QUOTED if quoted else Verdict.SUPPORTED
    return Checked(Sentence(text, tuple(c.number for c in citations), verdict), tuple(citations))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
