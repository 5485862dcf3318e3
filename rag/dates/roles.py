"""What a date in a sentence dates: the event, its telling, or what turned out otherwise."""

import re
from enum import StrEnum

from rag.dates.values import DateMention


class Role(StrEnum):
    """The part that a date plays in its sentence."""

    EVENT = "event"
    TELLING = "telling"
    """When it was said or reported: "the minister said on Friday"."""
    REPLACED = "replaced"
    """A plan that was given up: "moved from 13 October to 20 October"."""
    CORRECTED = "corrected"
    """A mistake: "not on 1 July, as we reported"."""


_TELLS = (
    r"(?:said|says|told|announced|announces|confirmed|reported|reports|added|wrote|stated|revealed"
    r"|admitted|disclosed|insisted|claimed|declared|explained|warned|acknowledged|denied)"
)
_HEARERS = (
    r"(?:\s(?:reporters|journalists|viewers|lawmakers|parliament|him|her|them|us|late|early"
    r"|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*"
    r"|(?:in|at|to|the|a|an|its|his|her|their)(?:\s(?:a|an|the|its|his|her|their))?\s[\w’'-]+"
    r"(?:\s(?:published|broadcast|issued|released|posted|conference|newspaper|agency|council"
    r"|committee|meeting))?)){0,2}"
)
_MEDIUM = (
    r"\b(?:interview|statement|report|speech|post|letter|broadcast|bulletin|release|article|story"
    r"|announcement)(?:\s(?:published|broadcast|issued|released|posted|aired|printed|dated))?"
    r"(?:\s(?:in|by|on|to|with)\s(?:the\s)?[\w’'-]+(?:\s[A-Z][\w’'-]+)*)?"
)
_BEFORE_TELLING = re.compile(rf"(?:\b{_TELLS}{_HEARERS}|{_MEDIUM})(?:\son)?\s$")
_AFTER_OPENING = re.compile(
    rf"^,?\s(?:(?!that\b|when\b|after\b)[\w’'-]+\s){{1,5}}{_TELLS}\b(?!\s(?:in|at)\b)"
)
_MOVED = (
    r"\b(?:moved|postponed|put off|put back|delayed|rescheduled|brought forward|pushed back|shifted"
    r"|changed|switched)\b"
)
_FROM = re.compile(rf"{_MOVED}[^.;]*\bfrom\s(?:on\s|the\s)?$")
_PLANNED = re.compile(
    r"\b(?:planned|scheduled|due|set|originally|billed|booked)\b(?:\s[\w’'-]+){0,3}\s$"
)
_GIVEN_UP = re.compile(rf"{_MOVED}|\b(?:cancelled|canceled|called off|scrapped|abandoned)\b")
_NOT_AS_PLANNED = re.compile(r"(?:\bnot|n['’]t)\b[^,;]*$")
_WAS_TO = re.compile(
    r"\b(?:was|were) to have\b[^,;]*$"
    r"|\bhad been (?:due|meant|planned|expected|scheduled) to\b[^,;]*$"
    r"|\b(?:was|were) (?:originally|initially|at first) (?:to|due|meant|planned)\b[^,;]*$"
    r"|\bshould have\b[^,;]*$"
)
"""What did not come about: "was to have resumed on 4 April"."""
_NOT = re.compile(r"\b(?:not|rather than|instead of)\s(?:on\s|in\s)?$")
_MISTAKE = re.compile(
    r"\b(?:earlier version|wrongly|incorrectly|mistakenly|misstated|erroneously|in error)\b[^;]*$"
)


def role_of(sentence: str, mention: DateMention) -> Role:
    """The part that `mention` plays in `sentence`, which its offsets count in."""
    before, after = sentence[: mention.start], sentence[mention.end :]
    bare = re.sub(r"^[Oo]n\s", "", mention.text)
    before += mention.text[: len(mention.text) - len(bare)]
    if _NOT.search(before) or _MISTAKE.search(before):
        return Role.CORRECTED
    if _NOT_AS_PLANNED.search(before) and after.startswith(" as planned"):
        return Role.REPLACED
    if (
        _WAS_TO.search(before)
        or _FROM.search(before)
        or (_PLANNED.search(before) and _GIVEN_UP.search(after))
    ):
        return Role.REPLACED
    if _BEFORE_TELLING.search(before if before.endswith(" ") else before + " "):
        return Role.TELLING
    if len(before.strip()) <= 3 and _AFTER_OPENING.match(after):
        return Role.TELLING
    return Role.EVENT


_ASKS_TELLING = re.compile(
    r"\b(?:says?|said|tells?|told|announce\w*|confirm\w*|report(?:ed|s)?|state[ds]?"
    r"|reveal\w*|admit\w*|disclos\w*|insist\w*|claim\w*|declar\w*|explain\w*|warn\w*|acknowledg\w*"
    r"|den(?:y|ied|ies)|deny|publish\w*|broadcast|interview\w*)\b",
    re.I,
)
_ASKS_OLD_PLAN = re.compile(
    r"\b(?:original(?:ly)?|initially|at first|first (?:planned|due|set))\b", re.I
)


def roles_asked(question: str) -> tuple[Role, ...]:
    """The roles of the dates that can answer `question`."""
    if _ASKS_OLD_PLAN.search(question):
        return (Role.REPLACED, Role.EVENT)
    if _ASKS_TELLING.search(question):
        return (Role.EVENT, Role.TELLING)
    return (Role.EVENT,)
