"""Where sources disagree: the different values that articles give to one question.

Values that can be compared exactly are: numbers with their units, days, and names. A near copy of
a sentence is no second source, and two sentences disagree only where they tell as much of what was
asked: another flood has other figures.
"""

from rag.conflict.asks import asks_amount, asks_price
from rag.conflict.corrections import CORRECTING
from rag.conflict.told import Told
from rag.conflict.values import disputed_in, told_apart, values_told

__all__ = [
    "CORRECTING",
    "Told",
    "asks_amount",
    "asks_price",
    "disputed_in",
    "told_apart",
    "values_told",
]
