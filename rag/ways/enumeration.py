"""Enumerations in a sentence: "Three schools, Brennock Primary, Tanner's Hill and the Academy".

Three forms are read: what follows a colon, what semicolons part, and names in a row. Words in small
letters in a row ("bread, butter and a knife") begin and end nowhere for sure, so they are read
behind a colon only.
"""

import re
from dataclasses import dataclass

LONGEST_ITEM = 12
"""Words; what is longer behind a colon tells, and enumerates nothing."""
_WORD = r"[A-Z0-9][\w’'&.-]*"
_NAME = rf"(?:(?:[Tt]he|[Aa]n?)\s)?{_WORD}(?:\s(?:(?:of|de|van|von|the|and)\s)?{_WORD})*"
_ONE_NAME = rf"(?:(?:[Tt]he|[Aa]n?)\s)?{_WORD}(?:\s(?:(?:of|de|van|von|the)\s)*{_WORD})*"
_NAMES = re.compile(rf"{_NAME}(?:,\s{_NAME})*,?\s(?:and|or)\s{_ONE_NAME}")
_AFTER_COLON = re.compile(r":\s+(?P<items>[^:]+?)[.!?”\"]*$")
_BEGINS = re.compile(r"\b(?:is|are|was|were|includ\w+|namely|such as|among them)\s+", re.I)
_PARTED = re.compile(r",?\s+(?:and|or)\s+|,\s+(?:(?:and|or)\s+)?")
_SEMICOLON = re.compile(r";\s+(?:(?:and|or)\s+)?")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items in a row: characters `start` to `end` of a sentence, and each of them in words."""

    start: int
    end: int
    items: tuple[str, ...]


def enumerations(sentence: str) -> list[Enumeration]:
    """The enumerations of `sentence`, in order; [] where it has none."""
    for read in (_after_colon, _by_semicolons):
        if found := read(sentence):
            return [found]
    return [found for match in _NAMES.finditer(sentence) if (found := _names(match))]


def _after_colon(sentence: str) -> Enumeration | None:
    match = _AFTER_COLON.search(sentence)
    if match is None:
        return None
    words = match["items"]
    parts = _SEMICOLON.split(words) if ";" in words else _PARTED.split(words)
    items = tuple(part.strip() for part in parts if part.strip())
    short = all(len(item.split()) <= LONGEST_ITEM for item in items)
    if len(items) < 2 or not short or not re.search(r"\b(?:and|or)\b|;", words):
        return None
    return Enumeration(match.start("items"), match.end("items"), items)


def _by_semicolons(sentence: str) -> Enumeration | None:
    """A, who does this; B, who does that; and C: each item is what stands before its comma."""
    parts = _SEMICOLON.split(sentence.rstrip(" .!?"))
    if len(parts) < 3 and not (len(parts) == 2 and re.search(r";\s+(?:and|or)\s", sentence)):
        return None
    begun = list(_BEGINS.finditer(parts[0]))
    start = begun[-1].end() if begun else 0
    items = tuple(part.split(",")[0].strip() for part in (parts[0][start:], *parts[1:]))
    return Enumeration(start, len(sentence.rstrip(" .!?")), items)


def _names(match: re.Match[str]) -> Enumeration | None:
    """Names in a row. The first word of a sentence is a name only behind another comma."""
    words, start = match.group(), match.start()
    items = [item.strip(" .") for item in _PARTED.split(words) if item]
    if len(items) < 2 or (len(items) == 2 and "," in words):  # "in Oslo, and Tom left"
        return None
    return Enumeration(start, match.end(), tuple(items))
