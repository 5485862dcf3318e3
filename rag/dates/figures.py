"""5/11/2022: the fifth of November, or the eleventh of May, as the article's other dates show."""

import re
from datetime import date

from rag.dates.mentions import mentions_in
from rag.dates.values import DateMention, ResolvedDate

_FIGURES = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/(\d{4})\b")


def read_in_order(mention: DateMention, text: str) -> ResolvedDate | None:
    """5/11/2022 read as the other dates of `text` in figures must be; None where none shows it."""
    figures = _FIGURES.search(mention.text)
    if mention.value is not None or figures is None:
        return None
    orders = {order: like for order, like in map(_order, mentions_in(text)) if order}
    if len(orders) != 1:
        return None
    (day_first, like), *_ = orders.items()
    first, second, year = (int(group) for group in figures.groups())
    day, month = (first, second) if day_first == "day" else (second, first)
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return ResolvedDate(on, on, f"“{mention.text}”, read {day_first} first as “{like}” must be")


def _order(mention: DateMention) -> tuple[str, str]:
    """Which of day and month a date in figures has first; empty where it does not show."""
    figures, value = _FIGURES.search(mention.text), mention.value
    if figures is None or value is None or value.day == value.month:
        return "", ""
    return ("day" if value.day == int(figures[1]) else "month"), mention.text
