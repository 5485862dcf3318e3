"""True sentences in other words, made by rule from an article's own, and pairs written by hand."""

import hashlib
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.planted import Case, case_of
from benchmarks.statements import Statement, half_of
from ingest.types import Article

PARAPHRASES = Path(__file__).with_name("paraphrases.txt")
Reword = Callable[[str], str | None]
"""From a sentence one that says nothing else; None where the rule does not fit."""

# --- shorter ------------------------------------------------------------------------------------

_RELATIVE = re.compile(
    r", (?:which|who|whose|where|although|though)\b[^,;“”\"]*(?P<end>\.$|,(?!\d))"
)
_BRACKETS = re.compile(r"\s\([^()]{3,60}\)")
_LEADING = re.compile(
    r"^(?:However|Meanwhile|Moreover|In addition|For example|Still|Instead), (\w)"
)


def _shortened(text: str) -> str | None:
    relative = _RELATIVE.search(text)
    if relative and relative.start() > 25:
        rest = text[relative.end() :] if relative["end"] == "," else ""
        return text[: relative.start()] + (rest or ".")
    if _BRACKETS.search(text):
        return _BRACKETS.sub("", text, count=1)
    leading = _LEADING.match(text)
    return leading[1].upper() + text[leading.end() :] if leading else None


# --- in another order ---------------------------------------------------------------------------

_OPENING = re.compile(
    r"^(?P<when>(?:In|On|By|Since|During|At|After) [^,“”\"]{3,40}), (?P<rest>"
    r"(?:the|a|he|she|it|they) [^,;:“”\"]{20,110})\.$"
)
_SAID = re.compile(r"^(?P<what>“[^“”]+),” said (?P<who>[A-Z][\w ’'-]{3,40})\.$")


def _reordered(text: str) -> str | None:
    opening = _OPENING.match(text)
    if opening:
        rest, when = opening["rest"], opening["when"]
        return f"{rest[0].upper()}{rest[1:]} {when[0].lower()}{when[1:]}."
    said = _SAID.match(text)
    return f"{said['who']} said: {said['what']}.”" if said else None


# --- numbers and dates in another form ----------------------------------------------------------

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_WORD = re.compile(rf"(?<=[a-z] )(?P<word>{'|'.join(_WORDS[2:])})(?= [a-z]{{3,}})")
_DIGIT = re.compile(r"(?<=[a-z] )(?P<digit>[2-9]|1[0-2])(?= [a-z]{3,})")
_THOUSANDS = re.compile(r"(?<![\d,.$£€])(?P<whole>\d{1,3}),(?P<rest>\d{3})(?![\d,.])")
_MILLIONS = re.compile(r"(?P<sign>[$£€]?)(?P<value>\d+(?:\.\d+)?) (?P<power>million|billion)\b")
_PERCENT = re.compile(r"(?<=\d)(?P<form>%| percent| per cent)")
_NOT_COUNTED = re.compile(
    r"\b(?:am|pm|st|nd|rd|th|January|February|March|April|May|June|July|August)\b"
)


def _number_form(text: str) -> str | None:
    for pattern, write in (
        (_THOUSANDS, lambda m: m["whole"] + m["rest"]),
        (_MILLIONS, lambda m: f"{m['sign']}{m['value']}{m['power'][0]}n"),
        (_PERCENT, lambda m: " per cent" if m["form"] == "%" else "%"),
        (_WORD, lambda m: str(_WORDS.index(m["word"]))),
        (_DIGIT, lambda m: _WORDS[int(m["digit"])]),
    ):
        match = pattern.search(text)
        if match and _is_free(text, match) and not _NOT_COUNTED.match(text, match.end() + 1):
            return text[: match.start()] + write(match) + text[match.end() :]
    return None


_MONTH_BEFORE = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\s$")


def _is_free(text: str, match: re.Match[str]) -> bool:
    """Outside quotation marks, where no word may be changed, and no day of a month."""
    return not re.search(r"[“”\"‘]", text) and not _MONTH_BEFORE.search(text[: match.start()])


_MONTHS = (
    "January February March April May June July August September October November December"
).replace(" ", "|")
_US = re.compile(rf"\b(?P<month>{_MONTHS}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})\b,?")
_UK = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{_MONTHS}) (?P<year>\d{{4}})\b")
_NO_YEAR = re.compile(rf"\b(?P<month>{_MONTHS}) (?P<day>\d{{1,2}})\b(?!,? \d)")


def _date_form(text: str) -> str | None:
    for pattern, form in (
        (_US, "{day} {month} {year}"),
        (_UK, "{month} {day}, {year}"),
        (_NO_YEAR, "{day} {month}"),
    ):
        match = pattern.search(text)
        if match and _is_free(text, match):
            return text[: match.start()] + form.format(**match.groupdict()) + text[match.end() :]
    return None


REWORDS: dict[str, Reword] = {
    "verbatim": lambda text: text,
    "shortened": _shortened,
    "reordered": _reordered,
    "number_form": _number_form,
    "date_form": _date_form,
}


def reworded(
    kind: str, statement: Statement, others: Sequence[Statement], rng: random.Random
) -> Case | None:
    """The true case of this kind from `statement`; None where its rule does not fit."""
    text = REWORDS[kind](statement.text)
    return case_of(kind, text, statement, others, rng) if text else None


def paraphrases(half: str, others: Sequence[Statement], rng: random.Random) -> list[Case]:
    """The pairs of `paraphrases.txt` that fall into `half`, by a digest of the cited words."""
    cases = []
    for drafted, cited in _pairs():
        if half_of(cited) == half:
            article = Article(hashlib.sha256(cited.encode()).hexdigest()[:8], cited, "")
            statement = Statement(article, 0, len(cited), "", "")
            cases.append(case_of("paraphrase", drafted, statement, others, rng))
    return cases


def _pairs() -> list[tuple[str, str]]:
    lines = [line for line in PARAPHRASES.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("#")]
    return [(one, two.strip()) for one, two in zip(lines[::2], lines[1::2], strict=True)]
