"""Whether an article, or a sentence of it, is about what a question names."""

from collections.abc import Sequence
from functools import lru_cache

from ingest.lexical import stems
from ingest.types import Article
from rag.dates import find_dates
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


def is_of_another_year(question: str, article: Article, start: int, end: int) -> bool:
    """Whether a sentence tells of other days than the year that `question` names.

    So it is where the article, of a later year, names that year elsewhere: "In 2019 there were
    340" is how many there were in 2019, not what was counted last week.
    """
    years = _years(question)
    if len(years) != 1 or article.published is None or article.published.year <= years[0]:
        return False
    year = str(years[0])
    first = article.text.rfind("\n", 0, start) + 1
    last = article.text.find("\n", end)
    paragraph = article.text[first : last if last >= 0 else None]
    return year in article.text and year not in paragraph


@lru_cache(maxsize=16)  # asked for each sentence that is found
def _years(question: str) -> tuple[int, ...]:
    return tuple(m.value.year for m in find_dates(question) if m.value and m.value.year)


def _told(article: Article) -> str:
    return f"{article.title}\n{article.source}\n{article.text}"
