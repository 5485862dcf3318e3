"""Words that a text puts between quotation marks, and whether a source has them."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two quotation marks: `source[start:end] == text`, marks left out."""

    start: int
    end: int
    text: str


_QUOTATION = re.compile(
    r"“([^“”\n]*)(?:”|$|(?=\n))"
    r"|«([^«»\n]*)»"
    r"|„([^„“”\n]*)[“”]"
    r"|(?<!\w)\"(?=\S)([^\"\n]*)(?:\"|$|(?=\n))"
    # Single marks: nothing of a word before the opening one or after the closing one, so that the
    # apostrophes of "don't" are none; nor of "the ministers' car", where no mark has opened.
    r"|(?<![\w'’])['‘](?=\S)((?:[^'’‘\n]|(?<=\w)['’](?=\w)|(?<=s)['’](?=\s[^'’‘\n]*\w[,.!?]?['’](?!\w)))+)"
    r"(?<=\S)['’](?!\w)"
)
_UNOPENED = re.compile(r"[^“”„«\n]*(?=”)")
_GAP = re.compile(r"\.\.\.|…|\[[^\]\n]*\]|\(\s*\.\.\.\s*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def find_quotations(text: str) -> list[Quotation]:
    """The quotations in `text`, in order; of nested ones the outer.

    A quotation that a sentence opens and does not close (or closes and did not open, with a curly
    mark) runs to the sentence's end (or from its start).
    """
    found = []
    first = 0
    opened = _UNOPENED.match(text)
    if opened and opened.group().strip():
        found.append(Quotation(0, opened.end(), opened.group()))
        first = opened.end() + 1
    for match in _QUOTATION.finditer(text, first):
        group = match.lastindex
        if group and _WORD.search(match[group]):
            found.append(Quotation(*match.span(group), match[group]))
    return found


def quotation_stands_in(quotation: str, text: str) -> bool:
    """Whether `text` has the words of `quotation`, one after the other.

    White space, punctuation, the style of quotation marks and the case of letters do not count.
    An ellipsis or words in square brackets stand for words left out or changed: the parts around
    them must stand in order.
    """
    words = f" {' '.join(_words(text))} "
    place = 0
    for part in _GAP.split(quotation):
        wanted = " ".join(_words(part))
        if not wanted:
            continue
        found = words.find(f" {wanted} ", place)
        if found < 0:
            return False
        place = found + len(wanted) + 1
    return True


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return _WORD.findall(folded)
