"""Dates that a text mentions, and the days they mean given when the report was published.

Rules, kept simple on purpose:

- A date with a year means what it says.
- A weekday, a month, a season or a day without a year means the most recent one that began on or
  before the day of publication; after "will", "due to", "next" and the like, the first one that
  ends on or after it. "Last" and "next" leave out the one that publication falls in; "this" is the
  one in the same week (weekdays) or year.
- "Last week" is a whole week, Monday to Sunday; "last month" and "last year" are whole too.
- Seasons are northern: spring is March to May, winter December to February of the next year.
- "Early", "mid" and "late" do not narrow the days that a mention means; they are compared.
- An interval with no end on the calendar ("months before the war", "three days earlier", "in the
  coming days") is vague: it answers no when-question and resolves to nothing.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from ingest.passages import written

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
_UNITS = "minute hour day week month year decade"


@dataclass(frozen=True, slots=True)
class DateValue:
    """What a mention says of a date; None or empty where it says nothing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 for Monday."""
    season: str = ""
    decade: bool = False
    """The ten years from `year`."""
    part: str = ""
    """`early`, `mid` or `late` in the month, season, year or decade."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from another day: "yesterday" is (-1, day), "next year" (1, year)."""

    amount: int | None
    """Negative for the past; None when the text does not count ("days later")."""
    unit: str
    sign: int = 0
    """The direction of a shift without an amount: -1, 0 or 1."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date in a text: `source[start:end] == text`."""

    start: int
    end: int
    text: str
    value: DateValue | None
    relative: bool
    """The mention depends on the day of publication, or on another event."""
    vague: bool = False
    """It names no point or period on the calendar, whatever the day of publication."""
    shift: Shift | None = None
    forward: bool = False
    """The words around it speak of the future."""


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """The days that a mention means, both ends included."""

    start: date
    end: date
    how: str
    """The mention, and the day of publication where that was needed."""


def find_dates(text: str) -> list[DateMention]:
    """The dates in `text`, in order, none overlapping another."""
    return list(_find(text))


def resolve(mention: DateMention, published: date | None) -> ResolvedDate | None:
    """The days that `mention` means in a report published on `published`.

    None when it is vague, or leans on a day of publication that is not known. A mention with a
    year needs none.
    """
    value, shift = mention.value, mention.shift
    try:
        if mention.vague:
            return None
        if value is not None and value.year is not None:
            return ResolvedDate(*_period(value, value.year), f"“{mention.text}”")
        if published is None:
            return None
        if value is not None:
            period = _nearest(value, published, shift, mention.forward)
        elif shift is not None:
            period = _shifted(shift, published)
        else:  # 5/11/2022: the fifth of November or the eleventh of May
            return None
    except (ValueError, OverflowError):  # the first and last years that `date` knows
        return None
    if period is None:
        return None
    return ResolvedDate(*period, f"“{mention.text}”, published {written(published)}")


def date_stands_in(
    mention: DateMention, span: str, *, context: str = "", published: date | None = None
) -> bool:
    """Whether `span` gives the date that `mention` gives, in as much detail or more.

    Relative dates are compared by the days they mean. `context` may give the date too, except for
    the day of publication itself: that is the date of the report, not of what it reports.
    """
    inside = _find(span)
    around = [m for m in _find(context) if m.relative or not _is_day(m, published)]
    if any(_covers(found, mention, published) for found in (*inside, *around)):
        return True
    if mention.shift is not None and mention.value is None:
        return _shift_stands_in(mention.shift, span, inside)
    value = mention.value
    if value is None or value.year is None:
        return False
    if value == DateValue(year=value.year):  # "the 2022 drones" may have been read as a number
        return re.search(rf"(?<![\w,.]){value.year}(?![\w,]|\.\d)", span) is not None
    years = {m.value.year for m in inside if m.value}  # "In 2021 ... on 3 March"
    undated = replace(value, year=None)
    return value.year in years and any(
        m.value is not None and m.value.year is None and _same_fields(undated, m.value)
        for m in inside
    )


# --- days ---------------------------------------------------------------------------------------


def _period(value: DateValue, year: int) -> tuple[date, date]:
    if value.decade:
        return date(year, 1, 1), date(year + 9, 12, 31)
    if value.season:
        first = _SEASONS[value.season]
        last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
        return date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1])
    if value.month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if value.day is None:
        return date(year, value.month, 1), date(year, value.month, monthrange(year, value.month)[1])
    day = date(year, value.month, value.day)
    return day, day


