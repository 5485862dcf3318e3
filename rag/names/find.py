"""The proper names of a text: runs of capitalised words, less those that begin a sentence."""

import re
from functools import lru_cache

from rag.names.fold import ACRONYM, as_phrase, folded_pieces
from rag.names.lexicon import (
    ADJECTIVES,
    ARTICLES,
    CALENDAR,
    COMMON_STARTERS,
    FUNCTION_WORDS,
    HONORIFICS,
    NAMED_MONTHS,
)
from rag.names.name import Name
from rag.names.table import GIVEN_BY
from rag.names.tokens import ABBREVIATION, Token, capital_words

_GAP = re.compile(r"[ \u00a0]|(?: (?:of|the|de|la|del|der|den|van|von|bin|ibn|da|di|du|al|el))+ ")
_SUBJECT_VERB = re.compile(
    r"\s(?:(?P<singular>has|is|was|says|does)|had|will|would|could|can|may|might|should|must|did|said"
    r"|told|won|lost|met|left|went|made|took|gave|began|held|sent|fell|rose|hit|beat|came|saw|ran|built"
    r"|bought|sold|wrote|died|paid|kept|led|set|put|[a-z]{2,}(?<!e)ed|and\s[A-Z])\b|['’]s\s|,\s(?:who|whose)\b"
)
_COMMON_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ity|ism|ship|ing|ly|ed|ance|ence|ure|age|ists?|ers|ors|ees|ants)$"
)


def find_names(text: str, reference: str = "") -> list[Name]:
    """The proper names in `text`, in order; a possessive "'s" is left off.

    A word that begins a sentence counts as a name only where something else says so: it stands
    capitalised within a sentence of `text` or `reference`, it is a country, an acronym, the start
    of a longer name, or the subject of its sentence without an article ("Petrov said"). A word
    that `reference` has in lower case is no name.
    """
    names: list[Name] = []
    run: list[Token] = []
    for token in [*capital_words(text), None]:
        if token is not None and run and _joined(text, run[-1], token):
            run.append(token)
            continue
        run = _without_starter(text, run, reference)
        if run:
            start, end = run[0].start, run[-1].end
            names.append(Name(start, end, text[start:end]))
        run = [token] if token is not None else []
    return names


def _joined(text: str, last: Token, token: Token) -> bool:
    gap = text[last.end : token.start]
    if last.text in CALENDAR and last.text not in NAMED_MONTHS:
        return False
    if gap in (". ", ".") and (len(last.text) == 1 or ABBREVIATION.search(" " + last.text)):
        return True
    return not token.first and _GAP.fullmatch(gap) is not None


def _without_starter(text: str, run: list[Token], reference: str) -> list[Token]:
    """`run` without articles, honorifics, and a first word that is capital only by its place."""
    while run:
        word = run[0].text.lower()
        if word not in ARTICLES | HONORIFICS and not (
            run[0].first and not _is_name(text, run, reference)
        ):
            break
        run = run[1:]
    if all(t.text.lower() in FUNCTION_WORDS and not ACRONYM.fullmatch(t.text) for t in run):
        return []
    return run


def _is_name(text: str, run: list[Token], reference: str) -> bool:
    """Whether the first word of `run`, which begins a sentence, is part of a name."""
    word = run[0].text
    if (
        not word.isalpha()
        or word != word.capitalize()
        or as_phrase(folded_pieces(word)) in GIVEN_BY
    ):
        return True
    if word == "New" and len(run) > 1:
        return True
    if word.lower() in FUNCTION_WORDS:
        return False
    if word in _capitals(text) or word in _capitals(reference):
        return True
    lower = word.lower()
    if lower in ADJECTIVES or lower in _lower_words(reference):
        return False
    if len(run) > 1 and word.endswith("s") and " of " in text[run[0].end : run[1].start]:
        return False  # "Sales of Keltan trams"
    if len(run) > 1:  # "Labour Party", "Defence Ministry"
        return not re.search(r"(?:ing|ly|ed)$", word)
    if lower in COMMON_STARTERS:
        return False
    return _is_subject(text, run[0])


@lru_cache(maxsize=512)
def _capitals(text: str) -> frozenset[str]:
    return frozenset(token.text for token in capital_words(text) if not token.first)


@lru_cache(maxsize=512)
def _lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[a-z][\w'’-]*", text))


def _is_subject(text: str, token: Token) -> bool:
    """Whether a lone subject has the form of a name: "Petrov said", but not "Officials said"."""
    verb = _SUBJECT_VERB.match(text, token.end)
    if verb is None or _COMMON_ENDING.search(token.text):
        return False
    plural = token.text.endswith("s") and not token.text.endswith(("ss", "us", "is", "os"))
    return not plural or verb["singular"] is not None
