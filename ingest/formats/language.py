"""The language of a text, by py3langid, where nothing else says it."""

from functools import lru_cache
from typing import Any

SHORTEST = 120
"""Characters below which a text does not show its language for certain."""
LONGEST = 4000
LEAST = 0.95
"""Probability from which the guess counts."""


def language_of(text: str) -> str:
    """A code such as "en"; empty when the text is short or its language is not certain."""
    if len(text) < SHORTEST:
        return ""
    try:
        identifier = _identifier()
    except OSError:  # it unpacks its model into a temporary file: a full disk costs no article
        return ""
    code, probability = identifier.classify(text[:LONGEST])
    return str(code) if probability >= LEAST else ""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