def _nearest(
    value: DateValue, published: date, shift: Shift | None, forward: bool
) -> tuple[date, date] | None:
    periods = list(_candidates(value, published))
    asked = shift.amount if shift else None
    if asked == 0:
        return next((p for p in periods if _alike(value, p[0], published)), None)
    if asked == -1:
        return max((p for p in periods if p[1] < published), default=None)
    if asked == 1:
        return min((p for p in periods if p[0] > published), default=None)
    past = max((p for p in periods if p[0] <= published), default=None)
    if not forward:
        return past
    coming = min((p for p in periods if p[1] >= published), default=None)
    if past and coming and value.weekday is None and _just_gone(past[1], coming[0], published):
        return past  # "the gala planned for 9 November took place indoors", told on the 17th
    return coming


def _just_gone(past: date, coming: date, published: date) -> bool:
    return (published - past).days < 60 and (coming - published).days > 180


def _candidates(value: DateValue, published: date) -> Iterator[tuple[date, date]]:
    if value.month is None and value.weekday is not None:
        day = published + timedelta(days=value.weekday - published.weekday())
        yield from ((day + timedelta(weeks=n),) * 2 for n in (-1, 0, 1))
        return
    for year in range(published.year - 8, published.year + 9):  # 8: from 29 February to the next
        try:
            period = _period(value, year)
        except ValueError:
            continue
        if value.weekday is None or period[0].weekday() == value.weekday:
            yield period


def _alike(value: DateValue, day: date, published: date) -> bool:
    """In the same week (for a weekday) or the same year as publication."""
    if value.month is None and value.weekday is not None:
        return day.isocalendar()[:2] == published.isocalendar()[:2]
    return day.year == published.year


