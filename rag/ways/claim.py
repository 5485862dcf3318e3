"""A question as the claim that it asks about or takes for granted."""

import re

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


def claim_of(question: str) -> str:
    """The statement that a yes/no question asks about; empty for any other question.

    >>> claim_of("Did the balance exercises bring down the number of broken hips?")
    'The balance exercises bring down the number of broken hips.'
    """
    match = _YES_NO.match(" ".join(question.split()))
    if match is None:
        return ""
    # "Didn't it sink?" asks the same as "Did it sink?".
    return _sentence(_asserted(match["rest"]))


def premise_of(question: str) -> str:
    """What a question takes for granted ("why did X", "who did X", "how many X did"); or empty.

    >>> premise_of("Why did Colm Devane step down after the final?")
    'Colm Devane step down after the final.'
    """
    text = " ".join(question.split())
    if match := _WHY.match(text):
        return "" if match["not"] else _sentence(match["rest"])
    if match := _WHO.match(text):
        return _sentence(f"someone {match['rest']}")
    if match := _MANY.match(text):
        return _sentence(f"some {match['rest']}")
    return ""


def _asserted(words: str) -> str:
    return re.sub(
        r"\b(?:anyone|anybody|anything|any)\b", lambda m: _ANY[m[0].lower()], words, flags=re.I
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
