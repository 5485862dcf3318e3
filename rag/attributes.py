"""Questions for a measure of something, "the population of Orle", and whether it is told at all.

A sum of money beside the town's name is no population: what is asked for must be spoken of.
"""

import re

from ingest.lexical import stems
from rag.names import find_names, name_stands_in
from rag.types import Evidence

_COGNATES = {
    "population": "population inhabitants residents people live lives",
    "capital": "capital",
    "height": "height high tall metres feet",
    "length": "length long metres kilometres km miles",
    "width": "width wide broad",
    "depth": "depth deep",
    "weight": "weight weigh weighs kilograms kilos tonnes tons pounds",
    "age": "age aged old born",
    "area": "area hectares acres square",
    "speed": "speed fast mph kph knots",
    "price": "price cost costs sell sells £ $ € priced paid",
    "salary": "salary earn earns paid pay wage",
    "budget": "budget",
    "temperature": "temperature degrees",
    "nationality": "nationality born citizen",
    "religion": "religion religious faith church",
    "currency": "currency",
    "gdp": "gdp economy",
    "turnover": "turnover sales revenue",
    "revenue": "revenue sales turnover income",
    "profit": "profit profits earned",
    "distance": "distance kilometres miles metres away",
    "capacity": "capacity hold holds seat seats room",
}
"""What may tell of each, in other words."""
HARM = re.compile(
    r"\b(?:kill(?:ed|s|ing)?|die[ds]?|dying|dead|deaths?|hurt|injur\w+|wounded|harmed|victims?"
    r"|casualt\w+|drown(?:ed|s)?|lost? (?:\w+ )?li(?:fe|ves)|fatal\w*)\b",
    re.I,
)
"""Somebody came to harm."""
_SAFE = re.compile(
    r"\b(?:nobody|no ?one|none|unhurt|unharmed|uninjured|alive|safe|safely|survived|survivors?"
    r"|rescued|saved)\b",
    re.I,
)
_WHO_OR_HOW_MANY = re.compile(r"(?:(?:and|but|so)\s)?(?:who|how many)\b", re.I)
_ASKED = re.compile(
    rf"^what(?:\s(?:is|was|are|were)|['’]s)\s(?:the|its|his|her|their|[\w’'-]+['’]s)\s"
    rf"(?:total |current |average |exact )?(?P<noun>{'|'.join(_COGNATES)})\b",
    re.I,
)


_LIVING = re.compile(r"\b(?:lives?|lived|living|inhabit\w+|resid\w+|population|home)\b", re.I)
_LIVE = re.compile(r"^how many (?:people|persons|inhabitants) live\b", re.I)


def tells_of_harm(question: str, sentence: str) -> bool:
    """Whether `sentence` tells of harm done or not done, where `question` asks who came to harm.

    True for a question that does not: those who were evacuated did not die.
    """
    asked = _WHO_OR_HOW_MANY.match(question.strip()) and HARM.search(question)
    return not asked or bool(HARM.search(sentence) or _SAFE.search(sentence))


def is_told(question: str, evidence: Evidence) -> bool:
    """Whether the passage of `evidence` speaks of the measure that `question` asks for.

    True for a question that asks for none.
    """
    question = " ".join(question.split())
    match = _ASKED.match(question) or _LIVE.match(question)
    if match is None:
        return True
    if match.re is _LIVE:
        return _LIVING.search(evidence.text) is not None
    if match["noun"].lower() == "capital":  # another country's stands in news of this one
        names = find_names(question)
        return all(name_stands_in(name.text, evidence.text) for name in names)
    words = _COGNATES[match["noun"].lower()]
    # The sentence or the title: "people" somewhere in the passage are no population.
    told = f"{evidence.hit.article.title} {evidence.text}"
    signs = [sign for sign in words.split() if not sign.isalpha()]
    return not set(stems(words)).isdisjoint(stems(told)) or any(sign in told for sign in signs)