def _shifted(shift: Shift, published: date) -> tuple[date, date]:
    amount, unit = shift.amount, shift.unit
    if amount is None:  # "at the weekend": the one that publication falls in, or the one before
        amount = 0 if published.weekday() >= 5 else -1
    if unit == "day":
        day = published + timedelta(days=amount)
        return day, day
    if unit in ("week", "weekend"):
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=amount)
        return monday + timedelta(days=5 * (unit == "weekend")), monday + timedelta(days=6)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + amount
        return _period(DateValue(month=months % 12 + 1), months // 12)
    if unit == "year":
        return _period(DateValue(), published.year + amount)
    return _period(DateValue(decade=True), (published.year // 10 + amount) * 10)


# --- what stands in the span --------------------------------------------------------------------


def _is_day(mention: DateMention, day: date | None) -> bool:
    found = resolve(mention, day)
    return found is not None and found.start == found.end == day


def _covers(found: DateMention, claim: DateMention, published: date | None) -> bool:
    """Whether `found` says all that `claim` says, by its own fields or by the days it means."""
    days = resolve(found, published)
    value = claim.value
    if value is None and claim.shift is None:  # 5/11/2022: nobody knows which day
        return claim.text == found.text
    if value is None:
        if claim.shift == found.shift and not found.value:
            return True
        claimed = resolve(claim, published)
        return bool(days and claimed and claimed.start <= days.start and days.end <= claimed.end)
    if _opposed(claim.shift, found.shift) or (days is not None and not _agrees(days, value)):
        return False
    if value.part and (days is None or found.value is None or found.value.part != value.part):
        return days is not None and _in_part(days, value) and _says(days, value)
    if found.value is not None and _same_fields(value, found.value):
        return True
    return days is not None and _says(days, value)


def _agrees(days: ResolvedDate, value: DateValue) -> bool:
    """Whether a day has the weekday that the claim gives it."""
    one_day = days.start == days.end
    return value.weekday is None or not one_day or days.start.weekday() == value.weekday


def _in_part(days: ResolvedDate, value: DateValue) -> bool:
    """Whether days lie early, in the middle or late in the claim's own period, give or take."""
    first, last = _period(replace(value, day=None), value.year or days.start.year)
    length = (last - first).days + 1
    middle = ((days.start - first).days + (days.end - first).days + 1) / 2 / length
    low, high = {"early": (0.0, 0.4), "mid": (0.25, 0.75), "late": (0.6, 1.0)}[value.part]
    return (days.end - days.start).days < length - 1 and low <= middle <= high


def _opposed(shift: Shift | None, other: Shift | None) -> bool:
    """Whether one says "last" and the other "next"."""
    return shift is not None and other is not None and _way(shift) * _way(other) < 0


def _same_fields(value: DateValue, found: DateValue) -> bool:
    return bool(
        (value.year is None or value.year == found.year)
        and (value.month is None or value.month == found.month)
        and (value.day is None or value.day == found.day)
        and (value.weekday in (None, found.weekday) or (value.day and found.weekday is None))
        and value.season in ("", found.season)
        and value.decade == found.decade
    )


def _says(days: ResolvedDate, value: DateValue) -> bool:
    first, last = days.start, days.end
    one_day = first == last
    if value.decade:
        return value.year is not None and value.year <= first.year <= last.year < value.year + 10
    if value.season:
        months = {(_SEASONS[value.season] + n - 1) % 12 + 1 for n in range(3)}
        if not {first.month, last.month} <= months or (last - first).days > 92:
            return False
    return (
        (value.year is None or first.year == last.year == value.year)
        and (value.month is None or (first.month == last.month == value.month))
        and (value.day is None or (one_day and first.day == value.day))
        and (value.weekday is None or (one_day and first.weekday() == value.weekday))
    )


def _shift_stands_in(shift: Shift, span: str, inside: tuple[DateMention, ...]) -> bool:
    """Same units the same way; or the same length of time where the span gives no direction."""
    shifts = [m.shift for m in inside if m.shift is not None and m.value is None]
    same_unit = [s for s in shifts if s.unit == shift.unit]
    named = re.search(rf"\b{shift.unit}s?\b", span, re.I) is not None
    if shift.amount == 0 and shift.unit != "day":  # "this year" for "of the year"
        return named and not same_unit
    if shift.amount is None:
        if not same_unit:
            return named
        return any(_way(s) == _way(shift) for s in same_unit)
    if any(s.amount == shift.amount for s in same_unit):
        return True
    lengths = (_amount(m[1]) for m in re.finditer(rf"(?i)\b(\w+)[ -]{shift.unit}s?\b", span))
    opposed = any(s.amount == -shift.amount for s in same_unit)
    return not opposed and abs(shift.amount) in lengths


def _way(shift: Shift) -> int:
    return shift.sign or (0 if not shift.amount else 1 if shift.amount > 0 else -1)


# --- finding ------------------------------------------------------------------------------------

_MONTH = r"(?P<m>" + "|".join(MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_FULL_MONTH = r"(?P<m>" + "|".join(MONTHS) + r")\b"
_WEEKDAY = r"(?P<wd>" + "|".join(WEEKDAYS) + r")\b"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\b"
_DAY2 = r"(?:(?:\s?[-–]\s?|\s(?:to|and|or|until)\s)(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b)?"
# "2000 of these drones" is a count.
_YEAR = r"(?P<y>(?:1\d|20)\d\d)\b(?![,.]\d|%|\sof\s(?:the|these|those|them|its|their)\b)"
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\b"
_PART = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:[Ss]tart|[Bb]eginning|[Mm]iddle|[Ee]nd)\sof)"
    r"[-\s](?:in\s)?(?:the\s)?)?"
)
_WHICH = (
    r"(?:[Ee]arlier\s|[Ll]ater\s|[Ee]arly\s|[Ll]ate\s)?"
    r"(?<!the\s)(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s"
)
_TIME_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night))?"
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade)"
_AMOUNTS = {
    word: amount
    for amount, words in enumerate(
        "a/an/one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split(),
        1,
    )
    for word in words.split("/")
}
_COUNT = r"(?P<count>(?<![\d,.])(?:\d{1,3}(?:,\d{3})+|\d{1,7})|" + "|".join(_AMOUNTS) + ")"
_FEW = r"(?:(?:a\s)?(?:few|couple\sof)|several|many|some)"
_NOUN = r"(?:\s(?:the|a|an|his|her|its|their)\s[\w-]+)?"
_WAY = rf"\s(?:(?P<way>ago|earlier|later|previously|afterwards)|(?P<by>before|after){_NOUN})\b"

