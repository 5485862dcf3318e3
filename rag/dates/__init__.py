"""Dates that a text mentions, and the days they mean."""

from rag.dates.mentions import find_dates
from rag.dates.resolution import resolve
from rag.dates.standing import date_stands_in
from rag.dates.values import MONTHS, WEEKDAYS, DateMention, DateValue, ResolvedDate, Shift

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "DateMention",
    "DateValue",
    "ResolvedDate",
    "Shift",
    "date_stands_in",
    "find_dates",
    "resolve",
]
