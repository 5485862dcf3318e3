"""What tells one of two alike from the other: the men's final, the second leg, Heron-1, the north.

A question that names one of them is not answered by a sentence about the other. What a sentence
does not say itself, the title of its article says for it, or else how the article begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.lexical import stems
from ingest.sentences import split_sentences
from ingest.types import Article

_GROUPS = (
    ("sex", False, ("men men's man's male boys boys' gentlemen gentlemen's",
                    "women women's woman's female girls girls' ladies ladies'")),
    ("part", False, ("actor", "actress")),
    ("order", True, ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th",
                     "seventh 7th", "eighth 8th", "ninth 9th", "tenth 10th")),
    ("side", True, ("north northern", "south southern", "east eastern", "west western")),
    ("height", True, ("upper", "lower")),
    ("age", True, ("old", "new")),
    ("hand", True, ("left left-hand", "right right-hand")),
    ("turn", True, ("summer", "winter")),
)  # fmt: skip
"""Families of words that exclude each other; and whether the noun behind them must be the same:
the old bridge says nothing of the new library."""
_FAMILIES = {
    word: (family, value, with_noun)
    for family, with_noun, values in _GROUPS
    for value, words in enumerate(values)
    for word in words.split()
}
_UNDER = re.compile(r"\b(?:under|u)[-\s]?(?P<years>1\d|2[0-3])(?:s\b|['’]s\b|\b)", re.I)
_NUMBERED = re.compile(
    r"\b(?P<base>[A-Z][\w’']*)[-\s](?P<number>\d{1,2}|[IVX]{1,4})\b(?![-–/%:.,]\d)"
)
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|About|Around|Some|Only|Over|At|In)$"
)
_YEARLY, _UNDER_AGE, _SERIES = "year ", "under", "numbered "
_YEAR = re.compile(r"\b(?P<year>(?:1[89]|20)\d\d)\s(?P<noun>[a-zA-Z][\w’'-]+)")
_WORD = re.compile(r"[\w’'-]+")
_NO_NOUN = frozenset(
    "and or of in on at by for from to with the a an is are was were has had have will who that"
    " which when as but than".split()
)
NOUNS = 2
"""Words behind a modifier that may be what it tells apart."""
LEAD = 2
"""Sentences at the start of an article that say what it is about."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """One of several that exclude each other, and what it tells apart."""

    family: str
    """With the noun, where only another of the same noun excludes it: "order ferry"."""
    value: str


@lru_cache(maxsize=2048)  # titles and leads are looked at again for each sentence
def modifiers(text: str) -> frozenset[Modifier]:
    """The modifiers in `text`."""
    return frozenset(_found(text))


def _found(text: str) -> Iterator[Modifier]:
    words = [(match.group().replace("’", "'"), match.end()) for match in _WORD.finditer(text)]
    for at, (word, end) in enumerate(words):
        known = _FAMILIES.get(word.lower())
        if known is None:
            continue
        family, value, with_noun = known
        if not with_noun:
            yield Modifier(family, str(value))
            continue
        for noun in _nouns(text, end, words[at + 1 : at + 1 + NOUNS]):
            yield Modifier(f"{family} {_stem(noun)}", str(value))
    for match in _UNDER.finditer(text):
        yield Modifier(_UNDER_AGE, match["years"])
    for match in _NUMBERED.finditer(text):
        if not _MONTHS.fullmatch(match["base"]):
            yield Modifier(f"{_SERIES}{match['base'].casefold()}", match["number"])
    for match in _YEAR.finditer(text):
        if match["noun"].lower() not in _NO_NOUN:
            yield Modifier(f"{_YEARLY}{_stem(match['noun'])}", match["year"])


def _nouns(text: str, end: int, words: Sequence[tuple[str, int]]) -> Iterator[str]:
    """The words behind a modifier that ends at `end`: "harbour" and "library" of the new one."""
    for word, word_end in words:
        if text[end : word_end - len(word)] not in (" ", "-") or word.lower() in _NO_NOUN:
            return
        yield word.lower()
        end = word_end


def _stem(noun: str) -> str:
    return next(iter(stems(noun)), noun)


def asked_apart(question: str) -> frozenset[Modifier]:
    """The modifiers by which `question` means one and not the other.

    None of a family of which it names several: the men's final and the women's.
    """
    found = modifiers(question)
    families = [one.family for one in found]
    return frozenset(one for one in found if families.count(one.family) == 1)


def about_another(asked: frozenset[Modifier], article: Article, sentence: str = "") -> bool:
    """Whether a sentence of `article`, or all of it, is about another of those."""
    return any(_told_of_another(one, article, sentence) for one in asked)


def _told_of_another(asked: Modifier, article: Article, sentence: str) -> bool:
    """The sentence tells; else the title; else the first sentences of the article."""
    for words in (sentence, article.title, lead(article.text)):
        told = {one.value for one in modifiers(words) if one.family == asked.family}
        if told:
            return asked.value not in told
    if asked.family.startswith(_YEARLY):
        return _of_another_year(int(asked.value), article)
    if asked.family == _UNDER_AGE or asked.family.startswith(_SERIES):
        # Who does not say that they were under 21 were not; Heron-1 is nothing but itself.
        return asked not in modifiers(article.text)
    return False


def _of_another_year(year: int, article: Article) -> bool:
    """Whether a report of a later year never names `year`: it tells of its own days.

    In January and February many still tell of the year before.
    """
    day = article.published
    if day is None or day < date(year + 1, 3, 1):
        return False
    return str(year) not in f"{article.title} {article.text}"


@lru_cache(maxsize=64)
def lead(text: str) -> str:
    """The first sentences of an article's text, which say what it is about."""
    spans = split_sentences(text[:1000])[:LEAD]
    return text[: spans[-1][1]] if spans else ""
