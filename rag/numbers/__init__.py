"""Numbers that a text states: value, unit and place.

Dates are left to `rag.dates`. Figures inside a name ("Covid-19", "F-16", "5G") are no numbers, nor
are vague ones ("dozens", "a few"). An ordinal has the unit `ordinal`; a time of day has `am`, `pm`
or, where the text does not say which, `clock` (10:30 is 10.30 clock).
"""

from rag.numbers.find import find_numbers
from rag.numbers.number import Number
from rag.numbers.same import same_amount, same_measure
from rag.numbers.units import is_money

__all__ = ["Number", "find_numbers", "is_money", "same_amount", "same_measure"]
