"""What a mention of a date says, and the days it means."""

from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
"""The month that each begins in."""


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
    present: bool = False
    """They are in the present tense, which tells past from future in neither way."""


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """The days that a mention means, both ends included."""

    start: date
    end: date
    how: str
    """The mention, and the day of publication where that was needed."""