_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"(?<![\d-])(?P<y>\d{4})-(?P<month>\d\d)-(?P<d>\d\d)(?![\d-])",
        r"(?<![\d/.])(?P<n1>\d{1,2})(?P<mark>[/.])(?P<n2>\d{1,2})(?P=mark)(?P<y>\d{4})\b",
        rf"(?:\b{_WEEKDAY},?\s(?:the\s)?)?(?<![\d,.:$€£-]){_DAY}{_DAY2}\s(?:of\s)?{_MONTH}"
        rf"(?:,?\s(?:of\s)?{_YEAR})?",
        rf"(?:\b{_WEEKDAY},?\s)?\b{_MONTH}\s(?:the\s)?{_DAY}(?![,.:]\d{{3}}|[:.]\d|%){_DAY2}"
        rf"(?:,?\s{_YEAR})?",
        rf"\b(?:[Ii]n\s)?{_PART}{_MONTH},?\s(?:of\s)?{_YEAR}",
        rf"\b(?:[Ii]n\s)?{_PART}(?:the\s)?{_SEASON}(?:\sof)?\s{_YEAR}",
        rf"\b{_WHICH}(?:{_WEEKDAY}{_TIME_OF_DAY}|{_FULL_MONTH}|{_SEASON}"
        r"|(?P<unit>week|weekend|month|year|decade|night|morning|afternoon|evening)\b)",
        r"\b(?:[Aa]t|[Oo]ver|[Dd]uring)\sthe\s(?P<word>weekend)\b",
        r"\b(?P<word>[Tt]he\sday\s(?:before\syesterday|after\stomorrow)"
        rf"|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b{_TIME_OF_DAY}",
        rf"(?i:\b(?:{_COUNT}|the(?=\s\w+\s(?:before|after)\b)|{_FEW}|(?=\w+s\s))\s?"
        rf"\b{_UNIT}s?{_WAY})",
        rf"(?i:\bthe\s(?P<event>following|next|previous|same|last|past|preceding)\s{_UNIT}s?\b)",
        rf"(?i:\b(?:the\s)?(?P<event>recent|coming|past|last|next)\s(?:{_FEW}\s)?{_UNIT}s\b)",
        rf"\b(?:[Ii]n\s)?{_PART}(?:[Tt]he\s)?(?P<decade>(?:1\d|20)\d0)['’]?s\b",
        rf"\b(?:[Oo]n\s)?{_WEEKDAY}{_TIME_OF_DAY}",
        r"\b(?:[Ii]n|[Dd]uring)\s(?:the\s)?(?P<season>spring|summer|autumn|winter)\b",
        rf"\b(?:[Ii]n\s)?{_PART}{_FULL_MONTH}",
        rf"(?<![\w,.:/$€£-]){_YEAR}\s?[-–/]\s?(?P<y2>(?:1\d|20)?\d\d)\b(?![-,./:]\d)",
        rf"(?<![\w,.:/$€£])(?:[Ii]n\s)?{_PART}(?<![\d-]){_YEAR}(?![-/]\d)",
    )
]
_HINT = re.compile(
    r"\d|day|tomorrow|night|morning|evening|afternoon|week|month|year|decade|hour|minute|spring|summer|autumn"
    r"|winter|fall|" + "|".join(MONTHS),
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will|won't|shall|would|due|upcoming|scheduled|set to|(?:is|are) to|plans?|planned"
    r"|expects?|expected|hopes?|ahead of|deadline)\b|['’]ll\b"
)
_BEHIND = re.compile(r"\b(?:said|told|was|were|had|did|[a-z]{2,}ed)\b")
_JOINT = re.compile(r"-|–|\s?(?:-|–|to|and|or|until|,)\s")
_SENTENCE_END = re.compile(r"[.!?;]\s")
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_TIMES_OF_DAY = {"night": -1, "morning": 0, "afternoon": 0, "evening": 0}


@lru_cache(maxsize=512)  # one span is read again for each sentence that cites it
def _find(text: str) -> tuple[DateMention, ...]:
    if not _HINT.search(text):
        return ()
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for pattern in _PATTERNS:
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
    if value is None or not _is_date(text, match, said):
        return []
    asked = _which(said)
    relative = value.year is None
    forward = relative and _looks_ahead(text, match.start(), match.end())
    mention = replace(mention, value=value, shift=asked, relative=relative, forward=forward)
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
    """`5.11.2022` is day first; `5/11/2022` may be either and says no more than its year."""
    day, month, year = int(said["n1"]), int(said["n2"]), int(said["y"])
    if said["mark"] == "/" and day <= 12 and month <= 12 and day != month:
        return [replace(mention, relative=False)]
    if month > 12:
        day, month = month, day
    value = DateValue(year, month, day)
    return [replace(mention, value=value, relative=False)] if _exists(value) else []


