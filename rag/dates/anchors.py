"""Dates of a sentence resolved inside their article, against the dates that the text itself gives.

- "Three days earlier", "the following month", "the day before" count from the nearest date before
  them: in the sentence, else in the last sentence that has one, up to four back.
- "Two days after the vote" counts from a date beside "vote": in the sentence itself ("after the
  vote on 3 March"), or in one of those before that mentions it.
- Days are counted from a day only, months and years from what names a month or a year. "A week
  later" is that very day; "three weeks later" is a whole week.
- A day or month without a year belongs to the year of a date that opens the sentence before ("On 4
  June 2019 the dam broke. On 12 June ...").
- 5/11/2022 is read in the order that the article's other dates in figures show.
- A date that says when something was told, or what turned out otherwise, is nobody's anchor.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.lexical import stems
from ingest.passages import written
from ingest.sentences import split_sentences
from rag.dates.figures import read_in_order
from rag.dates.mentions import mentions_in
from rag.dates.resolution import nearest, period_of, resolve, shifted
from rag.dates.roles import Role, role_of
from rag.dates.spans import written_days
from rag.dates.values import DateMention, DateValue, ResolvedDate, Shift

LOOK_BACK = 4
"""Sentences before the one that holds a date in which its anchor is looked for."""
FAR_BACK = 1500
"""Characters of the article that are read for them."""
OPENING = 4
"""A date that begins within so many characters opens its sentence."""
_AFTER_NOUN = re.compile(
    r"\b(?:before|after)(?:\s(?:the|a|an|his|her|its|their)\s([\w-]+))?$", re.I
)
_ANAPHORA = re.compile(r"the (?:following|next|previous|preceding|same) \w+$", re.I)


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A mention in its sentence, with the days it means."""

    mention: DateMention
    days: ResolvedDate | None
    role: Role


def resolve_in(
    text: str, start: int, end: int, published: date | None, look_back: int = LOOK_BACK
) -> list[DatedMention]:
    """The dates of the sentence `text[start:end]`, resolved against the day of publication and
    against the other dates of `text`; offsets of the mentions count from `start`."""
    sentence = text[start:end]
    before = _Before(text, start, published, look_back)
    found: list[DatedMention] = []
    for mention in mentions_in(sentence):
        days = (
            _in_year_named(mention, sentence, found, published)
            or _in_scene(mention, found, before)
            or resolve(mention, published)
            or read_in_order(mention, text)
            or _from_anchor(mention, sentence, found, before)
        )
        found.append(DatedMention(mention, days, role_of(sentence, mention)))
    return found


class _Before:
    """The sentences before one, the nearest first, resolved when they are asked for."""

    def __init__(self, text: str, start: int, published: date | None, look_back: int) -> None:
        self.published = published
        self._text = text
        self._start = start
        self._look_back = look_back

    def __iter__(self) -> Iterator[tuple[str, list[DatedMention]]]:
        if not self._look_back:
            return
        begin = max(0, self._start - FAR_BACK)
        spans = split_sentences(self._text[begin : self._start])
        for depth, (low, high) in enumerate(reversed(spans[-self._look_back :]), 1):
            low, high = low + begin, high + begin
            left = self._look_back - depth
            dates = resolve_in(self._text, low, high, self.published, left)
            yield self._text[low:high], dates


# --- counted from another date ------------------------------------------------------------------


def _from_anchor(
    mention: DateMention, sentence: str, found: Sequence[DatedMention], before: _Before
) -> ResolvedDate | None:
    if not mention.vague or mention.shift is None:
        return None
    if match := _AFTER_NOUN.search(mention.text):
        anchor = _beside_noun(mention, sentence, match[1], before)
    elif re.search(r"\b(?:before|after)\s*$", mention.text) is None and not _counts(mention):
        return None
    else:
        anchor = _nearest_date(found, before)
    if anchor is None or anchor.days is None:
        return None
    days = _counted(mention, anchor.days)
    if days is None:
        return None
    how = f"“{mention.text}”, counted from {_told(anchor)}"
    return ResolvedDate(*days, how)


def _counts(mention: DateMention) -> bool:
    """Whether it says how far from the other date it is."""
    assert mention.shift is not None
    return mention.shift.amount is not None or _ANAPHORA.match(mention.text) is not None


def _nearest_date(found: Sequence[DatedMention], before: _Before) -> DatedMention | None:
    # "Planned for 9 November, it was put off and took place two days later": a plan will do here.
    roles: tuple[Role, ...] = (Role.EVENT, Role.REPLACED)
    for dates in (found, *(dates for _, dates in before)):
        if usable := [d for d in dates if d.days is not None and d.role in roles]:
            return usable[-1]
        roles = (Role.EVENT,)
    return None


