"""Markdown: YAML front matter, then prose without its mark-up."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ingest.document import Document
from ingest.formats.decode import decode
from ingest.formats.front import split_front
from ingest.formats.protocol import Format, Found, Reading
from ingest.formats.text import article_under, is_title

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def read_markdown(document: Document, reading: Reading) -> Found:
    """One article. Its title, without one in the front matter, is the first top-level heading,
    or a heading that it begins with."""
    meta, body = split_front(document, decode(document))
    blocks = list(_blocks(body))
    heading = next((text for tag, text in blocks if tag == "h1"), "")
    if not heading and blocks and blocks[0][0] in _HEADINGS and is_title(blocks[0][1]):
        heading = blocks[0][1]
    prose = "\n\n".join(text for _, text in blocks)
    yield from article_under(document, meta, prose, heading).found()


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    """Each block of prose with the tag it stands in: h1, p, li, tr, code ..."""
    from markdown_it import MarkdownIt

    tag, cells = "", list[str]()
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        if token.type == "tr_close":
            yield "tr", "; ".join(cells)
            cells = []
        elif token.nesting == 1:
            tag = token.tag
        elif token.type == "inline" and tag in ("td", "th"):
            cells.append(_inline(token.children or ()).strip())
        elif text := _text_of(token):
            yield tag, text


def _text_of(token: "Token") -> str:
    if token.type == "inline":
        return _inline(token.children or ()).strip()
    if token.type in ("fence", "code_block"):
        return token.content.strip("\n")
    if token.type == "html_block":
        return _html_text(token.content)
    return ""


def _inline(tokens: Sequence["Token"]) -> str:
    """Text of inline tokens: link texts stay, addresses, images and raw HTML go."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
            parts.append(" ")
    return "".join(parts)


def _html_text(html: str) -> str:
    from trafilatura import load_html

    tree: Any = load_html(f"<html><body><div>{html}</div></body></html>")
    if tree is None:
        return ""
    shown = tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(shown).split())


MARKDOWN = Format("markdown", (".md", ".markdown"), read_markdown)