def _shift(mention: DateMention, said: dict[str, str]) -> DateMention:
    """Yesterday, last week, three days ago, the following month."""
    if "word" in said:
        word = said["word"].lower()
        if word == "weekend":
            return replace(mention, shift=Shift(None, "weekend"))
        amount = _DAYS.get(word, -2 if word.endswith("yesterday") else 2)
        return replace(mention, shift=Shift(amount, "day"))
    unit = said["unit"].lower()
    if "which" in said:
        amount = {"last": -1, "this": 0, "next": 1}[said["which"].lower()]
        if unit in _TIMES_OF_DAY:
            amount, unit = amount if unit == "night" else 0, "day"
        return replace(mention, shift=Shift(amount, unit))
    if "event" in said:
        way = {"following": 1, "next": 1, "coming": 1, "same": 0}.get(said["event"].lower(), -1)
        return replace(mention, shift=Shift(None, unit, way), vague=True)
    way = 1 if (said.get("way") or said["by"]).lower() in ("later", "afterwards", "after") else -1
    counted = _amount(said["count"]) if "count" in said else None
    amount_ago = None if counted is None else way * counted
    ago = said.get("way", "").lower() == "ago"
    vague = not ago or counted is None or unit in ("minute", "hour")
    return replace(mention, shift=Shift(amount_ago, unit, way), vague=vague)


def _amount(word: str) -> int | None:
    plain = word.replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) < 8 else _AMOUNTS.get(word.lower())


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


def _looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the verb that the date goes with is in the future: the nearest one before it, or
    else the first one after it."""
    before = _SENTENCE_END.split(text[max(0, start - 300) : start])[-1]
    ahead = max((m.start() for m in _AHEAD.finditer(before)), default=-1)
    behind = max((m.start() for m in _BEHIND.finditer(before)), default=-1)
    if ahead >= 0 or behind >= 0:
        return ahead >= behind
    after = _SENTENCE_END.split(text[end : end + 300])[0]
    coming, gone = _AHEAD.search(after), _BEHIND.search(after)
    return coming is not None and (gone is None or coming.start() <= gone.start())


# --- words that only look like dates ------------------------------------------------------------

_MONTH_CUE = re.compile(
    r"\b(?:since|by|until|till|from|of|to|during|between|before|after|through|for|on)\s$", re.I
)
_SURE_YEAR_CUE = re.compile(r"\b(?:in|since|during|early|late|mid|year)[\s-]$", re.I)
_QUANTITY_CUE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|over|than|least|most|only|just|roughly|approximately"
    r"|another|up to|extra|estimated|to about|to around)\s|[$£€¥]\s?)$",
    re.I,
)
_UNIT_AFTER = re.compile(
    r"[\s-](?:(?:such|more|other|[a-z]+(?:an|ese|ish|ed|ic|al|ing))\s)?"
    r"(?:people|men|women|children|police|troops|(?!is\b|was\b|has\b|as\b|its\b|his\b|this\b)"
    r"[a-z]+(?<![su])s\b|km|m|kg|ft|mph|kph|MW|GW|tons?|tonnes?|million|billion|per\b|GMT|hours?\b)"
)


def _is_date(text: str, match: re.Match[str], said: dict[str, str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 60]
    if set(said) == {"wd"}:
        return not re.search(r"\b(?:Black|Good|Bloody|Super|Ash|Palm|Easter|Cyber)\s$", before)
    if set(said) == {"m"}:
        if match.group().startswith(("In ", "in ")) or _MONTH_CUE.search(before):
            return True
        return said["m"] not in ("May", "March") and not re.match(r"\s[A-Z]", after)
    if "y2" in said:
        return int(said["y2"]) % 100 > int(said["y"]) % 100 or len(said["y2"]) == 4
    if set(said) == {"y"}:
        return _is_year(before + match.group()[:-4], after)
    return True


def _is_year(before: str, after: str) -> bool:
    """Whether four digits are a year rather than an amount ("around 2000 such drones")."""
    if _QUANTITY_CUE.search(before):
        return False
    if _UNIT_AFTER.match(after):
        certain = re.search(r"\b(?:the|its|his|her|their|our|['’]s)\s$", before, re.I)
        return bool(certain or _SURE_YEAR_CUE.search(before))
    return True