def _beside_noun(
    mention: DateMention, sentence: str, noun: str | None, before: _Before
) -> DatedMention | None:
    """The date of what "after the vote" and the like name."""
    following = sentence[mention.end :]
    for later in mentions_in(following):
        between = following[: later.start].strip(" ,")
        # "two days after 12 June"; "two days after the disaster on 12 June"
        if between in ("", "on", "in", "of") and not later.vague:
            days = resolve(later, before.published)
            return DatedMention(later, days, Role.EVENT)
        break
    if noun is None:  # "The day after, ...": as good as "a day later"
        return _nearest_date((), before) if following.startswith(",") else None
    if following.startswith(("'", "’")):  # "after the newspaper's account": another noun
        return None
    wanted = set(stems(noun))
    for words, dates in before:
        usable = [d for d in dates if d.days is not None and d.role is Role.EVENT]
        if usable and wanted <= set(stems(words)):
            return usable[-1]
    return None


def _counted(mention: DateMention, anchor: ResolvedDate) -> tuple[date, date] | None:
    assert mention.shift is not None
    shift, day = mention.shift, anchor.start
    one_day, one_month = anchor.start == anchor.end, (anchor.end - anchor.start).days < 31
    try:
        if mention.value is not None:  # the following spring
            return nearest(mention.value, anchor.end if shift.amount == 1 else day, shift)
        amount = shift.sign if shift.amount is None else shift.amount
        if shift.unit == "day" or (shift.unit == "week" and abs(amount) == 1 and shift.amount):
            step = timedelta(days=amount * (7 if shift.unit == "week" else 1))
            return (day + step, day + step) if one_day else None
        if shift.unit in ("week", "month") and not (one_month or (anchor.end - day).days < 31):
            return None
        return shifted(Shift(amount, shift.unit), day)
    except (ValueError, OverflowError):
        return None


def _told(anchor: DatedMention) -> str:
    assert anchor.days is not None
    how = anchor.days.how
    day = written_days(anchor.days)
    mention = f"“{anchor.mention.text}”"
    return f"{mention} ({day}){how[len(mention) :]}" if anchor.mention.relative else mention


# --- the year -----------------------------------------------------------------------------------


def _in_year_named(
    mention: DateMention, sentence: str, found: Sequence[DatedMention], published: date | None
) -> ResolvedDate | None:
    """The days of "6 November" in "next year's festival is to begin on 6 November"."""
    value = mention.value
    if value is None or value.year is not None or value.month is None or published is None:
        return None
    for earlier in found:
        shift, behind = earlier.mention.shift, sentence[earlier.mention.end :]
        owns = behind.startswith(("'s", "’s"))
        if owns and shift is not None and shift.unit == "year" and shift.amount is not None:
            days = _within(value, published.year + shift.amount)
            if days is not None:
                how = (
                    f"“{mention.text}” of “{earlier.mention.text}”, published {written(published)}"
                )
                return ResolvedDate(*days, how)
    return None


def _in_scene(
    mention: DateMention, found: Sequence[DatedMention], before: _Before
) -> ResolvedDate | None:
    """The year of a day or month that another date sets the scene for."""
    value = mention.value
    if value is None or value.year is not None or value.month is None or mention.shift:
        return None
    scene = _scene(found, before)
    if scene is None or scene.days is None:
        return None
    days = _next_to(value, scene.days)
    if days is None:
        return None
    return ResolvedDate(*days, f"“{mention.text}”, in the year of {_told(scene)}")


def _scene(found: Sequence[DatedMention], before: _Before) -> DatedMention | None:
    if found:
        first = found[0]
        narrow = first.mention.value is not None and first.mention.value.month is not None
        return first if narrow and _opens(first) else None
    for _, dates in before:
        return dates[0] if dates and _opens(dates[0]) else None
    return None


def _opens(dated: DatedMention) -> bool:
    """Whether it opens its sentence with a year, its own or one that is itself from the text."""
    value = dated.mention.value
    if value is None or dated.mention.start > OPENING or dated.days is None:
        return False
    return value.year is not None or "in the year of" in dated.days.how


def _next_to(value: DateValue, scene: ResolvedDate) -> tuple[date, date] | None:
    """The first such days from the scene on, if within half a year; else the last before it."""
    if (scene.end - scene.start).days > 31 and scene.start.year == scene.end.year:
        return _within(value, scene.start.year)
    coming = nearest(value, scene.start, direction=1)
    if coming and (coming[0] - scene.start).days <= 183:
        return coming
    return nearest(value, scene.start)


def _within(value: DateValue, year: int) -> tuple[date, date] | None:
    try:
        return period_of(value, year)
    except ValueError:
        return None
