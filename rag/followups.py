"""What a follow-up asks to be done with what was spoken of: "a timeline of this", "summarise it",
"compare that with the Ansgar Bridge".

What was spoken of are the words of the question before, without those that ask and its verb.
"""

import re

from rag.asking import names_something
from rag.inflections import is_base, is_participle, word_classes
from rag.names import find_names
from rag.ways.claim import AUXILIARIES, predicate_at

_SMALL = tuple("the a an of in on at by for from to with".split())
_DO = ("do", "does", "did", "will", "would", "can", "could")
LONGEST = 8
"""Words that are taken over at most."""
_PLEASE = (
    r"(?:(?:and|now|then|so|ok|okay|please|can you|could you|would you|will you|i want"
    r"|i['’]?d like|i would like)[,\s]+)*"
)
_GIVE = r"(?:(?:give|make|show|write|draw up|get|create)\s(?:me\s|us\s)?)?"
_THIS = (
    r"(?:it|this|that|them|these|those|all (?:of )?(?:it|this|that)"
    r"|(?:the|this|that) (?:whole )?(?:story|matter|affair|topic|subject|events?|case|thing))"
)
_TASK = re.compile(
    rf"^{_PLEASE}(?P<head>{_GIVE}(?:an?\s|the\s)?(?:short\s|brief\s|quick\s|full\s)?"
    r"(?P<task>time ?line|chronology|summary|overview|outline|summari[sz]e|sum up"
    r"|tell (?:me|us) (?:more|everything|all)|more|what(?: is|['’]s) the latest))"
    rf"(?:\s(?:of|on|about|for|from|up))?(?:\s{_THIS})?(?:,?\splease)?[.?!\s]*$",
    re.I,
)
_COMPARE = re.compile(
    rf"^{_PLEASE}(?:compare\s{_THIS}\s(?:with|to|and|against)"
    rf"|how does\s{_THIS}\scompare\s(?:with|to)"
    r"|(?:and\s)?compared (?:with|to))\s(?P<other>.+?)[.?!\s]*$",
    re.I,
)
_WHICH = re.compile(r"^(?:and\s)?(?P<asks>which(?:\sone)?\s[a-z][a-z ]+)\?*$")
_PAIR = re.compile(r",\s(?P<pair>[^,?]+\sor\s[^,?]+)\?*$")
"""Which of two: "which is longer, the pier or the mill?"."""
_WHAT_SAYS = re.compile(
    r"^what (?P<who>.+?) (?:says?|said|claims?|claimed|thinks?|reports?|reported)\b", re.I
)
_ASKS_VALUE = re.compile(r"^(?:how|when|where|what|which|who)\b", re.I)


def task_on(question: str, before: str) -> str:
    """`question` with what `before` was about in the place of "this"; empty where it asks no task.

    >>> task_on("a timeline of this", "How long is the Teller Bridge?")
    'A timeline of the Teller Bridge'
    """
    text = " ".join(question.split())
    if (which := _WHICH.match(text)) and (pair := _PAIR.search(before)):
        return f"{which['asks'][:1].upper()}{which['asks'][1:]}, {pair['pair']}?"
    if match := _COMPARE.match(text):
        return _compared(match["other"], before)
    match = _TASK.match(text)
    subject = subject_of(before) if match else ""
    if match is None or not subject:
        return ""
    task = match["task"].lower()
    head = "tell me more" if task == "more" else match["head"]
    joint = {"sum": "", "tel": "about ", "mor": "about ", "wha": "on "}.get(task[:3], "of ")
    joint = "of " if task == "summary" else joint
    return f"{head[:1].upper()}{head[1:]} {joint}{subject}"


def _compared(other: str, before: str) -> str:
    """The old question, asked of two; or what two say of the same."""
    bare = before.rstrip("?!. ")
    if says := _WHAT_SAYS.match(other):
        names = [name.text for name in find_names(before)]
        subject = subject_of(before)
        about = re.sub(rf"^(?:the\s)?{re.escape(names[0])}\s", "", subject) if names else ""
        if about and about != subject:
            return f"Compare what {names[0]} and {says['who']} say about {about}"
    if _ASKS_VALUE.match(before):
        return f"{bare} compared with {other}?"
    return f"Compare {subject_of(before) or bare} and {other}"


def subject_of(question: str) -> str:
    """What a question is about: its words without those that ask, its auxiliary and its verb.

    >>> subject_of("When did the tunnel at Corrie Water cave in?")
    'the tunnel at Corrie Water'
    """
    words = [word.strip('?!.,;:“”"()') for word in question.split()]
    words = [word for word in words if word]
    verb = _verb(words)
    kept = [
        at
        for at, word in enumerate(words)
        if at != verb and names_something(word) and (not at or words[at - 1].lower() != "how")
    ][:LONGEST]
    if kept and kept[0] != verb and is_participle(words[kept[0]]):
        kept = kept[1:]  # what an earlier follow-up carried along: "(approved Orle dam)"
    return " ".join(word for at in kept for word in _with_small(words, at, first=at == kept[0]))


def _with_small(words: list[str], at: int, *, first: bool) -> list[str]:
    """The word with the article and preposition in front of it: "at Corrie", "the Teller"."""
    start = at
    small = ("the",) if first else _SMALL
    while start and words[start - 1].lower() in small:
        start -= 1
    return words[start : at + 1]


def verb_of(question: str) -> str:
    """The verb of a question: "send" of "How many did they send?"; empty where it is not told."""
    words = [word for word in (word.strip('?!.,;:“”"()') for word in question.split()) if word]
    at = _verb(words)
    return words[at].lower() if at >= 0 else ""


def _verb(words: list[str]) -> int:
    """The index of the verb of a question; -1 where that is not told."""
    for at, word in enumerate(words):
        if word.lower() in AUXILIARIES:
            rest = words[at + 1 :]
            if rest and is_participle(rest[0].lower()):  # "how many were hurt"
                return at + 1
            if (
                word.lower() in _DO
                and len(rest) > 1
                and rest[-2] not in _SMALL
                and is_base(rest[-1])
            ):
                return len(words) - 1  # "did the terminal of the Sund ferry open"
            found = predicate_at(word.lower(), rest) if len(rest) > 1 else 0
            return at + 1 + found if found else -1
    if len(words) > 1 and words[0].lower() == "who" and "VERB" in word_classes(words[1].lower()):
        return 1
    return -1
