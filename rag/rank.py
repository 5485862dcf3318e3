"""The default ranker: passages in the order in which the small reader finds them relevant."""

import math
from collections.abc import Sequence
from dataclasses import replace

from ingest.passages import header
from rag.protocols import Reader
from rag.reader import OpenVINOReader
from rag.types import Hit


class ReaderRanker:
    """Ranks by relevance, the best answer span and the score of retrieval (`Ranker`)."""

    def __init__(self, reader: Reader, *, span: float, fused: float) -> None:
        """`span` and `fused` weigh the span's logit and the retrieval score beside relevance."""
        self._reader = reader
        self._span = span
        self._fused = fused

    @classmethod
    def of(cls, reader: OpenVINOReader) -> "ReaderRanker":
        """With the weights that were chosen for this reader."""
        chosen = reader.settings
        return cls(reader, span=chosen["rank_span"], fused=chosen["rank_fused"])

    def rank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, best first, each with its reading; `score` becomes a logit."""
        ranked = [self._scored(hit) for hit in read_hits(self._reader, question, hits)]
        return sorted(ranked, key=lambda hit: -hit.score)

    def _scored(self, hit: Hit) -> Hit:
        assert hit.reading is not None
        relevance, span = hit.reading.relevance, hit.reading.best_span().score
        score = relevance + self._span * span + self._fused * hit.score
        signals = {**hit.signals, "reader": 1 / (1 + math.exp(-relevance))}
        return replace(hit, score=score, signals=signals)


def read_hits(reader: Reader, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, each with its reading; what is read already is not read again."""
    unread = [hit for hit in hits if hit.reading is None]
    readings = iter(
        reader.read(
            question,
            [hit.passage.text for hit in unread],
            [header(hit.article) for hit in unread],
        )
    )
    return [hit if hit.reading else replace(hit, reading=next(readings)) for hit in hits]
