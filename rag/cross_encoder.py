"""Any cross-encoder of sentence-transformers as ranker, in the place of the small reader."""

from collections.abc import Sequence
from dataclasses import replace

from rag.types import Hit


class CrossEncoderRanker:
    """Ranks by a cross-encoder's score of (question, passage) (`rag.protocols.Ranker`)."""

    def __init__(self, name: str, *, local_files_only: bool = True, device: str | None = None):
        """`name`: a folder, or a name that the hub's cache (or with downloads the hub) knows."""
        from sentence_transformers import CrossEncoder

        self._model = CrossEncoder(name, device=device, local_files_only=local_files_only)

    def rank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, best first; `score` and the signal `cross_encoder` are the model's score."""
        if not hits:
            return []
        scores = self._model.predict(
            [(question, hit.passage.text) for hit in hits], show_progress_bar=False
        )
        ranked = [
            replace(hit, score=float(score), signals={**hit.signals, "cross_encoder": float(score)})
            for hit, score in zip(hits, scores, strict=True)
        ]
        return sorted(ranked, key=lambda hit: -hit.score)
