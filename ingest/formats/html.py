"""Web pages: article text and metadata by trafilatura, dates by what the page states."""

import re
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from ingest.clean import normalise, paragraphs_of
from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import ParsedArticle, language_code, names, web_address
from ingest.formats.decode import decode
from ingest.formats.page_days import stated_days
from ingest.formats.page_meta import Statements, statements
from ingest.formats.protocol import Format, Found, Reading
from ingest.formats.text import headed, split_title
from ingest.formats.walls import shell_of, wall_of

PROSE = 6
"""Words beside a date from which its paragraph is prose rather than a byline."""
_CARD = re.compile(
    r"\b(?:rollover|popover|tooltip|hover-?card)[\w-]*(?:block|content|body|text)\b", re.I
)
"""Cards that open over a word, and stand inside its sentence."""
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head)[\s>]",
    re.I | re.S,
)


def read_html(document: Document, reading: Reading) -> Found:
    """One article. Raises PermanentError for a page without an article."""
    import trafilatura

    text = _parsable(decode(document))
    tree: Any = trafilatura.load_html(text)
    if tree is None:  # a fragment of a page
        tree = trafilatura.load_html(f"<html><body>{text}</body></html>")
    if tree is None:
        raise PermanentError(f"{document.name}: no article found in the page")
    keep_words(tree)
    page: Any = trafilatura.extract_metadata(
        tree, date_config={"extensive_search": False, "original_date": True}
    )
    stated = statements(tree)
    body = page_text(tree)
    if not body:
        reason = shell_of(tree, page.title or "") or "no article found in the page"
        raise PermanentError(f"{document.name}: {reason}")
    if reason := wall_of(tree, page.title or "", body, stated):
        raise PermanentError(f"{document.name}: {reason}")
    yield _article(document, tree, page, body, stated)


def _article(
    document: Document, tree: Any, page: Any, body: str, stated: Statements
) -> ParsedArticle:
    own = _own_address(page.url or "")
    url = own or web_address(document.url or document.origin)
    days = stated_days(tree, url)
    title, body = (page.title, body) if page.title else split_title(body)
    language, spoken = stated.first("language")
    outlet = page.sitename or page.hostname or ""
    places = {
        "title": stated.place_of("title", title) if page.title else "text",
        "source": stated.place_of("source", outlet) if page.sitename else "address",
        "url": stated.place_of("url", own) if own else "address",
        "authors": stated.place_of("authors", page.author or ""),
        "published": days.published_from,
        "modified": days.modified_from,
        "language": spoken,
    }
    article = ParsedArticle(
        text=body,
        title=title or PurePath(document.name).stem,
        origin=document.origin,
        source=outlet,
        url=url,
        authors=names(page.author) if page.author else (),
        published=days.published,
        modified=days.modified,
        language=language_code(language),
        places=places,
    )
    return headed(article)


def page_text(tree: Any) -> str:
    """The text of the article in a parsed page, paragraphs separated by a blank line; empty when
    there is none. Comments of readers are not part of it."""
    import trafilatura

    page: Any = trafilatura.bare_extraction(tree, include_comments=False)
    text = page.text if page is not None else ""
    # Pages of a sentence or two are below trafilatura's least size.
    text = text or "\n".join(
        " ".join(element.text_content().split()) for element in tree.xpath("//body//p")
    )
    return "\n\n".join(line for line in text.splitlines() if line.strip())


def keep_words(tree: Any) -> None:
    """Keep in a parsed page what trafilatura would lose: dates marked up inside prose, the
    paragraphs of preformatted text, and sentences that hidden cards would break."""
    for element in tree.xpath("//time"):
        around = element.getparent().text_content().split()
        if len(around) - len(element.text_content().split()) >= PROSE:
            element.drop_tag()
    for element in tree.xpath("//*[@class]"):
        if _CARD.search(element.get("class")) and element.getparent() is not None:
            element.drop_tree()
    for element in tree.xpath("//pre[not(.//code)]"):
        paragraphs = paragraphs_of(normalise(element.text_content()))
        for child in list(element):
            element.remove(child)
        element.tag, element.text = "div", None
        for paragraph in paragraphs:
            part = element.makeelement("p")
            part.text = paragraph
            element.append(part)


def _parsable(text: str) -> str:
    """A page without what lxml refuses: an encoding for what is decoded, control characters."""

    def shown(match: re.Match[str]) -> str:
        number = int(match[1][1:], 16) if match[1][0] in "xX" else int(match[1])
        return match[0] if number >= 32 else " "

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
    return re.sub(r"&#(x[0-9a-f]{1,8}|\d{1,8});?", shown, text, flags=re.IGNORECASE)


def _own_address(url: str) -> str:
    """`url` unless it is that of a whole site, as careless pages state it: articles that shared
    it would replace each other."""
    parts = urlsplit(url)
    return web_address(url) if parts.path.strip("/") or parts.query else ""


def begins(head: bytes) -> bool:
    """Whether bytes begin a page, whatever its file is called."""
    return bool(_PAGE.match(head))


HTML = Format("html", (".html", ".htm", ".xhtml"), read_html, begins)
