"""The paragraphs of marked-up text that holds nothing but its article: chapters, mails, entries."""

from collections.abc import Iterator
from typing import Any

from ingest.errors import PermanentError

_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table
    tbody tfoot thead title tr ul""".split()
)
_UNSEEN = frozenset("script style head template noscript svg math iframe object title".split())


def parsed_markup(text: str, name: str) -> Any:
    """The root element of HTML or XHTML, however broken. Raises PermanentError for none."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise PermanentError(f"{name}: no text in it") from None
    return tree


def paragraphs(tree: Any) -> Iterator[tuple[str, str]]:
    """Each run of text between the borders of blocks, with the block's tag, in reading order.

    Walks without recursion, so that no depth of nesting matters.
    """
    from lxml.etree import iterwalk

    tag, parts = "", list[str]()

    def taken() -> str:
        text = " ".join("".join(parts).split())
        parts.clear()
        return text

    unseen = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unseen += name in _UNSEEN
        if name in _BLOCKS and not unseen:
            if text := taken():
                yield tag, text
            tag = name if event == "start" else ""
        if name in ("td", "th") and event == "end":
            parts.append(" ")
        if event == "start" and not unseen:
            parts.append(element.text or "")
        elif event == "end":
            unseen -= name in _UNSEEN
            if not unseen and element is not tree:
                parts.append(element.tail or "")
    if text := taken():
        yield tag, text
