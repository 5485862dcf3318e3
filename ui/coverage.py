"""Other articles about the same story."""

from collections.abc import Sequence

from ingest.types import Article
from ui.protocols import Assistant

LIKE = 0.45
"""Cosine of an article's headline and a passage from which on they tell of the same story.

Between the sample library's stories: the same one 0.49 to 0.82, another at most 0.42.
"""
SEARCHED = 20
SHOWN = 5


def other_coverage(assistant: Assistant, article: Article) -> Sequence[Article]:
    """The articles nearest to the headline of `article`, where they are near; nearest first."""
    if not article.title.strip():
        return ()
    found: dict[str, tuple[float, Article]] = {}
    for hit in assistant.search(article.title, SEARCHED):
        near = hit.signals.get("dense", 0.0)
        if hit.article.id != article.id and near >= LIKE:
            best = max(near, found.get(hit.article.id, (0.0, hit.article))[0])
            found[hit.article.id] = best, hit.article
    ranked = sorted(found.values(), key=lambda pair: -pair[0])
    return tuple(other for _, other in ranked[:SHOWN])
