"""The drafter that writes nothing: the best evidence sentences themselves, whole."""

import re
from collections.abc import Sequence

from ingest.lexical import stems
from rag.protocols import Draft, DraftSentence
from rag.types import Evidence

NEARLY_AS_GOOD = 0.6
"""A further sentence is quoted when it is at least this share as probable as the first."""
SAME_WORDS = 0.6
"""Sentences that share this much of their words (Jaccard index of stems) say the same."""


class QuoteDrafter:
    """Quotes up to `max_sentences` evidence sentences (`rag.protocols.Drafter`)."""

    def __init__(self, max_sentences: int = 2) -> None:
        self._max_sentences = max_sentences

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        """The first of `evidence`, then others that are nearly as good and say something new."""
        chosen: list[int] = []
        for index, item in enumerate(evidence):
            if len(chosen) == self._max_sentences:
                break
            good = item.probability >= NEARLY_AS_GOOD * evidence[0].probability
            said = [evidence[i].text for i in chosen]
            if not chosen or (good and not any(says_the_same(item.text, text) for text in said)):
                chosen.append(index)
        return Draft(
            tuple(DraftSentence(in_one_paragraph(evidence[i].text), (i + 1,)) for i in chosen)
        )


def in_one_paragraph(text: str) -> str:
    """A quote as it is displayed where it runs over the end of a paragraph; lists keep their lines.

    >>> in_one_paragraph("“We sent a few,” he added.\\n\\nHe named no number.")
    '“We sent a few,” he added. He named no number.'
    """
    return re.sub(r"\s*\n\s*\n\s*(?![-*•\d])", " ", text)


def says_the_same(text: str, other: str) -> bool:
    """Whether two sentences are near copies of each other."""
    one, two = set(stems(text)), set(stems(other))
    return len(one & two) >= SAME_WORDS * len(one | two)
