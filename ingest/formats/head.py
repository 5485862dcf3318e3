"""The lines between a headline and the first paragraph: who wrote it, and when.

A line counts only when all of it is a byline or a dated label, so that prose is never read as one.
"""

import re
from dataclasses import dataclass
from datetime import date

from ingest.errors import PermanentError
from ingest.formats.article import names
from ingest.formats.days import day_of

DEEPEST = 4
"""Lines looked at."""
_BYLINE = re.compile(r"(?:written )?by\s+(\S.*)", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:first )?(?:published|posted)(?:\s+on)?\s*:?\s+(.*)", re.IGNORECASE)
_MODIFIED = re.compile(r"(?:last )?(?:updated|modified)(?:\s+on)?\s*:?\s+(.*)", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|·•]\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_PARTICLES = frozenset("al bin da de del den der di dos du el la le ten van von y".split())
_NO_NAMES = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday morning noon evening night""".split()
)


@dataclass(slots=True)
class Head:
    """What the top of an article says of itself."""

    authors: tuple[str, ...] = ()
    published: date | None = None
    modified: date | None = None


def read_head(text: str) -> tuple[Head, str]:
    """The byline and dated labels at the top of `text` (its title already taken), and the rest.

    A bare date counts beside a byline only: alone, it may be the date of the event.
    """
    head, bare = Head(), None
    lines = text.lstrip().split("\n")
    taken = below = 0
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if taken == DEEPEST:
            break
        parts = _PARTS.split(line.strip().removeprefix("- "))
        days = [_day(part) for part in parts]
        if not all(day or _reads(part, Head()) for part, day in zip(parts, days, strict=True)):
            break
        for part in parts:
            _reads(part, head)
        bare = bare or next((day for day in days if day), None)
        if number + 1 == len(lines):  # nothing follows: it was the article
            return Head(), text
        taken += 1
        below = number + 1
    if not taken or (bare and not head.authors):
        return Head(), text
    head.published = head.published or bare
    return head, "\n".join(lines[below:]).lstrip("\n")


def _reads(part: str, head: Head) -> bool:
    """Whether `part` is a byline or a dated label; what it says goes into `head`."""
    if (match := _BYLINE.fullmatch(part)) and (authors := names(match[1])):
        if all(_is_name(author) for author in authors):
            head.authors = head.authors or authors
            return True
    elif (match := _PUBLISHED.fullmatch(part)) and (day := _day(match[1])):
        head.published = head.published or day
        return True
    elif (match := _MODIFIED.fullmatch(part)) and (day := _day(match[1])):
        head.modified = head.modified or day
        return True
    return False


def _is_name(text: str) -> bool:
    """Two to five capitalised words, none of them a month or a day of the week."""
    words = text.split()
    if not 2 <= len(words) <= 5 or any(word.lower() in _NO_NAMES for word in words):
        return False
    if not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    return all(
        _WORD.fullmatch(word) and (word[0].isupper() or word in _PARTICLES) for word in words
    )


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except PermanentError:
        return None
