"""Questions that ask for an amount without saying how many: a price, "the damage"."""

import re

from rag.quantity import Quantity
from rag.question import Question, Wanted

AMOUNT = re.compile(
    r"\bwhat (?:is|was|will be|are|were|would be) the (?:[\w’'-]+ ){0,2}?(?P<noun>damage|costs?"
    r"|price|bill|value|budget|fee|fine|loss(?:es)?|population|turnout|attendance|toll|total)\b",
    re.I,
)


def asks_amount(question: Question) -> bool:
    """Whether it asks what "the damage" or "the cost" is, without saying how much."""
    return question.wanted is Wanted.OTHER and AMOUNT.search(question.text) is not None


def asks_price(question: Question) -> bool:
    """Whether it asks how much something costs."""
    return question.quantity is Quantity.MONEY
