"""The question that a comparison asks of one of its sides alone."""

import re

from rag.inflections import base
from rag.ways.claim import claim_of

_HOW = {
    "longer": "long", "shorter": "long", "higher": "high", "lower": "high", "taller": "tall",
    "older": "old", "younger": "old", "bigger": "big", "larger": "big", "smaller": "big",
    "heavier": "heavy", "lighter": "heavy", "wider": "wide", "deeper": "deep", "faster": "fast",
    "slower": "fast", "hotter": "hot", "colder": "cold", "dearer": "expensive",
    "cheaper": "expensive", "costlier": "expensive",
}  # fmt: skip
_IS_MORE = re.compile(
    r"^(?:which|what|who)(?: (?!is|was|are|were)[\w’'-]+){0,3} (?P<be>is|was|are|were)"
    r" (?P<word>\w+)(?P<rest> .+)?$",
    re.I,
)
_WHEN = re.compile(
    r"^(?:which|what|who)(?: [\w’'-]+){0,2}? (?P<verb>\w+)"
    r" (?P<word>earlier|later|sooner|first|last)(?P<rest> .+)?$",
    re.I,
)
_THERE_ARE = re.compile(r"^(?P<be>are|were|is|was) there (?:more|fewer|less) (?P<rest>.+)$", re.I)
_MORE_DO = re.compile(r"^(?:do|does|did|have|has|had) (?:more|fewer|less) ", re.I)
_COSTS_MORE = re.compile(r"^(?:which|what)(?: \w+)? costs? (?:more|less)$", re.I)
_HAS_MORE = re.compile(
    r"^(?:which|what|who)(?: (?!had|has|did|was|is)\w+)?? (?P<verb>\w+(?: \w+){0,2}?)"
    r" (?:more|less|fewer|the most|the least)(?P<rest> .+)?$",
    re.I,
)
_IN_WHICH = re.compile(
    rf"^(?P<aux>did|do|does|is|are|was|were) (?P<subject>.+?) (?P<word>{'|'.join(_HOW)})\b"
    r"(?P<rest>.*)$",
    re.I,
)


def asked_of_each(head: str, side: str) -> str:
    """What is asked of a side by "how long it took to build" or "the sales of" in front of it."""
    if match := re.match(r"how long it t(?:ook|akes) ", head, re.I):
        took = "did" if "took" in match.group().lower() else "does"
        return f"How long {took} it take {head[match.end() :]}{side}?"
    if re.match(r"(?:how|when|where|what|who|why)\b", head, re.I):
        return f"{head[:1].upper()}{head[1:]}{side}?"
    return f"What about {head}{side}?"


def asked_of_one(head: str, side: str) -> str:
    """What "which is longer" asks of one side: how long it is."""
    if (match := _IS_MORE.match(head)) and match["word"].lower() in _HOW:
        if _HOW[match["word"].lower()] == "expensive":
            do = "does" if match["be"].lower() in ("is", "are") else "did"
            return f"How much {do} {side} cost{match['rest'] or ''}?"
        how = f"How {_HOW[match['word'].lower()]} {match['be'].lower()} {side}"
        return f"{how}{match['rest'] or ''}?"
    if match := _WHEN.match(head):
        verb = base(match["verb"].lower())
        if verb == "be":
            return f"When {match['verb'].lower()} {side}{match['rest'] or ''}?"
        return f"When did {side} {verb}{match['rest'] or ''}?"
    if _COSTS_MORE.match(head):
        return f"How much did {side} cost?"
    if match := _HAS_MORE.match(head):
        rest = (match["rest"] or "").strip()
        counted = bool(rest) and rest.split()[0] not in ("in", "on", "for", "of", "at", "to")
        what = f"How many {rest} did" if counted else "How much did"
        verb = _base_of(match["verb"])
        return f"{what} {side} {verb} {'' if counted else rest}".strip() + "?"
    return f"{head}, {side}?"


def _base_of(words: str) -> str:
    """The verb that "town gave up" ends with, in its base form: "give up"."""
    first, *others = words.split()
    if others and base(others[0]) != others[0]:
        return _base_of(" ".join(others))
    return " ".join([base(first.lower()), *others])


def asked_how(question: str) -> str:
    """How high it stood there, for whether it stood higher there; how many, for whether more."""
    if match := _THERE_ARE.match(question):
        noun, place, where = match["rest"].partition(" ")
        return f"How many {noun} {match['be'].lower()} there{place}{where}?"
    if _MORE_DO.match(question):
        claim = claim_of(question).rstrip(".")
        return f"{re.sub('^(?:More|Fewer|Less)', 'How many', claim)}?"
    match = _IN_WHICH.match(question)
    if match is None:
        return f"{question}?"
    how = f"How {_HOW[match['word'].lower()]} {match['aux'].lower()} {match['subject']}"
    return f"{how} {match['rest'].strip()}".strip() + "?"
