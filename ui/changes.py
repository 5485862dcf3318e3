"""What has changed between two texts of an article, word by word."""

import difflib
import re
from collections.abc import Iterator

from ui.render import text_html

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_GAP = re.compile(r"\n{2,}")


def changes_html(before: str, after: str) -> str:
    """The paragraphs of `after`, with what is new in `<ins>` and what has gone in `<del>`."""
    old, new = _GAP.split(before), _GAP.split(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    rows: list[str] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            rows += [f"<p>{text_html(paragraph)}</p>" for paragraph in new[c:d]]
        else:
            rows += _paragraphs(old[a:b], new[c:d])
    return "".join(rows)


def _paragraphs(old: list[str], new: list[str]) -> Iterator[str]:
    """Paragraphs that stand in the same place are compared word by word; the rest came or went."""
    paired = min(len(old), len(new))
    for before, after in zip(old, new, strict=False):
        yield f"<p>{''.join(_words(before, after))}</p>"
    yield from (f"<p><del>{text_html(gone)}</del></p>" for gone in old[paired:])
    yield from (f"<p><ins>{text_html(come)}</ins></p>" for come in new[paired:])


def _words(before: str, after: str) -> Iterator[str]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        gone, come = text_html("".join(old[a:b])), text_html("".join(new[c:d]))
        if operation == "equal":
            yield come
            continue
        yield f"<del>{gone}</del>" if gone else ""
        yield f"<ins>{come}</ins>" if come else ""
