"""What a text says that somebody is, or something: "Petra Moe, the curator", "the baker Crane".

Read are an apposition on either side of the name, a role in front of it, and "Moe is the curator".
The words are the text's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.inflections import word_classes
from rag.names import FUNCTION_WORDS

_LOWER = (
    r"(?!(?:said|says|added|and|or|but|who|which|that|while|as|when|after|before|is|was)\b)"
    r"[a-z][\w’'-]*"
)
_CAPITAL = r"[A-Z][\w’'&.-]*"
_OWNER = rf"(?:{_CAPITAL}\s){{0,3}}{_CAPITAL}(?:['’]s|(?<=s)['’])"
_DET = (
    r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur"
    rf"|(?:[Tt]he\s)?{_LOWER}['’]s?|(?:the\s)?{_OWNER})"
)
_ROLE_WORD = (
    r"(?!(?:by|with|from|to|under|after|before|on|near|into|about|that|who|and|than)\b)[\w’'&-]+"
)
_BEFORE = (
    re.compile(rf"(?P<is>\b{_DET}\s(?:{_ROLE_WORD}\s){{0,5}}?{_LOWER}),?\s$"),
    re.compile(rf"(?P<is>(?:\b(?:{_CAPITAL}|of|for|the|and)\s){{0,4}}\b{_CAPITAL})\s$"),
    re.compile(
        rf"(?:^[“\"]?|[.,;:“”\"]\s?|\b(?:by|and|said|says|with|from|to)\s)"
        rf"(?P<is>(?:{_LOWER}|(?<![\w’' ])[A-Z][a-z]+)(?:\s{_LOWER}){{0,2}})\s$"
    ),
)
_APPOSED = re.compile(r"(?:,\s|\s\()(?P<is>[^,.;:“”\"()\n]+)")
_IS = re.compile(
    r"\s(?:is|was|are|were|became|remains)\s"
    r"(?P<is>(?:an?|the(?!\s(?:first|last|only|next|second|one)\b)|one of the|its|his|her|their)"
    r"\s[^,.;:“”\"()\n]+)"
)
_WHO = re.compile(r",\s(?P<is>who\s(?!said\b|told\b|added\b|says\b)[^,.;“”\"()\n]+)")
_DONE_BY = re.compile(
    r"\b(?:led|headed|chaired|run|owned|founded|directed|written|designed|drawn|coached|managed|built"
    r"|presided over|conducted|composed|invented|discovered) by\s$"
)
_PLACED = re.compile(
    r"\b(?:in|on|at|after|before|during|since|until|despite|over|under|near|across|through|besides)\s$",
    re.I,
)
_DETERMINED = re.compile(rf"(?:{_DET}|one|another|chief|head|former|acting)\s")
_DIGITS = re.compile(r"\d+$")
_TITLE = re.compile(
    r"(?:President|Vice-President|Minister|Secretary|Chancellor|King|Queen|Prince|Princess|General"
    r"|Colonel|Major|Captain|Lieutenant|Sergeant|Admiral|Commander|Senator|Representative"
    r"|Congress(?:man|woman)|Mayor|Governor|Judge|Justice|Pope|Cardinal|Bishop|Archbishop|Rabbi|Imam"
    r"|Ayatollah|Sheikh|Chair(?:man|woman)?|Director|Professor|Spokes(?:man|woman|person)|Coach"
    r"|Manager|Ambassador|Commissioner|Leader|Councillor|Inspector|Officer|Chief|Deputy|Speaker|Doctor"
    r"|Dr|Sir|Dame|Lord|Lady|Councilman|Premier|Detective|Constable|Reverend|Father|Sister)$"
)
_STARTS = frozenset(
    "said says told added wrote according named call called like including mr mrs ms".split()
)


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a name: `text[start:end]`."""

    start: int
    end: int
    text: str
    rank: int
    """0 for what says outright what it is, 1 for what it does or did."""


def described(name: str, sentence: str) -> Description | None:
    """What `sentence` says that `name`, whole or by its last part, is; None where it says nothing.

    >>> described("Petra Moe", "“It ticks,” said Petra Moe, the curator, who sat down.").text
    'the curator'
    """
    found = [
        one
        for start, end in places_of(name, sentence)
        for one in (_after(sentence, end), _before(sentence, start))
        if one is not None
    ]
    return min(found, key=lambda one: one.rank, default=None)


