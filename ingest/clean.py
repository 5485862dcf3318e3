"""Article text without what a copied page leaves in it.

A paragraph goes only when it is, as a whole, a known leftover (`ingest/leftovers.txt`): a see-also
line, a rating widget, a reply form, a sharing or subscription prompt. Nothing is ever cut out of a
paragraph, so no real sentence is lost with them.
"""

import re
import unicodedata
from importlib.resources import files
from itertools import pairwise

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINERS = re.compile("(?<![\u0590-\u1fff\u2190-\U0010ffff])[\u200c\u200d]+")
"""Zero-width joiners, but for those that Persian, Hindi or an emoji is spelled with."""
_LINE_ENDS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_BLANK = re.compile(r"\n[^\S\n]*\n+")
_SPACES = re.compile(r"[^\S\n]+")
WRAPPED = 60
"""A line at least this long that ends in the middle of a sentence was wrapped, not ended."""
SHORTEST_WRAPPED = 30
"""The same for a line whose next one goes on in lower case."""
WIDEST_WRAPPED = 100
"""Lines of a hard-wrapped file are no longer than this."""
_SENTENCE_ENDS = ".!?:;”\"'’)*|"


def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    text = files("ingest").joinpath("leftovers.txt").read_text("utf-8")
    lines = text.partition(f"\n[{section}]\n")[2].partition("\n[")[0].splitlines()
    return tuple(
        re.compile(line, re.IGNORECASE) for line in lines if line and not line.startswith("#")
    )


_ANYWHERE = _patterns("anywhere")
_BELOW = _patterns("below another")


def clean(text: str, title: str = "") -> str:
    """`text` in NFC, its paragraphs separated by one blank line, leftovers of the page left out.

    The title is left out where the text begins with it and goes on. Applying `clean` again
    changes nothing.
    """
    paragraphs = _without_leftovers(paragraphs_of(normalise(text)))
    head = _folded(title)
    while head and len(paragraphs) > 1 and _folded(paragraphs[0]) == head:
        paragraphs.pop(0)
    return "\n\n".join(paragraphs)


def normalise(text: str) -> str:
    """NFC, line ends as `\\n`, odd spaces as spaces, invisible characters gone."""
    visible = _JOINERS.sub("", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible))


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs: blocks between blank lines, with hard-wrapped lines joined."""
    found = []
    for block in _BLANK.split(text.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        found.extend(_join_wrapped(lines))
    return found


def is_leftover(paragraph: str) -> bool:
    """Whether a whole paragraph is a known leftover of a web page."""
    return _matches(_ANYWHERE, paragraph)


def _matches(patterns: tuple[re.Pattern[str], ...], paragraph: str) -> bool:
    """Widgets begin with a capital: what begins in lower case is the end of a sentence."""
    plain = paragraph.replace("’", "'")
    return not plain[0].islower() and any(pattern.fullmatch(plain) for pattern in patterns)


def _without_leftovers(paragraphs: list[str]) -> list[str]:
    """Paragraphs but for leftovers, and for the words of forms and menus right below those."""
    kept, below = [], False
    for paragraph in paragraphs:
        below = is_leftover(paragraph) or (below and _matches(_BELOW, paragraph))
        if not below:
            kept.append(paragraph)
    return kept


def _join_wrapped(lines: list[str]) -> list[str]:
    """Lines of one block: joined where the text was hard-wrapped, else a paragraph each."""
    if _fills_its_width(lines):
        return [" ".join(lines)]
    paragraphs: list[list[str]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [" ".join(part) for part in paragraphs]


def _fills_its_width(lines: list[str]) -> bool:
    """Whether no line could have taken the first word of the next, as in a wrapped paragraph."""
    width = max(map(len, lines), default=0)
    if len(lines) < 3 or not WRAPPED <= width <= WIDEST_WRAPPED or any(map(is_leftover, lines)):
        return False
    return all(len(line) + 1 + len(below.split()[0]) > width for line, below in pairwise(lines))


def _goes_on(line: str, below: str) -> bool:
    """Whether a sentence runs from a line into the one below."""
    if line[-1] in _SENTENCE_ENDS:
        return len(line) >= WRAPPED and below[0].islower()
    if below[0].islower():
        return len(line) >= SHORTEST_WRAPPED
    return len(line) >= WRAPPED and not is_leftover(line) and not is_leftover(below)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
