"""Questions that may follow an answer, drawn from the names in the articles it rests on."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.types import Article
from rag.attribution import find_attributions
from rag.names import find_names, name_stands_in
from ui.turn import Turn

OFFERED = 3
"""How many questions are offered at most."""
READ_CHARS = 8_000
"""So much of each article is looked at."""


def suggested(turn: Turn, articles: Sequence[Article]) -> tuple[str, ...]:
    """Up to three questions about what `articles` tell beside the answer; () before its end.

    A name that the question or the answer already has is not asked about again.
    """
    if turn.answer is None:
        return ()
    known = " ".join([turn.question, *(s.text for s in turn.sentences)])
    found: list[str] = []
    for question in _questions(articles, known):
        if question not in found:
            found.append(question)
        if len(found) == OFFERED:
            break
    return tuple(found)


def _questions(articles: Sequence[Article], known: str) -> Iterator[str]:
    texts = [article.text[:READ_CHARS] for article in articles]
    asked: set[str] = set()
    for text, article in zip(texts, articles, strict=True):
        for name in _speakers(text):
            if not _told(name, f"{known} {article.source} {' '.join(asked)}"):
                asked.add(name)
                yield f"What did {name} say?"
                break
    for name in _subjects(texts):
        outlets = " ".join(article.source for article in articles)
        if not _told(name, f"{known} {outlets} {' '.join(asked)}"):
            asked.add(name)
            yield f"What do the articles say about {name}?"


def _speakers(text: str) -> Iterator[str]:
    """The full names of those whose words the article reports."""
    for attribution in find_attributions(text):
        yield from (name for name in attribution.names if " " in name)


def _subjects(texts: Sequence[str]) -> list[str]:
    """The names of more than one word, the most mentioned first."""
    counted = Counter(name.text for text in texts for name in find_names(text) if " " in name.text)
    return [name for name, _ in counted.most_common()]


def _told(name: str, text: str) -> bool:
    return name_stands_in(name, text)
