"""The two sides of a comparison, and the question asked of each alone."""

import re
from dataclasses import dataclass, replace

from ingest.lexical import query_words, stems
from rag.asking import names_something
from rag.question import Question
from rag.ways.kind import COMPARATIVE
from rag.ways.side_questions import asked_how, asked_of_each, asked_of_one

_LONGEST = 8
_DET = r"(?:the |a |an |in |at |on |of |for |by |to |with |more |fewer |less )*"
_COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison (?:of|between)|comparing|differences? between"
    r"|differs? between|both)\s+(?P<pair>.+?)[?.!\s]*$",
    re.I,
)
_HOW_DIFFER = re.compile(
    r"^how (?:do|does|did|is|are|was|were) (?P<pair>.+?) (?:differ(?:s|ed|ent)?|compare[ds]?)\b"
    r"(?P<tail>.*?)[?.!\s]*$",
    re.I,
)
_COMPARED_WITH = re.compile(
    r"^(?P<head>.+?)(?:,)? (?:compared (?:with|to)|versus|vs\.?|as opposed to|in contrast to)"
    r" (?P<other>.+?)[?.!\s]*$",
    re.I,
)
_OR = re.compile(
    r"^(?P<head>.*?)(?P<mark>[,:]\s+|\s)(?P<pair>[^,:]+?\s+or\s+[^,:]+?)[?.!\s]*$", re.I
)
_SAY = r"(?:say|said|claim|claimed|think|thought|believe|report|reported|tell|told)"
_BOTH_SAY = re.compile(
    rf"^(?:please )?(?:(?:compare|contrast) )?(?:what|how) (?:do |did |does |have )?(?P<pair>.+?)"
    rf" {_SAY}"
    r"(?: (?P<about>(?:about|of|on) .+?)| (?P<rest>.+?))?[?.!\s]*$"
    r"|^(?:please )?(?:compare|contrast) the"
    r" (?:views?|positions?|accounts?|statements?|claims?|versions?) of (?P<pair2>.+?)"
    r" (?P<about2>(?:about|on) .+?)[?.!\s]*$",
    re.I,
)
_JOINTS = (" and ", " with ", " versus ", " vs. ", " vs ", " to ")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    name: str
    """As the question has it, without its article: "Teller Bridge"."""
    question: str
    """The question asked of this side alone."""
    stems: frozenset[str]
    """Of the words that tell it from the other side."""
    speaks: bool = False
    """What it says is asked for: a sentence must be its own, or tell what it did."""
    about: frozenset[str] = frozenset()
    """Stems of what it is asked to speak of; a sentence must have one of them."""


def sides_of(asked: Question) -> tuple[Side, Side] | None:
    """The two sides that `asked` compares; None where it names no two."""
    text = " ".join(asked.text.split())
    if both := _both_say(text):
        return both
    for read in (_differing, _compared_with, _alternatives, _listed_pair):
        if found := read(text):
            one, two, ask_one, ask_two = found
            return _told_apart(one, two, ask_one, ask_two)
    return None


def _told_apart(one: str, two: str, ask_one: str, ask_two: str) -> tuple[Side, Side] | None:
    first, second = _stems(one), _stems(two)
    if not first - second and not second - first:
        return None
    return (
        Side(_named(one), ask_one, first - second or first),
        Side(_named(two), ask_two, second - first or second),
    )


def _both_say(text: str) -> tuple[Side, Side] | None:
    """Compare what X and Y say about it; what do X and Y say about it."""
    match = _BOTH_SAY.match(text)
    words = match and (match["pair"] or match["pair2"])
    pair = _pair(words) if words else None
    if match is None or pair is None:
        return None
    about = match["about"] or match["about2"] or match["rest"] or ""
    one, two = (re.sub(r"^(?:by|from|of|what)\s", "", side) for side in pair)
    sides = _told_apart(
        one,
        two,
        f"What does {one} say {about}".strip() + "?",
        f"What does {two} say {about}".strip() + "?",
    )
    if sides is None:
        return None
    topic = frozenset(stem for stem in _stems(about) if names_something(stem))
    first, second = (replace(side, speaks=True, about=topic) for side in sides)
    return first, second


_Sides = tuple[str, str, str, str]


def _differing(text: str) -> _Sides | None:
    match = _HOW_DIFFER.match(text)
    pair = _pair(match["pair"]) if match else None
    if pair is None or match is None:
        return None
    tail = match["tail"].strip()
    one, two = (f"What about {side} {tail}".strip() + "?" for side in pair)
    return (*pair, one, two)


