"""How well words of an article carry a sentence, as a probability.

A logistic model over what the reader says of sentence and span, the cosine of the two, and the
share of the sentence's words that stand in the span, fitted by `training/support.py`; its weights
lie in `rag/support.json`. Figures, dates, names and quotations are also checked exactly, by
`rag.claims`.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from ingest.embed import Embedder
from ingest.lexical import query_words, stems
from rag.forms import in_form_of
from rag.protocols import Reader
from rag.reading import Judgement

LEAST = 1e-4
"""No probability of the reader counts as less: beyond that it is only sure of itself."""


class ReaderSupport:
    """Support by the reader, embedding similarity and shared words (`rag.protocols.Support`)."""

    def __init__(
        self, reader: Reader, embedder: Embedder, weights: Mapping[str, float] | None = None
    ) -> None:
        self._reader = reader
        self._embedder = embedder
        self._weights = shipped_weights() if weights is None else weights

    def support(self, sentence: str, spans: Sequence[str]) -> list[float]:
        """See `rag.protocols.Support.support`."""
        return [self._probability(row) for row in self.features(sentence, spans)]

    def features(self, sentence: str, spans: Sequence[str]) -> list[dict[str, float]]:
        """What the model sees of the sentence with each span."""
        if not spans:
            return []
        told = [in_form_of(sentence, span) for span in spans]
        vectors = self._embedder.embed([*told, *spans])
        cosines = (vectors[: len(told)] * vectors[len(told) :]).sum(axis=1)
        return [
            {**_judged(judged), "cosine": float(cosine), "shared": shared_words(one, span)}
            for one, span, judged, cosine in zip(
                told, spans, self._judge(told, spans), cosines, strict=True
            )
        ]

    def _judge(self, told: Sequence[str], spans: Sequence[str]) -> Iterator[Judgement]:
        """Of each sentence beside its span; equal sentences side by side are judged at once."""
        pairs = zip(told, spans, strict=True)
        for sentence, group in groupby(pairs, key=lambda pair: pair[0]):
            yield from self._reader.judge(sentence, [span for _, span in group])

    def _probability(self, row: Mapping[str, float]) -> float:
        weights = self._weights
        logit = weights["bias"] + sum(weights[name] * value for name, value in row.items())
        return 1.0 / (1.0 + math.exp(-logit))


def _judged(judged: Judgement) -> dict[str, float]:
    """Log odds of supported against contradicted, and against neither."""
    supported, contradicted, neither = (
        math.log(max(LEAST, share))
        for share in (judged.supported, judged.contradicted, judged.neither)
    )
    return {"not_contradicted": supported - contradicted, "not_open": supported - neither}


def shared_words(sentence: str, span: str) -> float:
    """Share of the sentence's content words whose stems stand in `span`; in [0, 1]."""
    wanted = {stem for word in query_words(sentence) for stem in stems(word)}
    return len(wanted.intersection(stems(span))) / len(wanted) if wanted else 0.0


@cache
def shipped_weights() -> dict[str, float]:
    """The weights in `rag/support.json`."""
    text = files("rag").joinpath("support.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
