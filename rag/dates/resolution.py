"""The days that a mention of a date means, given when the report was published.

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

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ingest.passages import written
from rag.dates.values import SEASONS, DateMention, DateValue, ResolvedDate, Shift


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
            return ResolvedDate(*period_of(value, value.year), f"“{mention.text}”")
        if published is None:
            return None
        if value is not None:
            period = nearest(value, published, shift, _direction(mention))
        elif shift is not None:
            period = shifted(shift, published)
        else:  # 5/11/2022: the fifth of November or the eleventh of May
            return None
    except (ValueError, OverflowError):  # the first and last years that `date` knows
        return None
    if period is None:
        return None
    return ResolvedDate(*period, f"“{mention.text}”, published {written(published)}")


def period_of(value: DateValue, year: int) -> tuple[date, date]:
    """First and last day of what `value` names in `year`. Raises ValueError for no such day."""
    if value.decade:
        return date(year, 1, 1), date(year + 9, 12, 31)
    if value.season:
        first = SEASONS[value.season]
        last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
        return date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1])
    if value.month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if value.day is None:
        return date(year, value.month, 1), date(year, value.month, monthrange(year, value.month)[1])
    day = date(year, value.month, value.day)
    return day, day


def nearest(
    value: DateValue, day: date, shift: Shift | None = None, direction: int = -1
) -> tuple[date, date] | None:
    """The days that a value without a year means, seen from `day`.

    `direction` is -1 for the latest that has begun, 1 for the first to come, 0 for the nearer one.
    """
    periods = list(_candidates(value, day))
    asked = shift.amount if shift else None
    if asked == 0:
        return next((p for p in periods if _alike(value, p[0], day)), None)
    if asked == -1:
        return max((p for p in periods if p[1] < day), default=None)
    if asked == 1:
        return min((p for p in periods if p[0] > day), default=None)
    past = max((p for p in periods if p[0] <= day), default=None)
    coming = min((p for p in periods if p[1] >= day), default=None)
    if direction < 0 or past is None or coming is None:
        return past if direction < 0 else coming
    if direction == 0 and day - past[1] < coming[0] - day:
        return past
    if value.weekday is None and _just_gone(past[1], coming[0], day):
        return past  # "the gala planned for 9 November took place indoors", told on the 17th
    return coming


def _direction(mention: DateMention) -> int:
    if mention.present and mention.value is not None and mention.value.month is not None:
        return 0
    return 1 if mention.forward else -1


def _just_gone(past: date, coming: date, published: date) -> bool:
    return (published - past).days < 60 and (coming - published).days > 180


def _candidates(value: DateValue, published: date) -> Iterator[tuple[date, date]]:
    if value.month is None and value.weekday is not None:
        day = published + timedelta(days=value.weekday - published.weekday())
        yield from ((day + timedelta(weeks=n),) * 2 for n in (-1, 0, 1))
        return
    for year in range(published.year - 8, published.year + 9):  # 8: from 29 February to the next
        try:
            period = period_of(value, year)
        except ValueError:
            continue
        if value.weekday is None or period[0].weekday() == value.weekday:
            yield period


def _alike(value: DateValue, day: date, published: date) -> bool:
    """In the same week (for a weekday) or the same year as publication."""
    if value.month is None and value.weekday is not None:
        return day.isocalendar()[:2] == published.isocalendar()[:2]
    return day.year == published.year


def shifted(shift: Shift, published: date) -> tuple[date, date]:
    """The days that lie so many units from the day of publication."""
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
        return period_of(DateValue(month=months % 12 + 1), months // 12)
    if unit == "year":
        return period_of(DateValue(), published.year + amount)
    return period_of(DateValue(decade=True), (published.year // 10 + amount) * 10)
