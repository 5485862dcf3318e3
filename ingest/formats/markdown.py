"""Markdown: YAML front matter, then prose without its mark-up."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from ingest.formats.front import article_of, split_front
from ingest.parse import Parsed
from ingest.sources import Document

if TYPE_CHECKING:
    from markdown_it.token import Token


def parse_markdown(document: Document, text: str, fields: Mapping[str, str]) -> Parsed:
    """One article. `fields` is not used."""
    meta, body = split_front(document, text)
    blocks = list(_blocks(body))
    heading = next((text for tag, text in blocks if tag == "h1"), "")
    prose = "\n\n".join(text for _, text in blocks)
    fallback = heading or PurePath(document.name).stem
    article, problems = article_of(document, meta, prose, fallback)
    return Parsed([article], problems)


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    """Each block of prose with the tag it stands in: h1, p, li, td ..."""
    from markdown_it import MarkdownIt

    tag = ""
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        if token.nesting == 1:
            tag = token.tag
        elif token.type == "inline" and (text := _inline(token.children or ()).strip()):
            yield tag, text


def _inline(tokens: Sequence["Token"]) -> str:
    """Text of inline tokens: link texts stay, addresses, images and raw HTML go."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
