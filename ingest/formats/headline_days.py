"""The day that a page shows below its headline, in the outlet's own zone."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ingest.errors import PermanentError
from ingest.formats.days import day_of

DEEPEST = 40
"""Pieces of text below the headline that are looked at."""
PROSE = 25
"""Words of a piece from which it is the article's."""
LONGEST = 14
"""Words of a piece that tells the day."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|correct|edited|retriev|access", re.IGNORECASE)
_TELLS = re.compile(r"date|time|publi|posted|byline|author|meta|info", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:first )?(?:posted|published|publish date|date|on|at|by|–|-|\||·|•|,|:|[ap]\.?m\.?|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|\d{1,2}[:.]\d\d(?::\d\d)?|"
    r"[a-z]{2,4}t|utc|gmt)\.?",
    re.IGNORECASE,
)
_UNSEEN = frozenset("script style noscript nav aside footer button option".split())


def shown_days(tree: Any) -> Iterator[tuple[date, bool]]:
    """Days shown between the headline and the first paragraph, in order, each with whether its
    place or its words leave no doubt that it is the article's."""
    headlines = tree.xpath("//h1")
    if not headlines:
        return
    headline = max(headlines, key=lambda node: len(node.text_content()))
    for text in headline.xpath("following::text()[normalize-space()]")[:DEEPEST]:
        parent = text.getparent()
        if parent is None or parent.tag in _UNSEEN or _inside(parent):
            continue
        words = str(text).split()
        if len(words) >= PROSE:
            return
        found = _DAY.findall(str(text))
        marks = " ".join(filter(None, (parent.get("class"), parent.get("itemprop"))))
        if len(words) > LONGEST or len(found) != 1 or _CHANGED.search(f"{text} {marks}"):
            continue
        try:
            day = day_of(found[0])
        except PermanentError:
            continue
        if day is not None:
            rest = _AROUND.sub(" ", str(text).replace(found[0], " ")).strip()
            yield day, not rest or parent.tag == "time" or bool(_TELLS.search(marks))


def _inside(node: Any) -> bool:
    return any(
        parent.tag in ("aside", "footer", "nav", "noscript") for parent in node.iterancestors()
    )
