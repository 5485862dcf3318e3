"""Fractions ("a third of"), ordinals ("the 21st") and "twice"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.numbers.around import is_named, words_before
from rag.numbers.number import Number, number_at
from rag.numbers.units import unit_after
from rag.numbers.words import ORDINALS, PARTS, SMALL, TENS, WORD

_PART_NAME = "(?:" + "|".join(sorted(PARTS, key=len, reverse=True)) + r")\b"
FRACTION = re.compile(
    r"(?i:(?<!first )(?<!second )(?<!other )(?<!latter )\b(?:"
    rf"(?P<count>one|two|three|four|five|six|seven|eight|nine)[-\s](?P<part>{_PART_NAME})(?<!half(?=-))"
    r"|a\s(?P<a>third|quarter|fifth|tenth)(?=\s(?:of|full|empty|more|less|fewer|higher|lower)\b)"
    r"|(?P<half>half)(?=\s(?:of|the|its|their|his|her|our|all|an|a(?!\s(?:dozen|[mbtr]+illion|hun|tho)))\s)))"
)
ORDINAL = re.compile(
    rf"(?i:\b(?:(?P<tens>{'|'.join(TENS)})[-\s])?(?P<ordinal>{'|'.join(ORDINALS)})\b(?!\sof\sall)"
    r"|\b(?P<tieth>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth|hundredth)\b)"
    r"|(?<![\w.,])(?P<nth>\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\b"
)
_TIMING = re.compile(rf"(?i:\d|\b(?:per|each|every|split|{WORD}))[\s-]$")
_FIRSTLY = re.compile(r"[,:]\s")
REPEATED = re.compile(r"(?i:\b(?:(?P<two>twice)|thrice)\b)")


def read_fraction(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The number of a match of FRACTION."""
    start, end = match.span()
    if match["half"]:
        article = re.compile(r"\san?\s").match(text, end)
        unit, unit_end = unit_after(text, article.end()) if article else ("", end)
        yield number_at(text, start, unit_end if unit else end, Decimal("0.5"), unit)
    elif match["a"]:
        yield number_at(text, start, end, Decimal(1) / PARTS[match["a"].lower()])
    else:
        count = SMALL[match["count"].lower()]
        yield number_at(text, start, end, Decimal(count) / PARTS[match["part"].lower()])


def read_ordinal(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The number of a match of ORDINAL; none where it is a name, a time or "First, ..."."""
    start, end = match.span()
    if match["nth"]:
        value = int(match["nth"].replace(",", ""))
    elif is_named(text, start) or _timed(text, match) or _is_firstly(text, match):
        return
    elif match["tieth"]:
        word = match["tieth"].lower()
        value = 100 if word == "hundredth" else TENS[word[:-4] + "y"]
    else:
        value = TENS.get((match["tens"] or "").lower(), 0) + ORDINALS[match["ordinal"].lower()]
    yield number_at(text, start, end, value, "ordinal")


def _timed(text: str, match: re.Match[str]) -> bool:
    """Whether it is a "second" of time."""
    return match.group().lower() == "second" and bool(
        _TIMING.search(words_before(text, match.start()))
    )


def _is_firstly(text: str, match: re.Match[str]) -> bool:
    """Whether, as in "First, the road closed", it numbers the sentence, not what it is about."""
    return not text[: match.start()].strip() and bool(_FIRSTLY.match(text, match.end()))


def read_repeated(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The number of a match of REPEATED."""
    yield number_at(text, *match.span(), 2 if match["two"] else 3, "times")
