"""Whether an article, or a sentence of it, is about what a question names."""

from collections.abc import Sequence

from ingest.lexical import stems
from ingest.types import Article
from rag.modifiers import lead
from rag.names import find_names, name_stands_in
from rag.types import Hit

ELLIPTIC = 6
"""Words: so short a sentence without a name leaves out where it is."""


def naming(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits whose article has any of the names in `question`: another town's mayor is no answer.

    Where none has, those that have a word of one; none at all where nothing of them is told.
    """
    names = [name.text for name in find_names(question)]
    if not names:
        return list(hits)
    texts = {hit.article.id: _told(hit.article) for hit in hits}
    having = [h for h in hits if any(name_stands_in(n, texts[h.article.id]) for n in names)]
    if having:
        return having
    words = {stem for name in names for stem in stems(name) if len(stem) > 1}
    return [hit for hit in hits if not words.isdisjoint(stems(texts[hit.article.id]))]


def is_elsewhere(question: str, article: Article, start: int, sentence: str) -> bool:
    """Whether a short sentence without a name is about another place than `question` names.

    "No deaths were reported." is of the town that the article is about, or its paragraph.
    """
    if len(sentence.split()) > ELLIPTIC or find_names(sentence):
        return False
    names = [name.text for name in find_names(question)]
    first = article.text.rfind("\n", 0, start) + 1
    last = article.text.find("\n", start)
    paragraph = article.text[first : last if last >= 0 else None]
    around = f"{article.title}\n{lead(article.text)}\n{paragraph}"
    return bool(names) and not any(name_stands_in(name, around) for name in names)


def _told(article: Article) -> str:
    return f"{article.title}\n{article.source}\n{article.text}"
