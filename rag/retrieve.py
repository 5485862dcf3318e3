"""Passages by meaning and by words, fused by reciprocal rank."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.embed import Embedder
from ingest.library import Library
from rag.scope import Scope
from rag.types import Hit

FEW = 500
"""So many passages are compared one by one: beyond them, fetching the vectors from Chroma costs
more than looking deeper (1,880 took 300 ms, 445 took 35 ms)."""
PREFERENCE = 0.5
"""What a preferred article gains, as a share of its score."""

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

    def retrieve(
        self, question: str, k: int, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        """See `rag.protocols.Retriever.retrieve`."""
        self.library.refresh()
        if not question.strip() or k < 1:
            return []
        allowed = self._allowed(as_of, scope)
        vector = self._embedder.embed([question])[0]
        depth = max(k, self._candidates)
        few = self._few(allowed)
        if few is not None:
            dense = self.library.vectors.among(vector, few)[:depth]
            lexical = self.library.words.best(question, depth, few)
            return preferred(self._hits(dense, lexical, allowed), scope)[:k]
        total = self.library.catalogue.count_passages()
        while True:
            dense = self.library.vectors.nearest(vector, depth)
            lexical = self.library.words.best(question, depth)
            hits = self._hits(dense, lexical, allowed)
            # What is filtered away afterwards is made up for by looking deeper: filtering inside
            # Chroma costs 200 ms at 100,000 passages, a deeper search a few.
            if len(hits) >= k or depth >= total:
                return preferred(hits, scope)[:k]
            depth *= 4

    def _allowed(self, as_of: date | None, scope: Scope | None) -> set[str] | None:
        """The articles that may be seen; None for all of them.

        With an as-of date only articles known to be published by then can be seen.
        """
        limits = scope or Scope()
        if as_of is None and not limits.limits:
            return None
        days = [day for day in (as_of, limits.until) if day is not None]
        allowed = self.library.catalogue.article_ids(
            sources=limits.sources,
            since=limits.since,
            until=min(days, default=None),
            language=limits.language,
        )
        return allowed & set(limits.articles) if limits.articles else allowed

    def _few(self, allowed: set[str] | None) -> list[str] | None:
        """The passages of the allowed articles where they are few enough to compare each."""
        if allowed is None or len(allowed) > FEW:
            return None
        passages = self.library.catalogue.passage_ids(sorted(allowed))
        return sorted(passages) if len(passages) <= FEW else None

    def _hits(self, dense: Ranked, lexical: Ranked, allowed: set[str] | None) -> list[Hit]:
        fused = fuse([dense, lexical], self._rrf_k)
        found = self.library.catalogue.passages(list(fused))
        cosines, bm25 = dict(dense), dict(lexical)
        hits = []
        for identity, score in fused.items():
            if identity not in found:
                continue
            passage, article = found[identity]
            if allowed is not None and article.id not in allowed:
                continue
            signals = {}
            if identity in cosines:
                signals["dense"] = cosines[identity]
            if identity in bm25:
                signals["lexical"] = bm25[identity]
            hits.append(Hit(passage, article, score, signals))
        return hits


def preferred(hits: list[Hit], scope: Scope | None) -> list[Hit]:
    """The hits with the score of those that `scope` prefers raised by up to a half, best first."""
    if scope is None or not scope.prefers:
        return hits
    days = sorted({hit.article.published for hit in hits if hit.article.published})
    newness = {day: (rank + 1) / len(days) for rank, day in enumerate(days)}
    raised = []
    for hit in hits:
        day, share = hit.article.published, 0.0
        if day and scope.near and scope.near[0] <= day <= scope.near[1]:
            share = 1.0
        if day and scope.latest:
            share = max(share, newness[day])
        raised.append(replace(hit, score=hit.score * (1 + PREFERENCE * share)))
    return sorted(raised, key=lambda hit: -hit.score)


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
