"""In a near copy of the cited words: a name, number, date or negation put in another's place.

"The ferry sank on Tuesday, Moe said" beside "The ferry sank on Monday, Lund said": all its words
may stand somewhere in the article, but not there. Only where most words of the sentence stand in
the cited ones in the same order; free wording is left to the other checks.
"""

import re
from collections.abc import Iterator

from rag.alignment import Gap, align
from rag.names import find_names, name_stands_in
from rag.negation import DENIES_IN_ITS_OWN_WAY, negators
from rag.numbers import Number, find_numbers, same_amount
from rag.problem import Problem
from rag.stems import content_stems

NEAR_COPY = 0.7
"""Share of a sentence's words that stand in the span, from which it counts as a near copy."""

_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_CALENDAR = {
    "month": re.compile(rf"\b(?:{'|'.join(_MONTHS.title().split())})\b"),
    "weekday": re.compile(rf"\b(?:{'|'.join(_DAYS.title().split())})\b"),
    "year": re.compile(r"(?<![\d.,])(?:1[0-9]|20)\d\d(?![\d.,]\d|\d)"),
}
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|President|Prime|Minister|Senator|Professor)$")
_PASSIVE = re.compile(r"\bby\b")


def is_near_copy(sentence: str, span: str) -> bool:
    """Whether most words of `sentence` stand in `span` in the same order."""
    return align(sentence, span).share >= NEAR_COPY


def swaps(sentence: str, span: str) -> Iterator[Problem]:
    """What stands in the place of something else; nothing unless `sentence` is a near copy."""
    alignment = align(sentence, span)
    if alignment.share < NEAR_COPY:
        return
    # "Denied that he knew" and "said that he did not know" are the same.
    as_many = len(negators(sentence)) == len(negators(span))
    for gap in alignment.gaps:
        if gap.flanked:
            if not as_many:
                yield from _negated(gap, sentence, span)
            if gap.start < gap.end and gap.span_start < gap.span_end:
                yield from _renamed(gap, sentence, span)
                yield from _recounted(gap, sentence, span)
                yield from _redated(gap, sentence, span)


def _negated(gap: Gap, sentence: str, span: str) -> Iterator[Problem]:
    ours, theirs = sentence[gap.start : gap.end], span[gap.span_start : gap.span_end]
    said, cited = len(negators(ours)), len(negators(theirs))
    if said == cited or DENIES_IN_ITS_OWN_WAY.search(f"{ours} {theirs}"):
        return
    # Other words beside the negation are another clause, or the same sense turned round twice.
    if any(content_stems(" ".join(_without_negators(words))) for words in (ours, theirs)):
        return
    around = " ".join(span[max(0, gap.span_start - 25) : gap.span_end + 25].split())
    yield Problem("negation", ours or theirs, f"the cited words say otherwise: “…{around}…”")


def _without_negators(words: str) -> list[str]:
    return [word for word in words.split() if not negators(word)]


def _renamed(gap: Gap, sentence: str, span: str) -> Iterator[Problem]:
    theirs = _names_in(gap.span_start, gap.span_end, span, sentence)
    ours = _names_in(gap.start, gap.end, sentence, span) or _capitals(gap, sentence)
    if not ours or not theirs:
        return
    there, here = span[gap.span_start : gap.span_end], sentence[gap.start : gap.end]
    if any(name_stands_in(name, there) for name in ours):
        return
    if any(name_stands_in(name, here) for name in theirs):
        return
    if _PASSIVE.search(sentence) and not _PASSIVE.search(span):
        return  # "the lake was bought by Moe" has both names in each other's place
    message = f"the cited words have “{theirs[0]}” where the sentence has “{ours[0]}”"
    yield Problem("name", ours[0], message)


def _names_in(start: int, end: int, text: str, reference: str) -> list[str]:
    """What of the names of `text` lies in `text[start:end]`, titles left out."""
    cut = [
        text[max(start, name.start) : min(end, name.end)]
        for name in find_names(text, reference)
        if name.start < end and start < name.end
    ]
    return [name for name in cut if not all(_TITLE.match(word.strip(".")) for word in name.split())]


def _recounted(gap: Gap, sentence: str, span: str) -> Iterator[Problem]:
    ours = _numbers_in(gap.start, gap.end, sentence)
    theirs = _numbers_in(gap.span_start, gap.span_end, span)
    if ours and theirs and not any(same_amount(n, t) for n in ours for t in theirs):
        message = f"the cited words have “{theirs[0].text}” where the sentence has “{ours[0].text}”"
        yield Problem("number", ours[0].text, message)
        return
    # Figures that are read neither as a number nor as a date: of "(3 BC-65)", of "747".
    here, there = sentence[gap.start : gap.end], span[gap.span_start : gap.span_end]
    plain = [re.sub(r"[\s,]", "", words) for words in (here, there)]
    if all(words.isdigit() for words in plain) and plain[0] != plain[1]:
        message = f"the cited words have “{there}” where the sentence has “{here}”"
        yield Problem("number", here, message)


def _capitals(gap: Gap, sentence: str) -> list[str]:
    """Capitalised words within the sentence: beside a name they stand for one."""
    words = re.findall(r"\b[A-Z][\w’'-]+", sentence[gap.start : gap.end])
    return words if gap.start > 0 and not all(_TITLE.match(word) for word in words) else []


def _numbers_in(start: int, end: int, text: str) -> list[Number]:
    return [n for n in find_numbers(text, durations=True) if start <= n.start < end]


def _redated(gap: Gap, sentence: str, span: str) -> Iterator[Problem]:
    for pattern in _CALENDAR.values():
        ours = pattern.search(sentence[gap.start : gap.end])
        theirs = pattern.search(span[gap.span_start : gap.span_end])
        if ours and theirs and ours[0] != theirs[0]:
            message = f"the cited words have “{theirs[0]}” where the sentence has “{ours[0]}”"
            yield Problem("date", ours[0], message)
