"""A question as the claim that it asks about or takes for granted."""

import re

from rag.inflections import is_base, is_compared, is_participle, past, third, word_classes

_AUXILIARY = (
    r"(?P<aux>is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
    r"(?P<not>n['’]t)?"
)
_YES_NO = re.compile(rf"^(?:(?:and|but|so)\s+)?{_AUXILIARY}\s+(?P<rest>.+?)[?!.\s]*$", re.I)
_ANY = {"anyone": "someone", "anybody": "somebody", "anything": "something", "any": "some"}
_WHY = re.compile(rf"^(?:why|how come)\s+{_AUXILIARY}\s+(?P<rest>.+?)[?!.\s]*$", re.I)
_WHO = re.compile(
    r"^(?:who|which (?:person|people|man|woman))\s+(?P<rest>(?!is\b|are\b|was the\b|were the\b).+?)"
    r"[?!.\s]*$",
    re.I,
)
_MANY = re.compile(r"^how many\s+(?P<rest>.+?)[?!.\s]*$", re.I)
AUXILIARIES = frozenset(
    "is are was were do does did has have had can could will would should may might must".split()
)
_DO = frozenset(("do", "does", "did"))
_BE = frozenset(("is", "are", "was", "were"))
_HAVE = frozenset(("has", "have", "had"))
_ALONE = frozenset(
    "i you he she it we they this that there anyone anybody anything someone somebody something"
    " everyone everybody everything nobody nothing".split()
)
"""A subject by itself."""
_BEFORE_NOUNS = frozenset(
    "the a an this that these those its his her their our my your all any some every each no both"
    " of in on at by for from with to and or than".split()
)
"""What follows one of these is no predicate: "the panel"."""
_ENDS = frozenset(
    "the a an its his her their our my your any some of in on at by for from with to off over into"
    " onto under out up down through after before during since until that whether if as against"
    " between about".split()
)
"""The verb stands before the first of these that does not belong to the subject."""
_ADJECTIVES = ({"ADJ"}, {"ADJ", "ADV"})
_PLACES = _ENDS & frozenset(
    "in on at by for from with off over into onto under out up down through against about".split()
)


def claim_of(question: str) -> str:
    """The statement that a yes/no question asks about; empty for any other question.

    >>> claim_of("Did the balance exercises bring down the number of broken hips?")
    'The balance exercises brought down the number of broken hips.'
    """
    match = _YES_NO.match(" ".join(question.split()))
    if match is None:
        return ""
    # "Didn't it sink?" asks the same as "Did it sink?".
    return _sentence(_stated(match["aux"].lower(), _asserted(match["rest"])))


def premise_of(question: str) -> str:
    """What a question takes for granted ("why did X", "who did X", "how many X did"); or empty.

    >>> premise_of("Why did Colm Devane step down after the final?")
    'Colm Devane stepped down after the final.'
    """
    text = " ".join(question.split())
    if match := _WHY.match(text):
        return "" if match["not"] else _sentence(_stated(match["aux"].lower(), match["rest"]))
    if match := _WHO.match(text):
        return _sentence(f"someone {match['rest']}")
    if match := _MANY.match(text):
        return _sentence(f"some {match['rest']}")
    return ""


def _stated(auxiliary: str, rest: str) -> str:
    """The words after an auxiliary as a statement; without it where no predicate is found.

    >>> _stated("did", "the ferry sink off Cape Brann")
    'the ferry sank off Cape Brann'
    >>> _stated("was", "the mill fire started deliberately")
    'the mill fire was started deliberately'
    """
    words = [word for word in rest.split() if word.lower() != "ever"]
    at = predicate_at(auxiliary, words)
    if not 0 < at < len(words):
        return " ".join(words)
    subject, verb, following = words[:at], words[at], words[at + 1 :]
    if auxiliary == "did":
        return " ".join([*subject, past(verb.lower()), *following])
    if auxiliary == "does":
        return " ".join([*subject, third(verb.lower()), *following])
    said = [] if auxiliary == "do" else [auxiliary]
    return " ".join([*subject, *said, verb, *following])


def predicate_at(auxiliary: str, words: list[str]) -> int:
    """The index of the first word that is said of the subject; 0 where that is not told."""
    if words[0].lower() in _ALONE:
        start = 1
        if auxiliary in _DO:  # "did it ever rain"
            start = next((at for at in range(1, len(words)) if is_base(words[at].lower())), 0)
        return start
    if auxiliary in _BE:
        return _be_predicate(words)
    if auxiliary in _HAVE:
        return next((at for at in _possible(words) if is_participle(words[at])), 0)
    return _base_verb(words)


def _be_predicate(words: list[str]) -> int:
    for at in _possible(words):
        if is_participle(words[at]) or is_compared(words[at]):
            return at
    last = len(words) - 1  # "the vote on the library unanimous"
    if last in _possible(words) and word_classes(words[last]) in _ADJECTIVES:
        return last
    place = next((at for at in range(1, len(words)) if words[at] in _PLACES), 0)
    before = word_classes(words[place - 1]) if place - 1 in _possible(words) else frozenset()
    # "the library open on Sundays", but "the library on Main Street".
    return place - 1 if "ADJ" in before and "NOUN" not in before else place


def _base_verb(words: list[str]) -> int:
    """Among the words before the subject's sentence goes on, the surest verb, then the last.

    "The ferry service resume on Monday": both nouns can be verbs, and the verb comes last.
    """
    found = [at for at in _possible(words) if is_base(words[at])]
    if not found:
        return 0
    first = found[0]
    ends = next((at for at in range(first + 1, len(words)) if words[at] in _ENDS), len(words))
    near = [at for at in found if at < ends]
    only = [at for at in near if word_classes(words[at]) <= {"VERB", "AUX"}]
    plain = [at for at in near if not word_classes(words[at]) & {"ADJ", "ADV"}]
    return (only or plain or near)[-1 if not only else 0]


def _possible(words: list[str]) -> list[int]:
    """The indexes of words in small letters that stand behind a noun, or may."""
    return [
        at
        for at in range(1, len(words))
        if words[at].islower() and words[at - 1].lower() not in _BEFORE_NOUNS
    ]


def _asserted(words: str) -> str:
    return re.sub(
        r"\b(?:anyone|anybody|anything|any)\b", lambda m: _ANY[m[0].lower()], words, flags=re.I
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
