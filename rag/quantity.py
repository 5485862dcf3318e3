"""What quantity a question asks for: a price in money, a weight in kilograms.

"How much did the ferry cost?" is not answered by the number of its passengers, however near that
stands to the question's other words. Only questions that leave no doubt are read so; of the others
a number of anything may be the answer.
"""

import re
from enum import StrEnum

from rag.numbers import find_numbers, is_money


class Quantity(StrEnum):
    """A kind of amount, as an abstention names it."""

    MONEY = "sum of money"
    WEIGHT = "weight"
    LENGTH = "length"
    TEMPERATURE = "temperature"


_UNITS: dict[Quantity, frozenset[str]] = {
    Quantity.WEIGHT: frozenset(("kg", "g", "tonne", "ton", "lb", "oz")),
    Quantity.LENGTH: frozenset(("km", "m", "cm", "mm", "nmi", "mile", "ft", "inch", "yard")),
    Quantity.TEMPERATURE: frozenset(("°C", "°F", "°")),
}
_IS = r"(?:is|are|was|were|will be|would be)"
_DOES = r"(?:do|does|did|will|would|has|have|had|must|should|can|could)"
_THE = r"(?:the |its |his |her |their |an? )?"
_PRICE = r"(?:price|cost|fare|fee|fine|rent|salary|ransom|bail)s?"
_COSTS = r"(?:costs?|(?:re)?pay|(?:re)?paid|spend|spent|charged?|worth|fined|earn|earned|owed?)"
_NOT_WITH_MONEY = r"(?! (?:attention|heed|tribute)\b| for (?:his|her|its|their)\b)"
_ASKED = {
    Quantity.MONEY: rf"\bhow much money\b|\bhow (?:dear|expensive)\b"
    rf"|\bhow much (?:more |less )?(?:{_IS}|{_DOES})\b.*\b{_COSTS}\b{_NOT_WITH_MONEY}"
    rf"|\bwhat {_DOES}\b.*\b(?:cost|pay|paid)\b{_NOT_WITH_MONEY}"
    rf"|\bwhat {_IS} {_THE}(?:[\w-]+ ){{0,2}}{_PRICE}\b"
    rf"|\bhow (?:high|large|big) {_IS} {_THE}{_PRICE}\b",
    Quantity.WEIGHT: rf"\bhow heavy\b|\b(?:how much|what) {_DOES}\b.*\bweigh\b",
    Quantity.LENGTH: r"\bhow (?:tall|wide|deep)\b",
    Quantity.TEMPERATURE: r"\bhow (?:hot|cold|warm)\b|\bwhat temperature\b"
    rf"|\bwhat {_IS} the (?:[\w-]+ )?temperature\b",
}
_INSTEAD = re.compile(
    r"\b(?:free(?: of charge)?|nothing|no (?:charge|fee|fare)|undisclosed|unknown|not known"
    r"|(?:not|n['’]t|nor|never|nobody|refused to|declined to) (?:\w+ ){0,2}?"
    r"(?:disclose|reveal|say|said|publish|give|given|comment|know))",
    re.IGNORECASE,
)
"""What answers in the place of an amount."""


def quantity_asked(question: str) -> Quantity | None:
    """The quantity that `question` asks for; None where it may be any, or none."""
    folded = " ".join(question.lower().split())
    return next((one for one, pattern in _ASKED.items() if re.search(pattern, folded)), None)


def is_of(quantity: Quantity, unit: str) -> bool:
    """Whether `unit`, of a `rag.numbers.Number`, measures such a quantity."""
    return is_money(unit) if quantity is Quantity.MONEY else unit in _UNITS[quantity]


def tells(quantity: Quantity, sentence: str) -> bool:
    """Whether `sentence` gives such an amount, or says that there is none or that none is known."""
    told = any(is_of(quantity, number.unit) for number in find_numbers(sentence))
    return told or _INSTEAD.search(sentence) is not None
