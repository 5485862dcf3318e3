"""Why the articles do not answer a question, in words."""

from collections.abc import Sequence
from datetime import date

from ingest.lexical import query_words, stems
from ingest.passages import written
from rag.asking import names_something
from rag.question import Question
from rag.types import Hit


def why_not(asked: Question, hits: Sequence[Hit], confidence: float, as_of: date | None) -> str:
    """One or two sentences: that the articles do not say, and what is missing."""
    if not hits:
        until = f" published by {written(as_of)}" if as_of else ""
        return f"The articles do not say: no article{until} has anything near this question."
    words = _words(asked)
    if not any(map(names_something, words)):
        return "The question names nothing that could be looked for in the articles."
    if missing := _missing_words(asked, hits):
        named = ", ".join(f"“{word}”" for word in missing)
        return f"The articles do not say: the nearest passages do not mention {named}."
    return (
        "The articles do not say: the nearest passages touch on this, but none of their sentences "
        f"answers it (judged {confidence:.0%} likely)."
    )


def _missing_words(asked: Question, hits: Sequence[Hit]) -> list[str]:
    """Words of the question that stand in no hit, as the question writes them."""
    present = {s for hit in hits for s in stems(f"{hit.article.title}\n{hit.passage.text}")}
    return [
        word
        for word in _words(asked)
        if names_something(word)
        and (content := [s for w in query_words(word) for s in stems(w)])
        and asked.stems.issuperset(content)
        and not present.intersection(content)
    ]


def _words(asked: Question) -> list[str]:
    """The words of the question, each once."""
    words = (word.strip("?!.,;:“”\"'()") for word in asked.text.split())
    return list(dict.fromkeys(word for word in words if word))
