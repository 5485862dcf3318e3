"""Numbers in words: "two hundred and six thousand"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.numbers.around import is_named, words_before
from rag.numbers.number import Number, number_at
from rag.numbers.units import multiplied, unit_after
from rag.numbers.words import POWER, POWERS, SMALL, TENS, WORD

_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))\sand\s"
SPELLED = re.compile(
    rf"(?i:\b(?P<minus>minus\s)?(?:(?P<lead>half\sa|a)\s(?={POWER}))?"
    rf"(?P<words>{WORD}(?:(?:[-\s]|{_AND}){WORD}){{0,24}})"
    rf"(?:[-\s]and[-\s]a[-\s](?P<and>half|quarter)\b)?)"
)
_ONE_BEFORE = re.compile(
    r"\b(?:only|just|least|exactly|than|killed|killing|injured|injuring|or|and|to|by)\s$", re.I
)
_ONE_AFTER = re.compile(
    r"[\s-](?:dead|killed|person|man|woman|child|boy|girl|soldier|civilian|death|injured|vote|seat"
    r"|point|goal|case|in\s\w+|per|or\stwo)\b"
)


def read_spelled(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The numbers of a match of SPELLED; "two three" is two."""
    lead = (match["lead"] or "").lower()
    first = re.match(r"\w+", match["words"])
    if is_named(text, match.start()) or (first and first[0].lower() in POWERS and not lead):
        return
    sums = _sums(match["words"], Decimal("0.5") if "half" in lead else Decimal(bool(lead)))
    shift = match.start("words")
    for place, (start, end, value) in enumerate(sums, 1):
        start, end = shift + start if place > 1 else match.start(), shift + end
        if place == len(sums):
            end = match.end()
            value += {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(match["and"] or "", 0)
        value, end = multiplied(text, value, end, money=False)
        unit, unit_end = unit_after(text, end)
        if value != 1 or lead or match["and"] or _is_count(text, start, end, unit):
            yield number_at(text, start, unit_end, -value if match["minus"] else value, unit)


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
            current *= POWERS[name]
        elif name in POWERS and current:
            total, current = total + current * POWERS[name], Decimal(0)
        elif name in POWERS:
            total *= POWERS[name]
        else:
            value = SMALL[name] if name in SMALL else TENS[name]
            rest = int(current) % 100
            if rest and not (rest >= 20 > 9 >= value and rest % 10 == 0):
                sums.append((start, end, total + current))
                total, current, start = Decimal(0), Decimal(0), word.start()
            current += value
        end = word.end()
    return [*sums, (start, end, total + current)]


def _is_count(text: str, start: int, end: int, unit: str) -> bool:
    """Whether "one" counts: "one killed", "one in five", not "one of the", "one day"."""
    if unit:
        return unit != "day" or bool(_ONE_BEFORE.search(words_before(text, start)))
    return bool(_ONE_BEFORE.search(words_before(text, start)) or _ONE_AFTER.match(text, end))
