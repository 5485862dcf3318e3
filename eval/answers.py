"""Short answers against gold answers: SQuAD's exact match and F1, containment, and dates.

`exact_match` and `token_f1` follow the official script of SQuAD 2.0 (`evaluate-v2.0.py`,
https://rajpurkar.github.io/SQuAD-explorer/), including what it does with empty answers.
"""

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

_PUNCTUATION = frozenset(string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """SQuAD's normal form: lower case, no ASCII punctuation, no articles, single spaces."""
    lowered = "".join(ch for ch in text.lower() if ch not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", lowered).split())


def exact_match(answer: str, gold: Sequence[str]) -> float:
    """1.0 when the normal form of `answer` equals that of any gold answer, else 0.0."""
    return _best(lambda alias: float(normalize(answer) == normalize(alias)), gold)


def token_f1(answer: str, gold: Sequence[str]) -> float:
    """The best F1 = 2PR / (P + R) over the gold answers, on bags of normalised tokens.

    P and R are the shares of the answer's and of the gold answer's tokens that the two have in
    common, counted with repetition. Where either has no token left: 1.0 if both have none, else
    0.0.
    """
    return _best(lambda alias: _f1(normalize(answer).split(), normalize(alias).split()), gold)


def covers(text: str, gold: Sequence[str]) -> float:
    """1.0 when `text` holds every word of any gold answer, in any order, else 0.0.

    For lists: a quoted sentence names the items with other words between them.
    """
    words = set(normalize(text).split())
    wanted = [set(normalize(alias).split()) - {"and"} for alias in gold]
    return float(any(alias and alias <= words for alias in wanted))


def contains(text: str, gold: Sequence[str]) -> float:
    """1.0 when any gold answer stands in `text` as whole words, both in normal form, else 0.0."""
    padded = f" {normalize(text)} "
    return float(any(f" {normalize(alias)} " in padded for alias in gold if normalize(alias)))


def _best(score: Callable[[str], float], gold: Sequence[str]) -> float:
    # As the script has it: a gold answer without a token does not count, none at all means "".
    return max(score(alias) for alias in [a for a in gold if normalize(a)] or [""])


def _f1(answer: list[str], gold: list[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    common = sum((Counter(answer) & Counter(gold)).values())
    return 2 * common / (len(answer) + len(gold))


class PartialDate(NamedTuple):
    """A date as far as a text gives it: 0 for what it leaves out."""

    year: int = 0
    month: int = 0
    day: int = 0


_MONTHS = ["january", "february", "march", "april", "may", "june"]
_MONTHS += ["july", "august", "september", "october", "november", "december"]
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
# "May" only with its capital: "it may 2 days later" names no date.
_NAMES = "|".join(m for m in _MONTHS if m != "may") + "|(?-i:May|MAY)"
_MONTH = rf"(?P<month>{_NAMES}|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
_ONE_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_DAY = rf"(?P<day>{_ONE_DAY})(?:\s*(?:-|–|—|to|and)\s*(?P<last>{_ONE_DAY}))?"
_YEAR = r"(?P<year>[12]\d{3})\b"
_FORMS = tuple(
    re.compile(r"(?<!\w)" + form, re.IGNORECASE)
    for form in (
        r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}",
        rf"{_MONTH}\s+{_DAY}",
        rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}",
        r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])(?![\d-])",
        _YEAR,
    )
)


def dates_in(text: str) -> set[PartialDate]:
    """The dates that `text` names: ISO ("2022-11-05"), "5 November 2022", "November 5, 2022".

    Weekdays in front, ordinals ("5th"), abbreviated months and dates that leave out the day or
    the year are read too; of a range ("5-7 November") both ends. All-number forms such as
    5/11/2022 are not: their order is a guess.
    """
    found = set()
    for form in _FORMS:
        for match in form.finditer(text):
            found.update(_partial(match.groupdict()))
        # A date once read is taken out, so that its year is not read again by itself.
        text = form.sub(" ; ", text)
    return found


def _partial(parts: dict[str, str | None]) -> set[PartialDate]:
    month = parts.get("month") or "0"
    number = int(month) if month.isdigit() else _NUMBERS[month[:3].lower()]
    days = {_number(parts.get("day")), _number(parts.get("last") or parts.get("day"))}
    return {PartialDate(_number(parts.get("year")), number, day) for day in days}


def _number(text: str | None) -> int:
    return int((text or "0").rstrip("stndrhSTNDRH"))


def same_date(answer: str, gold: str) -> bool:
    """Whether `answer` names the same day as `gold`, in any of the forms of `dates_in`.

    Both must be equally exact: "November 2022" is not the day 5 November 2022. An answer that
    also names another day is wrong. A gold answer in other words ("the spring thaw") is compared
    by `exact_match`.
    """
    wanted = dates_in(gold)
    return dates_in(answer) == wanted if wanted else exact_match(answer, [gold]) == 1.0


def is_day(text: str, day: date) -> bool:
    """Whether `text` names `day` and no other date, with or without its year."""
    found = dates_in(text)
    return bool(found) and all(
        (d.month, d.day) == (day.month, day.day) and d.year in (0, day.year) for d in found
    )


def tells_date(text: str, gold: str) -> bool:
    """Whether `text`, a whole sentence or more, names the day `gold` among the dates in it."""
    wanted = dates_in(gold)
    return wanted <= dates_in(text) if wanted else contains(text, [gold]) == 1.0
