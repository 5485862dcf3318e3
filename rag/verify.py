"""The check: no sentence is shown unless words of an article carry it.

A sentence that is itself an evidence sentence is `quoted`. Any other must have all its numbers,
dates, names and quotations in the cited words (`rag.claims`) and be supported in meaning
(`rag.protocols.Support`); what fails is `dropped`, with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.passages import written
from ingest.sentences import split_sentences
from rag.claims import check_claims
from rag.protocols import Draft, DraftSentence, Support
from rag.types import Citation, Evidence, Sentence, Verdict

NEIGHBOUR_CHARACTERS = 400
"""How much text before a span counts as its context for names and dates."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with the citations that its numbers refer to."""

    sentence: Sentence
    citations: tuple[Citation, ...]


class Verifier:
    """Checks drafted sentences against evidence, and numbers the citations of one answer."""

    def __init__(self, support: Support, threshold: float = 0.5) -> None:
        """`threshold`: drop a sentence supported with a lower probability than this."""
        self._support = support
        self._threshold = threshold

    def check(self, draft: Draft, evidence: Sequence[Evidence]) -> Iterator[Checked]:
        """Each sentence of `draft` as soon as it is checked; evidence is numbered from 1 in it."""
        numbers: dict[tuple[str, int, int], int] = {}
        for sentence in draft.sentences:
            yield self._check_one(sentence, evidence, numbers)

    def _check_one(
        self,
        drafted: DraftSentence,
        evidence: Sequence[Evidence],
        numbers: dict[tuple[str, int, int], int],
    ) -> Checked:
        cited = [evidence[i - 1] for i in dict.fromkeys(drafted.cites) if 0 < i <= len(evidence)]
        alone = [[item] for item in cited]
        together = [cited] if len(cited) > 1 else []
        # A wrong number is mended where another span carries the sentence by itself.
        others = [[item] for item in evidence if item not in cited]
        problems = []
        for spans in [*alone, *together, *others]:
            problem, supports = self._problem(drafted.text, spans)
            if problem is None:
                return _accept(drafted.text, spans, supports, numbers)
            problems.append(problem)
        why = problems[0] if problems else "there is no evidence"
        return Checked(Sentence(drafted.text, (), Verdict.DROPPED, why), ())

    def _problem(self, text: str, spans: Sequence[Evidence]) -> tuple[str | None, list[float]]:
        """Why `spans` together do not carry `text` (None if they do), and the support of each."""
        if len(spans) == 1 and _folded(spans[0].text) == _folded(text):
            return None, [1.0]
        words = " ".join(span.text for span in spans)
        context = "\n".join(context_of(span) for span in spans)
        published = spans[0].hit.article.published
        problems = check_claims(text, words, context=context, published=published)
        if problems:
            return problems[0].message, []
        together, *each = self._support.support(text, [words, *(span.text for span in spans)])
        if together < self._threshold:
            return f"its meaning is not carried by the cited words (support {together:.2f})", []
        return None, [together] if len(spans) == 1 else each


def context_of(evidence: Evidence) -> str:
    """What a reader of the span knows from around it: title, outlet, date, the sentence before."""
    article = evidence.hit.article
    before = article.text[max(0, evidence.start - NEIGHBOUR_CHARACTERS) : evidence.start]
    sentences = split_sentences(before)
    previous = before[sentences[-1][0] : sentences[-1][1]] if sentences else ""
    return "\n".join([article.title, article.source, written(article.published), previous])


def _accept(
    text: str,
    spans: Sequence[Evidence],
    supports: Sequence[float],
    numbers: dict[tuple[str, int, int], int],
) -> Checked:
    quoted = len(spans) == 1 and spans[0].text == text
    citations = []
    for span, support in zip(spans, supports, strict=True):
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
            )
        )
    verdict = Verdict.QUOTED if quoted else Verdict.SUPPORTED
    return Checked(Sentence(text, tuple(c.number for c in citations), verdict), tuple(citations))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
