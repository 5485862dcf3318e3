"""What stands behind a number: "million", "bn", "km", "per cent"; and money before it."""

import re
from decimal import Decimal

from rag.numbers.currencies import currencies, currency_units
from rag.numbers.words import POWER, POWERS, SUFFIXES

SIGNS = "US$ A$ C$ HK$ NZ$ S$ R$ $ £ € ¥ ₹ ₽ ₩ ₺ ₴ ₪ USD EUR GBP Rs. Rs".split()
CURRENCY = {"US$": "$", "USD": "$", "EUR": "€", "GBP": "£"} | {
    **dict.fromkeys(("₹", "Rs", "Rs."), "rupee"),
    "R$": "real",
    "₽": "rouble",
    "₺": "lira",
    "₴": "hryvnia",
    "₪": "shekel",
}
_SPELLINGS = """
%: %, percent, per cent, pct
pp: percentage point, percentage points
bp: basis point, basis points, bps
km: km, kms, kilometre, kilometer
m: m, metre, meter
cm: cm, centimetre, centimeter
mm: mm, millimetre, millimeter
nmi: nautical mile, nautical miles
mile: mile
ft: ft, foot, feet
inch: inch, inches
yard: yard
km2: km2, km², sq km, square kilometre, square kilometres, square kilometer, square kilometers
m2: m2, m², sq m, square metre, square metres, square meter, square meters
mi2: square mile, square miles, sq miles
ft2: square foot, square feet, sq ft
m3: m3, m³, cubic metre, cubic metres, cubic meter, cubic meters
hectare: hectare, ha
acre: acre
km/h: km/h, kmh, kph, kilometres per hour, kilometers per hour, kilometres an hour
mph: mph, miles per hour, miles an hour
kg: kg, kgs, kilo, kilogram, kilogramme
g: g, gram, gramme
tonne: t, tonne, metric ton, metric tons
ton: ton
lb: lb, lbs
oz: oz, ounce
litre: l, litre, liter
gallon: gallon
barrel: barrel
°C: °c, ° c, degrees celsius, degree celsius, degrees centigrade, degrees c, c
°F: °f, ° f, degrees fahrenheit, degree fahrenheit, degrees f
°: °, degree
kW: kw, kilowatt
MW: mw, megawatt
GW: gw, gigawatt
kWh: kwh, kilowatt hours
MWh: mwh, megawatt hours
MB: mb, megabyte
GB: gb, gigabyte
TB: tb, terabyte
second: second, sec
minute: minute, min
hour: hour, hr
day: day
week: week
month: month
year: year
decade: decade
century: century, centuries
times: times, fold
A$: australian dollar, australian dollars
C$: canadian dollar, canadian dollars
$: dollar, us dollar, us dollars, usd
€: €, euro, eur
£: pound, pounds sterling, gbp
penny: pence, p
cent: cent
¥: yen
yuan: yuan, renminbi
rouble: ₽, rouble, ruble
real: reais, brazilian real, brazilian reais
clock: o'clock, gmt, utc
"""
_UNITS = {
    spelling: unit
    for unit, _, spellings in (line.partition(": ") for line in _SPELLINGS.strip().splitlines())
    for spelling in spellings.split(", ")
}
_UNNAMED = frozenset(("penny", "cent", "real"))
"""Units of money that are no currency, or no name of one by themselves."""
_UNIT_WORD = r"(?:(?:[^\W\d_]\.)+|°\s?[CF]?|%|[^\W\d_]+(?:[/'’][^\W\d_]+)?[²³]?)"
_UNIT = re.compile(rf"[-\s]?({_UNIT_WORD})(?:[-\s]({_UNIT_WORD})(?:[-\s]({_UNIT_WORD}))?)?")
_SUFFIX = re.compile(r"\s?(k|K|mn|mln|m|M|bn|bln|b|B|tn|trn|T)\b")
_POWERS_AFTER = re.compile(rf"(?i:[-\s]?{POWER}(?:\s{POWER})?)")
_LENGTH_CUE = re.compile(
    r"[\s-](?:tall|high|long|wide|deep|race|sprint|final|hurdles|freestyle|butterfly|above|below|away"
    r"|from|north|south|east|west|runner|dash|relay|wave)"
)


def is_money(unit: str) -> bool:
    """Whether it is a unit of sums of money."""
    return unit in _UNNAMED or unit in currencies()


def multiplied(text: str, value: Decimal, end: int, money: bool) -> tuple[Decimal, int]:
    """`value` times the "million", "bn" or "k" that follows, and where that ends."""
    powers = _POWERS_AFTER.match(text, end)
    if powers:
        for word in re.findall(r"[a-z]+", powers.group().lower()):
            value *= POWERS[word]
        return value, powers.end()
    suffix = _SUFFIX.match(text, end)
    if suffix is None or (suffix[1] in "bBT" and not money):
        return value, end
    apart = suffix.start(1) > end
    if not money and ((apart and len(suffix[1]) == 1) or _LENGTH_CUE.match(text, suffix.end())):
        return value, end
    return value * SUFFIXES[suffix[1]], suffix.end()


def unit_after(text: str, end: int) -> tuple[str, int]:
    """The unit that follows, and where it ends; "" and `end` where none does."""
    match = _UNIT.match(text, end)
    if match is None:
        return "", end
    words = [word.lower().replace(".", "") for word in match.groups() if word]
    tables = (_UNITS, currency_units())
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in ("g", "t", "l", "c", "p") and text[end : match.end(1)] not in (phrase, "C"):
            continue  # "40 C", "5 p" and "5G" are letters; "40C", "5p" and "5g" are units
        singular = phrase.removesuffix("s") if len(phrase) > 3 else phrase
        found = (table.get(form) for table in tables for form in (phrase, singular))
        unit = next(filter(None, found), "")
        if unit:
            return unit, match.end(count)
    return "", end
