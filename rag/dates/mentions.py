"""Finding the dates that a text mentions."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import lru_cache

from rag.dates.lookalikes import is_date
from rag.dates.patterns import AMOUNTS, HINT, PATTERNS
from rag.dates.tense import Tense, tense_of
from rag.dates.values import MONTHS, WEEKDAYS, DateMention, DateValue, Shift

_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_EVENTS = {"following": 1, "next": 1, "coming": 1, "same": 0}
_TIMES_OF_DAY = {"night": -1, "morning": 0, "afternoon": 0, "evening": 0}


def find_dates(text: str) -> list[DateMention]:
    """The dates in `text`, in order, none overlapping another."""
    return list(mentions_in(text))


@lru_cache(maxsize=512)  # one span is read again for each sentence that cites it
def mentions_in(text: str) -> tuple[DateMention, ...]:
    """`find_dates`, kept for texts that are read again and again."""
    if not HINT.search(text):
        return ()
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]) and (new := _mentions(text, match)):
                taken[match.start() : match.end()] = b"x" * len(match.group())
                found.extend(new)
    found.sort(key=lambda mention: mention.start)
    for i in range(len(found) - 2, -1, -1):
        found[i] = _with_year_of(found[i], found[i + 1], text)
    return tuple(found)


def _mentions(text: str, match: re.Match[str]) -> list[DateMention]:
    """What one match says; two mentions for "5-7 November"; none when it is no date after all."""
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    mention = DateMention(match.start(), match.end(), match.group(), None, relative=True)
    if "n1" in said:
        return _numeric(mention, said)
    if said.keys() & {"word", "way", "by", "event"} or said.keys() >= {"which", "unit"}:
        return [_shift(mention, said)]
    value = _value(said)
    if value is None or not is_date(text, match, said):
        return []
    asked = _which(said)
    relative = value.year is None
    mention = replace(mention, value=value, shift=asked, relative=relative)
    if relative:
        tense = tense_of(text, match.start(), match.end())
        mention = replace(mention, forward=tense is Tense.FUTURE, present=tense is Tense.PRESENT)
    if "d2" in said:
        return _both(text, match, mention, int(said["d2"]))
    if "y2" in said:
        last = int(str(value.year)[: 4 - len(said["y2"])] + said["y2"])
        later = _cut(text, mention, match.start("y2"), match.end())
        return [
            _cut(text, mention, match.start(), match.end("y")),
            replace(later, value=DateValue(year=last)),
        ]
    return [mention]


def _cut(text: str, mention: DateMention, start: int, end: int) -> DateMention:
    return replace(mention, start=start, end=end, text=text[start:end])


def _value(said: dict[str, str]) -> DateValue | None:
    month = int(said["month"]) if "month" in said else _month(said.get("m", ""))
    season = said.get("season", "").lower()
    value = DateValue(
        year=int(said["y"]) if "y" in said else int(said["decade"]) if "decade" in said else None,
        month=month,
        day=int(said["d"]) if "d" in said else None,
        weekday=WEEKDAYS.index(said["wd"]) if "wd" in said else None,
        season="autumn" if season == "fall" else season,
        decade="decade" in said,
        part=_part(said.get("part", "")),
    )
    return value if _exists(value) else None


def _exists(value: DateValue) -> bool:
    if value.month is not None and not 1 <= value.month <= 12:
        return False
    if value.day is None or value.month is None:
        return True
    return 1 <= value.day <= monthrange(value.year or 2024, value.month)[1]  # 2024: has 29 February


def _month(name: str) -> int | None:
    return next((n for n, month in enumerate(MONTHS, 1) if name and month[:3] == name[:3]), None)


def _part(words: str) -> str:
    first = words.lower().split(" ")[0]
    return {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}.get(
        first, first
    )


def _numeric(mention: DateMention, said: dict[str, str]) -> list[DateMention]:
    """`5.11.2022` is day first; `5/11/2022` may be either, unless a weekday tells."""
    first, second, year = int(said["n1"]), int(said["n2"]), int(said["y"])
    both = [DateValue(year, second, first), DateValue(year, first, second)]
    readings = [value for value in dict.fromkeys(both) if _exists(value)]
    if said["mark"] == ".":
        readings = readings[:1]
    if "wd" in said:
        day = WEEKDAYS.index(said["wd"])
        readings = [v for v in readings if _weekday(v) == day] or readings
    if not readings:
        return []
    value = readings[0] if len(readings) == 1 else None
    return [replace(mention, value=value, relative=False)]


def _weekday(value: DateValue) -> int:
    return date(value.year or 1, value.month or 1, value.day or 1).weekday()


def _shift(mention: DateMention, said: dict[str, str]) -> DateMention:
    """Yesterday, last week, three days ago, the following month."""
    if "word" in said:
        word = said["word"].lower()
        if word == "weekend":
            return replace(mention, shift=Shift(None, "weekend"))
        amount = _DAYS.get(word, -2 if word.endswith("yesterday") else 2)
        return replace(mention, shift=Shift(amount, "day"))
    if "season" in said:
        return _next_season(mention, said)
    unit = said["unit"].lower()
    if "which" in said:
        amount = {"last": -1, "this": 0, "next": 1}[said["which"].lower()]
        if unit in _TIMES_OF_DAY:
            amount, unit = amount if unit == "night" else 0, "day"
        return replace(mention, shift=Shift(amount, unit))
    if "event" in said:
        way = _EVENTS.get(said["event"].lower(), -1)
        unit = "day" if unit in _TIMES_OF_DAY else unit
        return replace(mention, shift=Shift(None, unit, way), vague=True)
    way = 1 if (said.get("way") or said["by"]).lower() in ("later", "afterwards", "after") else -1
    counted = amount_of(said["count"]) if "count" in said else None
    if counted is None and mention.text.lower().startswith("the "):  # "the day before the vote"
        counted = 1
    if unit == "fortnight" and counted is not None:
        counted *= 2
    unit = {"night": "day", "fortnight": "week"}.get(unit, unit)
    amount_ago = None if counted is None else way * counted
    ago = said.get("way", "").lower() == "ago"
    vague = not ago or counted is None or unit in ("minute", "hour")
    return replace(mention, shift=Shift(amount_ago, unit, way), vague=vague)


def _next_season(mention: DateMention, said: dict[str, str]) -> DateMention:
    """The following spring, the previous autumn: so many seasons from another date."""
    way = _EVENTS.get(said["event"].lower(), -1)
    return replace(mention, value=_value(said), shift=Shift(way, ""), vague=True)


def amount_of(word: str) -> int | None:
    """The number that a word or a numeral gives; None where it is none."""
    plain = word.replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) < 8 else AMOUNTS.get(word.lower())


def _which(said: dict[str, str]) -> Shift | None:
    if "which" not in said:
        return None
    return Shift({"last": -1, "this": 0, "next": 1}[said["which"].lower()], "")


def _both(text: str, match: re.Match[str], mention: DateMention, day: int) -> list[DateMention]:
    """The two ends of "5-7 November" and of "November 5-7"."""
    first = _cut(text, mention, mention.start, match.end("d"))
    second = _cut(text, mention, match.start("d2"), mention.end)
    value = replace(mention.value or DateValue(), day=day, weekday=None)
    return [first, replace(second, value=value)] if _exists(value) else [mention]


def _with_year_of(mention: DateMention, following: DateMention, text: str) -> DateMention:
    """Gives "March" its year in "between March and May 2021"."""
    value, later = mention.value, following.value
    if value is None or later is None or mention.shift or following.shift:
        return mention
    if value.year is not None or later.year is None or value.month is None or later.month is None:
        return mention
    if text[mention.end : following.start].strip() not in (
        "-",
        "–",
        "to",
        "and",
        "or",
        "until",
        ",",
    ):
        return mention
    return replace(mention, value=replace(value, year=later.year), relative=False, forward=False)