def _listed_pair(text: str) -> _Sides | None:
    """Compare X and Y; the difference between X and Y."""
    match = _COMPARE.search(text)
    pair = _pair(match["pair"]) if match else None
    if pair is None:
        return None
    one, two = pair
    # "How long it took to build the Ansgar Bridge and the Teller Bridge": said of both.
    last = _last_phrase(one, two)
    owned = all(re.search(r"['’]s?\s", side) for side in pair)  # the police's and the firemen's
    head = one[: len(one) - len(last)] if last and not owned else ""
    if not head or two.lower().startswith(head.lower()):
        return (*pair, f"What about {one}?", f"What about {two}?")
    return last, two, asked_of_each(head, last), asked_of_each(head, two)


def _compared_with(text: str) -> _Sides | None:
    """How many did X compared with Y: the other side takes the place that its words fit."""
    match = _COMPARED_WITH.match(text)
    if match is None:
        return None
    head, other = match["head"], match["other"]
    last = _last_phrase(head, other)
    if not last:
        return None
    ours, theirs = last.split(), other.split()
    if len(theirs) > len(ours) and theirs[len(ours) - 1] == ours[-1]:
        tail = " ".join(theirs[len(ours) :])  # "... final of the Cup" is said of both
        last, head = f"{last} {tail}", f"{head} {tail}"
    return last, other, f"{head}?", f"{head[: len(head) - len(last)]}{other}?"


def _alternatives(text: str) -> _Sides | None:
    """Which is longer, X or Y; did it stand higher in X or in Y; are there more X or Y."""
    match = _OR.match(text)
    if match is None:
        return None
    head, pair = match["head"], match["pair"]
    left, right = re.split(r"\s+or\s+", pair, maxsplit=1, flags=re.I)
    if match["mark"].strip():
        left, right = _shared_head(left, right)
        return left, right, asked_of_one(head, left), asked_of_one(head, right)
    whole = f"{head} {left}".strip()
    last = _last_phrase(whole, right)
    if not last:
        return None
    start = whole[: len(whole) - len(last)]
    place = _shared_place(last, right)
    bare = right.removesuffix(place)
    return last, bare, asked_how(f"{start}{last}{place}"), asked_how(f"{start}{bare}{place}")


def _shared_place(left: str, right: str) -> str:
    """The place that "more razorbills on Gannet Holm" names for "more puffins", too; or ""."""
    place = re.search(r"\s(?:in|on|at|of|from|for|by|during)\s.+$", right)
    comparing = re.match(rf"{COMPARATIVE}\s", left, re.I) and re.match(COMPARATIVE, right, re.I)
    if place is None or not comparing or re.search(r"\s(?:in|on|at|of|from|for|by)\s", left):
        return ""
    return place.group()


def _pair(words: str) -> tuple[str, str] | None:
    """X and Y out of "the estimates of X and of Y"."""
    for joint in _JOINTS:
        left, found, right = words.rpartition(joint)
        if found:
            break
    else:
        return None
    return _shared_head(left, right)


def _shared_head(left: str, right: str) -> tuple[str, str]:
    """Gives each side what only the other says of both.

    >>> _shared_head("the men's", "the women's Cup final")
    ("the men's Cup final", "the women's Cup final")
    """
    ours, theirs = left.split(), right.split()
    if re.search(r"['’]s?$", left) and len(theirs) > len(ours):
        possessive = next((i for i, w in enumerate(theirs) if re.search(r"['’]s?$", w)), None)
        if possessive is not None:
            return " ".join([*ours, *theirs[possessive + 1 :]]), right
    prepositions = ("of", "in", "at", "by", "for", "on")
    if theirs and theirs[0] in prepositions and theirs[0] in ours[1:]:
        place = len(ours) - 1 - ours[::-1].index(theirs[0])
        return left, " ".join([*ours[:place], *theirs])
    return left, right


def _last_phrase(head: str, like: str) -> str:
    """The end of `head` that stands where `like` stands: "in Dalmoor" for "in Brennock"."""
    words, wanted = head.split(), like.split()
    first = wanted[0].lower()
    for length in range(1, min(_LONGEST, len(words)) + 1):
        phrase = words[-length:]
        if phrase[0].lower() == first and first in ("the", "in", "at", "on", "of", "by", "more"):
            return " ".join(phrase)
        if re.fullmatch(COMPARATIVE, phrase[0], re.I):
            return " ".join(phrase if re.fullmatch(COMPARATIVE, wanted[0], re.I) else phrase[1:])
    if wanted[0][:1].isupper() or len(wanted) == 1:
        return " ".join(words[-len(wanted) :])
    return ""


def _named(side: str) -> str:
    return re.sub(rf"^{_DET}", "", side.strip(" ,?"), flags=re.I)


def _stems(side: str) -> frozenset[str]:
    return frozenset(stem for word in query_words(side) for stem in stems(word))
