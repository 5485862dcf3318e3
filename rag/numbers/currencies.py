"""Names of currencies as units: from the tables of CLDR (Unicode) that `babel` carries.

"Peso" is a unit, and "Mexican peso" a special one of it. Words that mean something else more often
than money ("won", "real", "sol") are a unit only with their country in front.
"""

import re
from functools import cache

_OTHERWISE = frozenset(
    "all won real sol som mark leone sum kip bond austral right rights gold".split()
)
"""Words that are no currency by themselves."""
_CROWNS = frozenset("krona krone króna koruna crown".split())
"""One name in several languages: 12 Danish crowns are kroner."""
_NOUNS = {"dollar": "$", "pound": "£", "euro": "€", "yen": "¥", "ruble": "rouble"} | dict.fromkeys(
    _CROWNS, "krona"
)
"""What `rag.numbers.units` calls them."""
_UNITS = {
    **{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "AUD": "A$", "CAD": "C$"},
    **{"HKD": "HK$", "NZD": "NZ$", "SGD": "S$", "KRW": "₩", "CNY": "yuan", "BRL": "real"},
}
"""Those of the currencies that have a sign or a name of their own there."""
_LONGEST = 3
"""Words: `rag.numbers.units` looks no further."""


@cache
def currency_units() -> dict[str, str]:
    """The unit of each currency's name in lower case, one and many, with its country or not."""
    from babel import Locale
    from babel.numbers import get_currency_name

    units = {"crown": "krona", "crowns": "krona"}
    for code in map(str, Locale("en").currencies):
        one, many = (get_currency_name(code, count, "en").lower() for count in (1, 2))
        if re.search(r"[\d()]", one + many) or len(one.split()) > _LONGEST:
            continue
        country, _, noun = one.rpartition(" ")
        several = many.rpartition(" ")[2]
        unit = _NOUNS.get(noun, noun)
        special = _UNITS.get(code) or f"{country} {unit}".strip()
        units |= {one: special, many: special}
        if unit == "krona":
            units |= {f"{country} crown": special, f"{country} crowns": special}
        if noun not in _OTHERWISE:
            units |= {noun: units.get(noun, unit), several: units.get(several, unit)}
    return units


@cache
def currencies() -> frozenset[str]:
    """All those units."""
    return frozenset(currency_units().values())
