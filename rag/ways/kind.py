"""What kind of answer a question asks for."""

import re
from enum import StrEnum

from rag.dates import find_dates
from rag.events import event_named
from rag.inflections import word_classes


class Kind(StrEnum):
    """The kinds of question that are answered each in a way of its own."""

    FACT = "fact"
    """One value or sentence: who, when, how many, why."""
    YES_NO = "yes_no"
    COMPARISON = "comparison"
    LIST = "list"
    TIMELINE = "timeline"
    SUMMARY = "summary"


COMPARATIVE = (
    r"(?:more|less|fewer|greater|bigger|larger|smaller|longer|shorter|higher|lower|taller|older"
    r"|younger|newer|earlier|later|sooner|faster|slower|quicker|cheaper|dearer|costlier|heavier"
    r"|lighter|wider|narrower|deeper|shallower|hotter|colder|warmer|cooler|stronger|weaker|better"
    r"|worse|richer|poorer|busier|most|least|biggest|largest|smallest|longest|shortest|highest"
    r"|lowest|tallest|oldest|youngest|newest|earliest|latest|fastest|slowest|cheapest|heaviest"
    r"|lightest|widest|deepest|hottest|coldest|first)"
)
_TIMELINE = re.compile(
    r"\b(?:time ?lines?|chronolog\w+|(?:sequence|course) of events)\b"
    r"|\bhow (?:did|has|have) .{3,} (?:unfold|develop|evolve|progress)(?:ed)?\b",
    re.I,
)
_HAPPENED = re.compile(
    r"\bwhat (?:all |else )?(?:(?:has |had )?happened|took place|went on)\b", re.I
)
_SPAN = re.compile(r"\b(?:between|from|since|during|until|over|in|before|after)\b", re.I)
_SUMMARY = re.compile(
    r"^(?:please |can you |could you )*(?:summari[sz]e|sum up|outline|describe briefly"
    r"|(?:give|write|get) (?:me |us )?(?:a |an )?(?:short |brief |quick )?"
    r"(?:summary|overview|outline|rundown|digest)"
    r"|(?:a |an )?(?:short |brief )?(?:summary|overview) of"
    r"|(?:tell|brief) (?:me|us) (?:more |something |everything |all |briefly )?(?:about|on)"
    r"|what (?:do|does|did) the articles? (?:say|report|tell) (?:about|of|on)"
    r"|what (?:is|was) (?:known|reported|written|the (?:story|news|latest)) (?:about|of|on))\b"
    r"|^what(?: is|['’]s| was| are| were)\b.{3,}\babout\s*\??$",
    re.I,
)
_WHAT_ABOUT = re.compile(r"^(?:(?:and|but|so)\s)?(?:what|how) about\s(?!\d|in\b)", re.I)
_OPENS = re.compile(
    r"^(?:who|what|when|where|why|which|how|whose|whom|if|whether|please|tell|give|show|list|name"
    r"|explain|describe|find|say|write|make|hi|hello|hey|thanks?|ok|yes|no)\b",
    re.I,
)
BARE = 3
"""Words of a question that only names a topic: "parking?", "the Orle dam"."""
_COMPARISON = re.compile(
    r"\b(?:compar(?:e[ds]?|ing|ison)|versus|vs\.?|differ(?:s|ed|ences?)?)\b"
    r"|^what (?:do|did|does|have) .+ and .+ (?:say|said|claim|think|believe|report)\b"
    rf"|\b{COMPARATIVE}\b.*\bor\b|\bor\b.*\b{COMPARATIVE}\b",
    re.I,
)
_YES_NO = re.compile(
    r"\s*(?:(?:and|but|so)\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|may|might|must)(?:n['’]t)?\b(?!\s+you\b)",
    re.I,
)
_NOT_PLURAL = (
    "about is was does has this its his less plus across always whose focus status versus news"
    " series did do are were have had will would can could should the a an i you he she it they we"
    " of"
)
"""Words that end in s and are no plural, and words that end what "which" and "what" stand with."""
_LIST = re.compile(
    r"^(?:please )?(?:list|name|enumerate)\b(?!s\b)"
    r"|^who (?:are|were) (?:all )?(?:the|those)\b"
    r"|\b(?:list|name) (?:all|the|every|each)\b"
    rf"|^(?:which|what) (?:(?!(?:{'|'.join(_NOT_PLURAL.split())})\b)[\w’'-]+ ){{0,2}}?"
    rf"(?!(?:{'|'.join(_NOT_PLURAL.split())})\b)[a-z’'-]+(?<![siu’'])s\b",
    re.I,
)


def read_kind(question: str) -> Kind:
    """The kind that the words of `question` ask for; a fact where they ask for nothing else."""
    text = " ".join(question.split())
    if _TIMELINE.search(text) or (_HAPPENED.search(text) and _spans_time(text)):
        return Kind.TIMELINE
    if _SUMMARY.search(text):
        return Kind.SUMMARY
    if asks_what_about(text) or is_bare(text):
        return Kind.SUMMARY
    if _COMPARISON.search(text):
        return Kind.COMPARISON
    if _YES_NO.match(text):
        return Kind.YES_NO
    return Kind.LIST if _LIST.search(text) else Kind.FACT


def asks_what_about(question: str) -> bool:
    """Whether it asks "what about" something, and of no other day."""
    return _WHAT_ABOUT.match(question) is not None


def is_bare(question: str) -> bool:
    """Whether it only names a topic, in a word or a few, and asks nothing of it.

    >>> is_bare("the Orle dam?"), is_bare("Orle opens dam"), is_bare("Who?")
    (True, False, False)
    """
    words = [word for word in re.findall(r"[\w’'-]+", question) if word.lower() != "the"]
    if not 0 < len(words) <= BARE or _OPENS.match(question) or _YES_NO.match(question):
        return False
    return not any(_is_verb(word) for word in words[1:])


def _is_verb(word: str) -> bool:
    """Whether a word in small letters can be nothing but a verb."""
    return word.islower() and word_classes(word) <= {"VERB", "AUX"} and bool(word_classes(word))


def _spans_time(text: str) -> bool:
    """Whether it names a time longer than a day: two dates, a month, a year, "since 3 March".

    Or an event that time is counted from: "since the ceasefire".
    """
    if event_named(text):
        return True
    dates = [mention for mention in find_dates(text) if not mention.vague]
    if len(dates) > 1:
        return True
    for mention in dates:
        one_day = mention.value is not None and mention.value.day is not None
        if not one_day or re.search(r"\b(?:since|until|before|after)\s$", text[: mention.start]):
            return _SPAN.search(text) is not None or mention.relative
    return False