def places_of(name: str, sentence: str) -> list[tuple[int, int]]:
    """Where `name` stands, with the given names in front of it where only the last was asked for.

    Case aside, but the text must have it in capitals: "moe" is found as Moe.
    """
    words = r"[\s-]".join(re.escape(word) for word in re.split(r"[\s-]", name.strip()))
    found = []
    for match in re.finditer(rf"(?<![\w’'-]){words}(?![\w-])", sentence, re.I):
        if not match.group()[:1].isupper():
            continue
        start, end = match.span()
        while before := re.search(rf"(?<!\w)({_CAPITAL})\s$", sentence[:start]):
            if not _is_given(before[1], sentence[: before.start()]):
                break
            start = before.start()
        after = re.match(rf"(?:\s{_CAPITAL})+", sentence[end:])
        if after and not re.match(r"\s(?:The|A|In|On|At)\b", after.group()):
            end += after.end()
        if not re.match(r"['’]s?(?!\w)", sentence[end:]):
            found.append((start, end))
    return found


def _is_given(word: str, before: str) -> bool:
    """Whether a capitalised word in front of a name belongs to it: "Hossein", not "Minister"."""
    opens = not before.strip() or before.rstrip()[-1:] in '.!?“"'
    known = word_classes(word.lower())
    return (
        not _TITLE.fullmatch(word.rstrip(".")) and not (opens and known) and not word.endswith("'s")
    )


def _after(sentence: str, end: int) -> Description | None:
    if match := _IS.match(sentence, end):
        return Description(*match.span("is"), match["is"].strip(), 0)
    apposed = _APPOSED.match(sentence, end)
    if apposed and _DIGITS.fullmatch(apposed["is"].strip()):  # "Wilma Sorley, 81, who ..."
        end = apposed.end("is")
        apposed = _APPOSED.match(sentence, end)
    if apposed and _says_what(apposed["is"]):
        return Description(*apposed.span("is"), apposed["is"].strip(), 0)
    who = _WHO.match(sentence, end)
    return Description(*who.span("is"), who["is"].strip(), 1) if who else None


def _says_what(phrase: str) -> bool:
    """Whether what follows a comma is what somebody is: "a retired judge", "Tillo's director"."""
    if not _STARTS.isdisjoint(phrase.split()):
        return False
    if _DETERMINED.match(phrase):
        return re.search(r"[a-z]{3,}", _DETERMINED.sub("", phrase, count=1)) is not None
    words = phrase.split()
    first = words[0] if words else ""
    # "chief of staff of the armed forces", but not "waving a flag" nor "said the police".
    classes = word_classes(first) if first.islower() else frozenset()
    plain = "NOUN" in classes and not first.endswith(("ing", "ed")) and first not in _STARTS
    return plain and len(words) > 1 and words[1] in ("of", "at", "for", "to", "in", "and")


def _before(sentence: str, start: int) -> Description | None:
    before = sentence[:start]
    match = _BEFORE[0].search(before)
    # "In the end, Ida Lund won": no end is she.
    placed = match and before.rstrip().endswith(",") and _PLACED.search(before[: match.start()])
    if match and not placed:
        noun = match["is"].split()[-1]
        if "NOUN" in word_classes(noun) and _ends_in_noun(noun):
            return Description(*match.span("is"), match["is"], 0)
    if (match := _BEFORE[1].search(before)) and _TITLE.fullmatch(
        match["is"].split()[-1].rstrip(".")
    ):
        words = match["is"]
        if words.split()[-1].rstrip(".") not in ("Dr", "Sir", "Dame", "Lord", "Lady"):
            return Description(*match.span("is"), words, 0)
    if match := _DONE_BY.search(before):
        return Description(match.start(), start - 1, match.group().strip(), 1)
    if (match := _BEFORE[2].search(before)) and _is_role(match["is"].lower().split()):
        return Description(*match.span("is"), match["is"], 0)
    return None


def _is_role(words: Sequence[str]) -> bool:
    """Whether words in front of a name are a role: "harbour master", but not "saw" nor "later"."""
    if words[0] in FUNCTION_WORDS - {"former"} or words[-1].endswith("s"):
        return False
    classes = [word_classes(word) for word in words]
    if len(words) == 1:
        return classes[0] == {"NOUN"} and not words[0].endswith("day")
    return all("NOUN" in each or each == {"ADJ"} for each in classes) and "NOUN" in classes[-1]


@lru_cache(maxsize=512)
def _ends_in_noun(noun: str) -> bool:
    return noun not in _STARTS and not noun.endswith(("ly", "day"))
