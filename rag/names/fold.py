"""Words as they are compared: without accents, case, possessive and dots."""

import re
import unicodedata

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&‑-][^\W_]+)*")
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}s?")
POSSESSIVE = re.compile(r"['’]s$")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})
_COMPOUNDS = re.compile(r"\b(south sudan|northern ireland|new (?:mexico|england|zealand|york))\b")


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold().translate(_LETTERS)
    return "".join(c for c in letters if not unicodedata.combining(c))


def folded_words(text: str) -> list[str]:
    """Folded words, hyphens split, possessives dropped; acronyms stay capital, without dots."""
    return [word for match in TOKEN.finditer(text) for word in folded_pieces(match.group())]


def folded_pieces(token: str) -> list[str]:
    """The parts between the hyphens of a word, folded; acronyms stay capital, without dots."""
    pieces = re.split(r"[-‑]", POSSESSIVE.sub("", token))
    return [_acronym(piece) if ACRONYM.fullmatch(piece) else _fold(piece) for piece in pieces]


def _acronym(word: str) -> str:
    return word.replace(".", "").removesuffix("s")


def as_phrase(words: list[str]) -> str:
    """The words in one string, "South Sudan" as one word, so that it is not taken for Sudan."""
    return _COMPOUNDS.sub(lambda match: match[1].replace(" ", "_"), " ".join(words))
