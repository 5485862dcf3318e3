"""The default ranker: passages in the order in which the small reader finds them relevant.

Reading is what a question costs. So the first few of the passages are read first, and the others
only where none of those surely answers. The weights and what counts as sure were chosen by
`training/ranking.py`; they lie in `rag/ranking.json`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from ingest.passages import header
from rag.protocols import Reader
from rag.types import Hit


class ReaderRanker:
    """Ranks by relevance, the best answer span and the score of retrieval (`Ranker`)."""

    def __init__(
        self,
        reader: Reader,
        *,
        span: float,
        fused: float,
        first: int = 8,
        sure: float = math.inf,
    ) -> None:
        """`span` and `fused` weigh the span's logit and the retrieval score beside relevance.

        Where the best of the `first` hits has a span with a logit of `sure`, no other is read.
        """
        self._reader = reader
        self._span = span
        self._fused = fused
        self._first = first
        self._sure = sure

    @classmethod
    def of(cls, reader: Reader, *, sure: float | None = None) -> "ReaderRanker":
        """With the weights that ship with Byline; `sure` in the place of what was chosen."""
        chosen = shipped_weights()
        return cls(
            reader,
            span=chosen["span"],
            fused=chosen["fused"],
            first=int(chosen["first"]),
            sure=chosen["sure"] if sure is None else sure,
        )

    def rank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, best first, those that were read with their reading; `score` is a logit.

        What was not read stays in its order behind what was.
        """
        first, others = hits[: self._first], hits[self._first :]
        ranked = self._ranked(question, first)
        if ranked and self._is_sure(ranked[0]):
            return [*ranked, *_behind(ranked[-1].score, others)]
        return sorted([*ranked, *self._ranked(question, others)], key=lambda hit: -hit.score)

    def _ranked(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        read = [self._scored(hit) for hit in read_hits(self._reader, question, hits)]
        return sorted(read, key=lambda hit: -hit.score)

    def _is_sure(self, best: Hit) -> bool:
        return best.reading is not None and best.reading.best_span().score >= self._sure

    def _scored(self, hit: Hit) -> Hit:
        assert hit.reading is not None
        relevance, span = hit.reading.relevance, hit.reading.best_span().score
        score = relevance + self._span * span + self._fused * hit.score
        signals = {**hit.signals, "reader": 1 / (1 + math.exp(-relevance))}
        return replace(hit, score=score, signals=signals)


def read_hits(reader: Reader, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, each with its reading; what is read already is not read again."""
    unread = [hit for hit in hits if hit.reading is None]
    if not unread:
        return list(hits)
    readings = iter(
        reader.read(
            question,
            [hit.passage.text for hit in unread],
            [header(hit.article) for hit in unread],
        )
    )
    return [hit if hit.reading else replace(hit, reading=next(readings)) for hit in hits]


def were_read(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that have been read; all of them where none has, because no reader ranked them."""
    return [hit for hit in hits if hit.reading] or list(hits)


def _behind(score: float, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, each with a score below `score`."""
    return [replace(hit, score=score - place) for place, hit in enumerate(hits, 1)]


@cache
def shipped_weights() -> dict[str, float]:
    """The weights in `rag/ranking.json`."""
    text = files("rag").joinpath("ranking.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
