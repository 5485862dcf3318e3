"""Article text without what a copied page leaves in it.

A paragraph goes only when it is, as a whole, a known leftover (`ingest/leftovers.txt`): a see-also
line, a rating widget, a reply form, a sharing or subscription prompt. Nothing is ever cut out of a
paragraph, so no real sentence is lost with them.
"""

import re
import unicodedata
from importlib.resources import files

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_BLANK = re.compile(r"\n[^\S\n]*\n+")
_SPACES = re.compile(r"[^\S\n]+")
WRAPPED = 60
"""A line at least this long that ends in the middle of a sentence was wrapped, not ended."""

_LEFTOVERS = tuple(
    re.compile(line, re.IGNORECASE)
    for line in files("ingest").joinpath("leftovers.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)


def clean(text: str, title: str = "") -> str:
    """`text` in NFC, its paragraphs separated by one blank line, leftovers of the page left out.

    The title is left out where the text begins with it and goes on. Applying `clean` again
    changes nothing.
    """
    paragraphs = [item for item in paragraphs_of(normalise(text)) if not is_leftover(item)]
    head = _folded(title)
    while head and len(paragraphs) > 1 and _folded(paragraphs[0]) == head:
        paragraphs.pop(0)
    return "\n\n".join(paragraphs)


def normalise(text: str) -> str:
    """NFC, line ends as `\\n`, odd spaces as spaces, invisible characters gone."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    unified = re.sub(r"[\u2028\u2029]", "\n", unified)
    visible = _INVISIBLE.sub("", unified)
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
    return any(pattern.fullmatch(paragraph) for pattern in _LEFTOVERS)


def _join_wrapped(lines: list[str]) -> list[str]:
    """Lines of one block: joined where the text was hard-wrapped, else a paragraph each."""
    joined: list[str] = []
    previous = ""
    for line in lines:
        wrapped = len(previous) >= WRAPPED and previous[-1] not in ".!?:”\"'’)*|"
        if joined and (wrapped or (len(previous) >= WRAPPED and line[0].islower())):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        previous = line
    return joined


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
