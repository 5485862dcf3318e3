"""Passages by meaning and by words, fused."""

import math
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
SPARE = 10
"""So many passages more than wanted are fetched."""
PREFERENCE = 0.5
"""What a preferred article gains, as a share of its score."""

Ranked = Sequence[tuple[str, float]]
"""`(passage id, score)`, best first."""


class HybridRetriever:
    """Dense and BM25 search over one library, fused (`rag.protocols.Retriever`)."""

    def __init__(
        self, library: Library, embedder: Embedder, *, candidates: int = 50, words: float = 0.75
    ) -> None:
        self.library = library
        self._embedder = embedder
        self._candidates = candidates
        self._words = words

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
            nearest = self.library.vectors.among(vector, few)[:depth]
            return self._hits(nearest, self.library.words.best(question, depth, few), scope, k)
        total = self.library.catalogue.count_passages()
        # What is filtered away afterwards is made up for by looking deeper: filtering inside
        # Chroma costs 200 ms at 100,000 passages, a deeper search a few.
        depth = max(depth, self._deep_enough(k, allowed, total))
        while True:
            dense = self._within(allowed, self.library.vectors.nearest(vector, depth))
            lexical = self._within(allowed, self.library.words.best(question, depth))
            if depth >= total or len({identity for identity, _ in [*dense, *lexical]}) >= k:
                return self._hits(dense, lexical, scope, k)
            depth *= 4

    def _deep_enough(self, k: int, allowed: set[str] | None, total: int) -> int:
        """How deep to look so that about `k` passages of the allowed articles are seen."""
        if allowed is None:
            return k
        share = len(allowed) / max(1, self.library.count())
        return min(total, math.ceil(k / share)) if share else total

    def _within(self, allowed: set[str] | None, ranked: Ranked) -> Ranked:
        """The passages of the allowed articles, in their order."""
        if allowed is None:
            return ranked
        of = self.library.catalogue.articles_of([identity for identity, _ in ranked])
        return [(identity, score) for identity, score in ranked if of.get(identity) in allowed]

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
            collections=limits.collections,
        )
        return allowed & set(limits.articles) if limits.articles else allowed

    def _few(self, allowed: set[str] | None) -> list[str] | None:
        """The passages of the allowed articles where they are few enough to compare each."""
        if allowed is None or len(allowed) > FEW:
            return None
        passages = self.library.catalogue.passage_ids(sorted(allowed))
        return sorted(passages) if len(passages) <= FEW else None

    def _hits(self, dense: Ranked, lexical: Ranked, scope: Scope | None, k: int) -> list[Hit]:
        """The best `k` of the passages, fused, and after what `scope` prefers."""
        fused = fuse(dense, lexical, self._words)
        cosines, bm25 = dict(dense), dict(lexical)
        # Reading texts is most of the time, so only of those that can be among the best. Some
        # that the catalogue no longer knows may be among them.
        prefers = scope is not None and scope.prefers
        likely = list(fused) if prefers else list(fused)[: k + SPARE]
        found = self.library.catalogue.passages(likely)
        hits = []
        for identity in likely:
            if identity not in found:
                continue
            passage, article = found[identity]
            signals = {}
            if identity in cosines:
                signals["dense"] = cosines[identity]
            if identity in bm25:
                signals["lexical"] = bm25[identity]
            hits.append(Hit(passage, article, fused[identity], signals))
        return preferred(hits, scope)[:k]


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


def fuse(dense: Ranked, lexical: Ranked, words: float) -> dict[str, float]:
    """`cosine + words * BM25 / the best BM25`, by passage, best first.

    A sum of scores, after Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
    Retrieval" (2023): ranks alone forget by how much the first was better. A passage that only the
    words found is given the least cosine that was; one that only meaning found, no BM25.
    """
    cosines, best = dict(dense), max((score for _, score in lexical), default=0.0)
    floor = min(cosines.values(), default=0.0)
    bm25 = {identity: score / best for identity, score in lexical if best > 0}
    scores = {
        identity: cosines.get(identity, floor) + words * bm25.get(identity, 0.0)
        for identity in [*cosines, *bm25]
    }
    return dict(sorted(scores.items(), key=lambda item: -item[1]))
