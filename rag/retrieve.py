"""Passages by meaning and by words, fused by reciprocal rank."""

from collections.abc import Sequence
from datetime import date

from ingest.embed import Embedder
from ingest.library import Library
from ingest.types import Article, Passage
from rag.types import Hit

Ranked = Sequence[tuple[str, float]]
"""`(passage id, score)`, best first."""


class HybridRetriever:
    """Dense and BM25 search over one library, fused (`rag.protocols.Retriever`)."""

    def __init__(
        self, library: Library, embedder: Embedder, *, candidates: int = 50, rrf_k: int = 60
    ) -> None:
        self.library = library
        self._embedder = embedder
        self._candidates = candidates
        self._rrf_k = rrf_k

    def retrieve(self, question: str, k: int, as_of: date | None = None) -> list[Hit]:
        """See `rag.protocols.Retriever.retrieve`."""
        self.library.refresh()
        if not question.strip() or k < 1:
            return []
        vector = self._embedder.embed([question])[0]
        depth = max(k, self._candidates)
        total = self.library.catalogue.count_passages()
        while True:
            dense = self.library.vectors.nearest(vector, depth)
            lexical = self.library.words.best(question, depth)
            hits = self._hits(dense, lexical, as_of)
            # What is filtered away afterwards is made up for by looking deeper: filtering inside
            # Chroma costs 200 ms at 100,000 passages, a deeper search a few.
            if len(hits) >= k or depth >= total:
                return hits[:k]
            depth *= 4

    def _hits(self, dense: Ranked, lexical: Ranked, as_of: date | None) -> list[Hit]:
        fused = fuse([dense, lexical], self._rrf_k)
        found = self.library.catalogue.passages(list(fused))
        cosines, bm25 = dict(dense), dict(lexical)
        hits = []
        for identity, score in fused.items():
            if identity not in found or not _visible(found[identity], as_of):
                continue
            passage, article = found[identity]
            signals = {}
            if identity in cosines:
                signals["dense"] = cosines[identity]
            if identity in bm25:
                signals["lexical"] = bm25[identity]
            hits.append(Hit(passage, article, score, signals))
        return hits


def fuse(rankings: Sequence[Ranked], k: int = 60) -> dict[str, float]:
    """Reciprocal rank fusion: `score(d) = sum over rankings of 1 / (k + rank(d))`, best first.

    Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    rank learning methods", SIGIR 2009. Ranks start at 1; ties keep the first ranking's order.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, (identity, _) in enumerate(ranking, 1):
            scores[identity] = scores.get(identity, 0.0) + 1.0 / (k + rank)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def _visible(found: tuple[Passage, Article], as_of: date | None) -> bool:
    """With an as-of date only articles known to be published by then can be seen."""
    published = found[1].published
    return as_of is None or (published is not None and published <= as_of)
