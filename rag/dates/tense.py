"""Whether the words around a date speak of the past, of the future, or in the present tense."""

import re
from enum import StrEnum


class Tense(StrEnum):
    """The time that the verb beside a date speaks of."""

    PAST = "past"
    FUTURE = "future"
    PRESENT = "present"
    """"The dock closes on 5 July": only the calendar tells whether it has."""


# The verb after "will" belongs to it: "will be closed" is no past.
_VERB = r"(?:\s(?:not|be|also|now|soon|then|only|first|finally|[a-z]+ly))*(?:\s[a-z]+)?"
_AHEAD = re.compile(
    rf"\b(?:will|won't|shall|would|should|must){_VERB}|['’]ll\b{_VERB}|\b(?:is|are)\sto{_VERB}"
    r"|\b(?:rising|falling|increasing|decreasing|growing|dropping|going (?:up|down)|changing"
    r"|moving)\sto\b"
    r"|\b(?:extended|prolonged|valid|until further notice)\b"
    r"|\b(?:has|have|gives?|given)\b[^,;]{0,40}(?=\suntil\s)"
    r"|\b(?:due|upcoming|scheduled|set to|plans?|planned|expects?|expected|hopes?|ahead of|deadline"
    r"|(?:been|is|are|was|were) (?:moved|postponed|rescheduled|put off|put back|brought forward))\b"
)
_FROM_NOW = re.compile(
    r"\b(?:from|starting(?:\s(?:on|in|from))?|beginning(?:\son)?|as of|effective|until|till|by)\s$",
    re.I,
)
"""What goes on from a date or until it, in the present tense or in none, is still to come."""
_IRREGULAR = (
    "said told was were had did fell broke went came won lost sold began ran took gave made found "
    "left met held struck hit burst shut cut put saw sank rose grew flew drew drove built bought "
    "brought caught fought taught sent spent kept slept swept led fed read wrote spoke stole chose "
    "froze swam sang stood threw knew blew paid became heard got felt dug wore tore bore laid"
)
_BEHIND = re.compile(
    r"\b(?:" + "|".join(_IRREGULAR.split()) + r"|(?<!is\s)(?<!are\s)(?<!be\s)[a-z]{2,}ed)\b"
)
_NOW = re.compile(
    r"\b(?:closes|opens|reopens|begins|starts|ends|resumes|goes|comes|takes|leaves|runs|returns"
    r"|sails|expires|can)\b"
)
_SENTENCE_END = re.compile(r"[.!?;]\s")


def tense_of(text: str, start: int, end: int) -> Tense:
    """The tense of the verb that the date `text[start:end]` goes with: the nearest one before it,
    or else the first one after it; past where there is none."""
    clause = _SENTENCE_END.split(text[max(0, start - 300) : start])[-1]
    lead = re.match(r"(?:[Oo]n|[Ii]n)\s", text[start:end])
    before = _verbs(clause)
    from_now = _FROM_NOW.search(clause) and not lead
    if before:
        nearest = max(before)[1]
        return Tense.FUTURE if from_now and nearest is Tense.PRESENT else nearest
    after = _verbs(_SENTENCE_END.split(text[end : end + 300])[0])
    if after:
        return min(after)[1]
    return Tense.FUTURE if from_now else Tense.PAST


def _verbs(text: str) -> list[tuple[int, Tense]]:
    """Where each verb begins, and its tense."""
    ahead = [match.span() for match in _AHEAD.finditer(text)]
    past = [m.start() for m in _BEHIND.finditer(text)]
    return [
        *((start, Tense.FUTURE) for start, _ in ahead),
        *((at, Tense.PAST) for at in past if not any(a <= at < b for a, b in ahead)),
        *((m.start(), Tense.PRESENT) for m in _NOW.finditer(text)),
    ]
