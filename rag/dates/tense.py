"""Whether the words around a date speak of the future."""

import re

_AHEAD = re.compile(
    r"\b(?:will|won't|shall|would|due|upcoming|scheduled|set to|(?:is|are) to|plans?|planned"
    r"|expects?|expected|hopes?|ahead of|deadline)\b|['’]ll\b"
)
_BEHIND = re.compile(r"\b(?:said|told|was|were|had|did|[a-z]{2,}ed)\b")
_SENTENCE_END = re.compile(r"[.!?;]\s")


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the verb that the date goes with is in the future: the nearest one before it, or
    else the first one after it."""
    before = _SENTENCE_END.split(text[max(0, start - 300) : start])[-1]
    ahead = max((m.start() for m in _AHEAD.finditer(before)), default=-1)
    behind = max((m.start() for m in _BEHIND.finditer(before)), default=-1)
    if ahead >= 0 or behind >= 0:
        return ahead >= behind
    after = _SENTENCE_END.split(text[end : end + 300])[0]
    coming, gone = _AHEAD.search(after), _BEHIND.search(after)
    return coming is not None and (gone is None or coming.start() <= gone.start())
