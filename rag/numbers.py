"""Numbers that a text states: value, unit and place.

Dates are left to `rag.dates`. Figures inside a name ("Covid-19", "F-16", "5G") are no numbers, nor
are vague ones ("dozens", "a few"). An ordinal has the unit `ordinal`; a time of day has `am`, `pm`
or, where the text does not say which, `clock` (10:30 is 10.30 clock).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rag.dates import find_dates


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text: `source[start:end] == text`."""

    value: Decimal
    start: int
    end: int
    unit: str
    """Normalised ("%", "km", "$", "day"); empty for a bare count."""
    text: str
    """With its currency sign, multiplier and unit."""


def find_numbers(text: str, *, durations: bool = False) -> list[Number]:
    """The numbers in `text`, in order, without those that are part of a date.

    `durations` keeps those in a relative date: the three days of "three days later".
    """
    dated = bytearray(len(text))
    for mention in find_dates(text):
        if not (durations and mention.shift is not None):
            dated[mention.start : mention.end] = b"x" * len(mention.text)
    free = [number for number in _scan(text) if not any(dated[number.start : number.end])]
    free.sort(key=lambda number: number.start)
    return _share_units(text, free)


# --- words --------------------------------------------------------------------------------------

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: value * 10
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_POWERS = {
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_SUFFIXES = {
    **dict.fromkeys(("k", "K"), 10**3),
    **dict.fromkeys(("m", "M", "mn", "mln"), 10**6),
    **dict.fromkeys(("b", "B", "bn", "bln"), 10**9),
    **dict.fromkeys(("tn", "trn", "T"), 10**12),
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + s: value for word, value in _ORDINALS.items() if 3 <= value <= 10 for s in ("", "s")
}
_SIGNS = "US$ A$ C$ HK$ NZ$ S$ R$ $ £ € ¥ ₹ ₽ ₩ ₺ ₴ ₪ USD EUR GBP Rs. Rs".split()
_CURRENCY = {"US$": "$", "USD": "$", "EUR": "€", "GBP": "£"} | {
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
rupee: rupee
franc: franc, swiss francs
krona: krona, kronor, krone, kroner
lira: lira
peso: peso
rand: rand
shekel: shekel
zloty: zloty, zlotys
hryvnia: hryvnia
dirham: dirham
riyal: riyal
real: reais, brazilian real, brazilian reais
clock: o'clock, gmt, utc
"""
_UNITS = {
    spelling: unit
    for unit, _, spellings in (line.partition(": ") for line in _SPELLINGS.strip().splitlines())
    for spelling in spellings.split(", ")
}

MONEY = frozenset(
    "A$ C$ $ € £ ¥ penny cent yuan rouble rupee franc krona lira peso rand shekel zloty hryvnia"
    " dirham riyal real HK$ NZ$ S$ ₩".split()
)
"""Units of sums of money."""


# --- finding ------------------------------------------------------------------------------------

_POWER = "(?:" + "|".join(_POWERS) + r")\b"
_WORD = "(?:" + "|".join([*_TENS, *reversed(_SMALL), *_POWERS]) + r")\b"
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))\sand\s"
_PART_NAME = "(?:" + "|".join(sorted(_PARTS, key=len, reverse=True)) + r")\b"
_FIGURE = re.compile(
    r"(?P<minus>(?<!\S)[-−](?=\d)|\b[Mm]inus\s)?"
    rf"(?:(?<!\w)(?P<currency>{'|'.join(map(re.escape, _SIGNS))})\s?)?"
    r"(?<!\d[.,:/])(?:(?P<hour>\d{1,2})(?::|\.(?=\d\d\s?[ap]\.?m))(?P<minutes>\d\d)"
    r"|(?P<figure>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,5}(?!\d)|\d+(?:\.\d+)?))(?![/:]?\d|\.\d)"
)
_SPELLED = re.compile(
    rf"(?i:\b(?P<minus>minus\s)?(?:(?P<lead>half\sa|a)\s(?={_POWER}))?"
    rf"(?P<words>{_WORD}(?:(?:[-\s]|{_AND}){_WORD}){{0,24}})"
    rf"(?:[-\s]and[-\s]a[-\s](?P<and>half|quarter)\b)?)"
)
_POWERS_AFTER = re.compile(rf"(?i:[-\s]?{_POWER}(?:\s{_POWER})?)")
_FRACTION = re.compile(
    r"(?i:(?<!first )(?<!second )(?<!other )(?<!latter )\b(?:"
    rf"(?P<count>one|two|three|four|five|six|seven|eight|nine)[-\s](?P<part>{_PART_NAME})(?<!half(?=-))"
    r"|a\s(?P<a>third|quarter|fifth|tenth)(?=\s(?:of|full|empty|more|less|fewer|higher|lower)\b)"
    r"|(?P<half>half)(?=\s(?:of|the|its|their|his|her|our|all|an|a(?!\s(?:dozen|[mbtr]+illion|hun|tho)))\s)))"
)
_ORDINAL = re.compile(
    rf"(?i:\b(?:(?P<tens>{'|'.join(_TENS)})[-\s])?(?P<ordinal>{'|'.join(_ORDINALS)})\b(?!\sof\sall)"
    r"|\b(?P<tieth>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth|hundredth)\b)"
    r"|(?<![\w.,])(?P<nth>\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\b"
)
_TIMING = re.compile(rf"(?i:\d|\b(?:per|each|every|split|{_WORD}))[\s-]$")
_LISTED = re.compile(r"[.)]\s+[A-Z“]")
_FIRSTLY = re.compile(r"[,:]\s")
_REPEATED = re.compile(r"(?i:\b(?:(?P<two>twice)|thrice)\b)")
_UNIT_WORD = r"(?:(?:[^\W\d_]\.)+|°\s?[CF]?|%|[^\W\d_]+(?:[/'’][^\W\d_]+)?[²³]?)"
_UNIT = re.compile(rf"[-\s]?({_UNIT_WORD})(?:[-\s]({_UNIT_WORD})(?:[-\s]({_UNIT_WORD}))?)?")
_HALF_DAY = re.compile(r"\s?([ap])\.?m\b\.?", re.I)
_SUFFIX = re.compile(r"\s?(k|K|mn|mln|m|M|bn|bln|b|B|tn|trn|T)\b")
_LENGTH_CUE = re.compile(
    r"[\s-](?:tall|high|long|wide|deep|race|sprint|final|hurdles|freestyle|butterfly|above|below|away"
    r"|from|north|south|east|west|runner|dash|relay|wave)"
)
_PREFIX = re.compile(r"\b(?:top|under|over|sub|non|pre|post|mid|plus)-$", re.I)
_ONE_BEFORE = re.compile(
    r"\b(?:only|just|least|exactly|than|killed|killing|injured|injuring|or|and|to|by)\s$", re.I
)
_ONE_AFTER = re.compile(
    r"[\s-](?:dead|killed|person|man|woman|child|boy|girl|soldier|civilian|death|injured|vote|seat"
    r"|point|goal|case|in\s\w+|per|or\stwo)\b"
)


def _scan(text: str) -> Iterator[Number]:
    taken = bytearray(len(text))
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            for number in read(text, match):
                if not any(taken[number.start : number.end]):
                    taken[number.start : number.end] = b"x" * (number.end - number.start)
                    yield number


def _number(text: str, start: int, end: int, value: Decimal | int, unit: str = "") -> Number:
    return Number(Decimal(value), start, end, unit, text[start:end])


def _fraction(text: str, match: re.Match[str]) -> Iterator[Number]:
    start, end = match.span()
    if match["half"]:
        article = re.compile(r"\san?\s").match(text, end)
        unit, unit_end = _unit(text, article.end()) if article else ("", end)
        yield _number(text, start, unit_end if unit else end, Decimal("0.5"), unit)
    elif match["a"]:
        yield _number(text, start, end, Decimal(1) / _PARTS[match["a"].lower()])
    else:
        count = _SMALL[match["count"].lower()]
        yield _number(text, start, end, Decimal(count) / _PARTS[match["part"].lower()])


def _ordinal(text: str, match: re.Match[str]) -> Iterator[Number]:
    start, end = match.span()
    if match["nth"]:
        value = int(match["nth"].replace(",", ""))
    elif _named(text, start) or _timed(text, match) or _is_firstly(text, match):
        return
    elif match["tieth"]:
        word = match["tieth"].lower()
        value = 100 if word == "hundredth" else _TENS[word[:-4] + "y"]
    else:
        value = _TENS.get((match["tens"] or "").lower(), 0) + _ORDINALS[match["ordinal"].lower()]
    yield _number(text, start, end, value, "ordinal")


def _timed(text: str, match: re.Match[str]) -> bool:
    """Whether it is a "second" of time."""
    return match.group().lower() == "second" and bool(_TIMING.search(_before(text, match.start())))


def _is_firstly(text: str, match: re.Match[str]) -> bool:
    """Whether, as in "First, the road closed", it numbers the sentence, not what it is about."""
    return not text[: match.start()].strip() and bool(_FIRSTLY.match(text, match.end()))


def _figure(text: str, match: re.Match[str]) -> Iterator[Number]:
    start, end = match.span()
    if _in_name(text, start) or (_LISTED.match(text, end) and not text[:start].strip()):
        return
    if match["hour"]:
        yield from _time_of_day(text, match)
        return
    sign = match["currency"]
    value, end = _multiplied(text, Decimal(re.sub(r"[^\d.]", "", match["figure"])), end, bool(sign))
    half_day = None if sign else _HALF_DAY.match(text, end)
    if half_day and 1 <= value <= 12:
        unit, end = half_day[1].lower() + "m", half_day.end()
    elif not sign:
        unit, end = _unit(text, end)
    else:
        unit = _CURRENCY.get(sign, sign)
    if end < len(text) and text[end].isalnum():  # letters that mean nothing: "5G", "747s"
        return
    if unit == "clock":
        value, unit = (
            _half_day(*divmod(int(value), 100)) if value > 24 else _half_day(int(value), 0)
        )
    yield _number(text, start, end, -value if match["minus"] else value, unit)


def _in_name(text: str, start: int) -> bool:
    """Whether letters lead straight into the figure at `start`: "G20", "Covid-19"."""
    before = _before(text, start)
    if re.search(r"[^\W\d_][-–]$", before):
        return not _PREFIX.search(before)
    return bool(before) and text[start].isdigit() and before[-1].isalnum()


def _time_of_day(text: str, match: re.Match[str]) -> Iterator[Number]:
    hour, minutes, end = int(match["hour"]), int(match["minutes"]), match.end()
    if hour > 24 or minutes > 59:
        return
    value, unit = _half_day(hour, minutes)
    named = _HALF_DAY.match(text, end)
    if named:
        unit, end = named[1].lower() + "m", named.end()
    yield _number(text, match.start(), end, value, unit)


def _half_day(hour: int, minutes: int) -> tuple[Decimal, str]:
    unit = "pm" if hour > 12 else "am" if hour == 0 else "clock"
    return Decimal((hour - 1) % 12 + 1) + Decimal(minutes) / 100, unit


def _spelled(text: str, match: re.Match[str]) -> Iterator[Number]:
    lead = (match["lead"] or "").lower()
    first = re.match(r"\w+", match["words"])
    if _named(text, match.start()) or (first and first[0].lower() in _POWERS and not lead):
        return
    sums = _sums(match["words"], Decimal("0.5") if "half" in lead else Decimal(bool(lead)))
    shift = match.start("words")
    for place, (start, end, value) in enumerate(sums, 1):
        start, end = shift + start if place > 1 else match.start(), shift + end
        if place == len(sums):
            end = match.end()
            value += {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(match["and"] or "", 0)
        value, end = _multiplied(text, value, end, money=False)
        unit, unit_end = _unit(text, end)
        if value != 1 or lead or match["and"] or _is_count(text, start, end, unit):
            yield _number(text, start, unit_end, -value if match["minus"] else value, unit)


def _sums(words: str, lead: Decimal) -> list[tuple[int, int, Decimal]]:
    """(start, end, value) of each number in a run of number words; "two three" is two numbers."""
    sums = []
    total, current = Decimal(0), lead
    start = end = 0
    for word in re.finditer(r"\w+", words.lower()):
        name = word.group()
        if name == "and":
            continue
        if name in ("hundred", "dozen"):
            current *= _POWERS[name]
        elif name in _POWERS and current:
            total, current = total + current * _POWERS[name], Decimal(0)
        elif name in _POWERS:
            total *= _POWERS[name]
        else:
            value = _SMALL[name] if name in _SMALL else _TENS[name]
            rest = int(current) % 100
            if rest and not (rest >= 20 > 9 >= value and rest % 10 == 0):
                sums.append((start, end, total + current))
                total, current, start = Decimal(0), Decimal(0), word.start()
            current += value
        end = word.end()
    return [*sums, (start, end, total + current)]


def _named(text: str, start: int) -> bool:
    """Whether the word at `start` is capitalised within a sentence: "Big Five", "First Lady"."""
    before = _before(text, start).rstrip()
    return text[start].isupper() and before != "" and before[-1] not in '.!?:“"‘(—'


def _is_count(text: str, start: int, end: int, unit: str) -> bool:
    """Whether "one" counts: "one killed", "one in five", not "one of the", "one day"."""
    if unit:
        return unit != "day" or bool(_ONE_BEFORE.search(_before(text, start)))
    return bool(_ONE_BEFORE.search(_before(text, start)) or _ONE_AFTER.match(text, end))


def _before(text: str, place: int) -> str:
    """The words just before `place`: all that a cue needs, however long the text."""
    return text[max(0, place - 40) : place]


def _repeated(text: str, match: re.Match[str]) -> Iterator[Number]:
    yield _number(text, *match.span(), 2 if match["two"] else 3, "times")


def _multiplied(text: str, value: Decimal, end: int, money: bool) -> tuple[Decimal, int]:
    """`value` times the "million", "bn" or "k" that follows, and where that ends."""
    powers = _POWERS_AFTER.match(text, end)
    if powers:
        for word in re.findall(r"[a-z]+", powers.group().lower()):
            value *= _POWERS[word]
        return value, powers.end()
    suffix = _SUFFIX.match(text, end)
    if suffix is None or (suffix[1] in "bBT" and not money):
        return value, end
    apart = suffix.start(1) > end
    if not money and ((apart and len(suffix[1]) == 1) or _LENGTH_CUE.match(text, suffix.end())):
        return value, end
    return value * _SUFFIXES[suffix[1]], suffix.end()


def _unit(text: str, end: int) -> tuple[str, int]:
    """The unit that follows, and where it ends; "" and `end` where none does."""
    match = _UNIT.match(text, end)
    if match is None:
        return "", end
    words = [word.lower().replace(".", "") for word in match.groups() if word]
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in ("g", "t", "l", "c", "p") and text[end : match.end(1)] not in (phrase, "C"):
            continue  # "40 C", "5 p" and "5G" are letters; "40C", "5p" and "5g" are units
        unit = _UNITS.get(phrase) or _UNITS.get(phrase.removesuffix("s") if len(phrase) > 3 else "")
        if unit:
            return unit, match.end(count)
    return "", end


def _share_units(text: str, numbers: list[Number]) -> list[Number]:
    """Gives both ends of a range what only one of them says: "$4-5bn", "40 to 50 km"."""
    shared = numbers[:]
    for place in range(len(numbers) - 2, -1, -1):
        first, second = shared[place], shared[place + 1]
        joint = text[first.end : second.start].strip()
        ranged = re.search(r"\b(?:between|from)\s$", _before(text, first.start), re.I)
        if joint not in ("-", "–", "—", "to", "or") and not (joint == "and" and ranged):
            continue
        if first.unit == "" and second.unit != "ordinal":
            first = replace(first, unit=second.unit)
        elif second.unit == "" and not first.text[0].isalnum():
            second = replace(second, unit=first.unit)
        scale = _scale(second)
        if scale > 1 == _scale(first) and first.value <= second.value / scale:
            first = replace(first, value=first.value * scale)
        shared[place : place + 2] = [first, second]
    return shared


def _scale(number: Number) -> int:
    words = re.findall(r"[^\W\d_]+", number.text)
    known = [_POWERS.get(word.lower()) or _SUFFIXES.get(word) for word in words]
    return next((power for power in known if power), 1)


_READERS = (
    (_FRACTION, _fraction),
    (_ORDINAL, _ordinal),
    (_FIGURE, _figure),
    (_SPELLED, _spelled),
    (_REPEATED, _repeated),
)


# --- what stands in the span --------------------------------------------------------------------


def same_amount(number: Number, other: Number) -> bool:
    """Equal in value under some reading of both, whatever the units."""
    values = {value for value, _ in _readings(number)}
    return any(value in values for value, _ in _readings(other))


def same_measure(number: Number, other: Number) -> bool:
    """Equal in value and unit under some reading of both: "half" is 50%, "100m" may be metres."""
    return any(
        value == other_value and _compatible(unit, other_unit)
        for value, unit in _readings(number)
        for other_value, other_unit in _readings(other)
    )


@lru_cache(maxsize=1024)  # a span's numbers are compared with each of the sentence's
def _readings(number: Number) -> list[tuple[Decimal, str]]:
    readings = [(number.value, number.unit)]
    if not number.unit and 0 < number.value < 1 and number.text[0].isalpha():
        readings.append((number.value * 100, "%"))
    if re.search(r"\dm$", number.text):
        readings.append((number.value / 10**6, "m"))
    if number.unit in _LONGER:
        times, unit = _LONGER[number.unit]
        readings.append((number.value * times, unit))
    if number.unit == "£" and "pound" in number.text:
        readings.append((number.value, "lb"))
    return readings


_LONGER = {
    "century": (100, "year"),
    "decade": (10, "year"),
    "year": (12, "month"),
    "fortnight": (2, "week"),
    "week": (7, "day"),
    "hour": (60, "minute"),
}
"""What a longer measure of time is in the next shorter one: four decades are 40 years."""


def _compatible(unit: str, other: str) -> bool:
    if unit == other:
        return True
    return any({unit, other} == {general, special} for general, special in _SAME_UNIT)


_SAME_UNIT = (
    ("", "year"),  # "aged 43", "a 43-year-old"
    ("clock", "am"),
    ("clock", "pm"),
    ("°", "°C"),
    ("°", "°F"),
)
