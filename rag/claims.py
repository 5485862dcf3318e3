"""Whether the facts of a drafted sentence stand in the words it cites.

These checks are hard: one problem and the sentence is not shown. They look at what can be compared
exactly, each in its own file: numbers and units (`rag.amounts`), negation (`rag.negation`), who
said it (`rag.speakers`), and in near copies what was put in another's place (`rag.swaps`); dates,
names and quotations here. The rest is left to a model of support: who did what to whom and a rise
told as a fall are judged here only where the sentence is a near copy of the cited words.
"""

import re
from collections.abc import Iterator
from datetime import date

from ingest.passages import written
from rag.amounts import numbers
from rag.dates import DateMention, date_stands_in, find_dates, resolve
from rag.names import find_names, name_stands_in
from rag.negation import negations
from rag.numbers import find_numbers
from rag.problem import Problem
from rag.quotations import find_quotations, quotation_stands_in
from rag.speakers import speakers
from rag.swaps import swaps


def check_claims(
    sentence: str, span: str, *, context: str = "", published: date | None = None
) -> list[Problem]:
    """The facts of `sentence` that do not stand in `span`; empty when all do.

    `context` (title, outlet, neighbouring sentences) may give names and dates, nothing else.
    `published` turns "on Saturday" into a day. It is the date of the report: a sentence may give
    it as that ("reported on 6 November 2022"), not as the date of what happened.
    """
    problems = [
        *numbers(sentence, span),
        *_dates(sentence, span, context, published),
        *_names(sentence, span, context),
        *_quotations(sentence, span),
        *negations(sentence, span),
        *speakers(sentence, span, context),
    ]
    known = {problem.kind for problem in problems}
    return problems + [problem for problem in swaps(sentence, span) if problem.kind not in known]


_REPORTED = re.compile(
    r"\b(?:report(?:ed|s)?|published|article|dated|wrote|as of)\b[^.;]{0,40}$", re.I
)


def _dates(sentence: str, span: str, context: str, published: date | None) -> Iterator[Problem]:
    for mention in find_dates(sentence):
        if date_stands_in(mention, span, context=context, published=published):
            continue
        if mention.text.isdigit() and any(n.value == int(mention.text) for n in find_numbers(span)):
            continue  # an amount that looks like a year: 1270 for 1,270
        days = resolve(mention, published)
        is_report = days is not None and days.start == days.end == published
        if is_report and _REPORTED.search(sentence[: mention.start]):
            continue
        yield Problem("date", mention.text, _date_message(mention, is_report, published))


def _date_message(mention: DateMention, is_report: bool, published: date | None) -> str:
    if is_report and published is not None:
        return f"{written(published)} is the date of the report, not of what it reports"
    return f"“{mention.text}” does not stand in the cited words"


def _names(sentence: str, span: str, context: str) -> Iterator[Problem]:
    around = f"{span}\n{context}" if context else span
    quoted = find_quotations(sentence)  # checked word for word already
    for name in find_names(sentence, around):
        if any(q.start <= name.start and name.end <= q.end for q in quoted):
            continue
        if not name_stands_in(name.text, around) and not _spelled_out(name.text, sentence):
            yield Problem("name", name.text, f"“{name.text}” does not stand in the cited words")


def _spelled_out(name: str, sentence: str) -> bool:
    """Whether the sentence itself gives the words that an acronym in brackets stands for."""
    before = sentence.partition(f"({name})")[0] if f"({name})" in sentence else ""
    initials = "".join(word[0] for word in re.findall(r"[^\W_]+", before))
    return bool(before) and initials.lower().endswith(name.lower().removesuffix("s"))


def _quotations(sentence: str, span: str) -> Iterator[Problem]:
    for quotation in find_quotations(sentence):
        if not quotation_stands_in(quotation.text, span):
            message = f"“{quotation.text}” is not in the cited words"
            yield Problem("quotation", quotation.text, message)
