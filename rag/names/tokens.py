"""The capitalised words of a text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.names.fold import POSSESSIVE, TOKEN
from rag.names.lexicon import CALENDAR, FUNCTION_WORDS, NAMED_MONTHS, PRONOUNS

_CONTRACTED = re.compile(r"(?:n?['’]t|['’](?:m|re|ve|ll|d))$")
_NAMED_DAYS = re.compile(r"\b(?:Black|Good|Bloody|Super|Ash|Palm|Easter|Cyber)\s$")
ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:(?:[A-Z]\.)*[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Capt|Rep|Sen|Gov|Prof|No|Jr|Sr)$"
)
_PREFIXES = frozenset("al el ul ur as ad an ibn bin de".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A capitalised word, or the capitalised part of one."""

    start: int
    end: int
    text: str
    first: bool
    """Begins a sentence, a quotation or a line."""


@lru_cache(maxsize=512)  # one span is read again for each sentence that cites it
def capital_words(text: str) -> tuple[Token, ...]:
    """The capitalised words of `text`; of "anti-Russian" the capitalised part."""
    tokens = []
    for match in TOKEN.finditer(text):
        token = POSSESSIVE.sub("", match.group())
        if token == token.lower() or _CONTRACTED.sub("", token).lower() in PRONOUNS:
            continue
        for start, piece in _capital_pieces(token):
            start += match.start()
            if not _is_calendar(text, start, piece):
                tokens.append(Token(start, start + len(piece), piece, _begins(text, start)))
    return tuple(tokens)


def _capital_pieces(token: str) -> list[tuple[int, str]]:
    """(offset, text) of what is a name in a word: all of "al-Hakim", the "US" of "US-backed"."""
    pieces = [(m.start(), m.group()) for m in re.finditer(r"[^-‑]+", token)]
    lower = [p for _, p in pieces if p[0].isalpha() and p == p.lower() and p not in _PREFIXES]
    if not lower:
        return [(0, token)]
    return [(start, piece) for start, piece in pieces if piece[0].isupper()]


def _is_calendar(text: str, start: int, word: str) -> bool:
    """A month or weekday on its own; not the "May" of "Theresa May" nor "Good Friday"."""
    if word not in CALENDAR:
        return False
    before = text[max(0, start - 40) : start]
    if word not in NAMED_MONTHS:
        return not _NAMED_DAYS.search(before)
    name_before = re.search(r"(?:^|[^.!?]\s)([A-Z][a-z]+)\s$", before)
    return not (name_before and name_before[1].lower() not in FUNCTION_WORDS)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a line begins at `start`."""
    if text[start - 1 : start] in ("“", "«", "„") or re.search(
        r"(?:^|\s)[\"‘']$", text[max(0, start - 2) : start]
    ):
        return True
    before = text[:start].rstrip(" \t\u00a0“”\"'‘’«»([*–—-•")
    if not before or before[-1] in "!?…:\n":
        return True
    return before[-1] == "." and not ABBREVIATION.search(before[-8:-1])
