"""Sitemaps: the addresses of a site's pages, or of more sitemaps."""

import re
from dataclasses import dataclass

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import web_address
from ingest.formats.protocol import Format, Found, Reading

MOST = 50_000
"""Addresses in one sitemap (sitemaps.org)."""
_SITEMAP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*)*(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:[a-z]+:)?(?:urlset|sitemapindex)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def locations(document: Document) -> Sitemap:
    """The addresses in a sitemap. Raises PermanentError for what is none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(document.data, parser)
    if root is None:
        raise PermanentError(f"{document.name}: not a sitemap that can be read")
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    for node in root.iter("{*}loc"):
        parent = node.getparent()
        kind = parent.tag.rpartition("}")[2] if parent is not None else ""
        address = web_address((node.text or "").strip())
        if address and kind in found and len(found[kind]) < MOST:
            found[kind].append(address)
    return Sitemap(tuple(dict.fromkeys(found["url"])), tuple(dict.fromkeys(found["sitemap"])))


def read_sitemap(document: Document, reading: Reading) -> Found:
    """Nothing: a sitemap's file holds no article. Raises PermanentError that says what to do."""
    raise PermanentError(f"{document.name}: a sitemap names pages only: ingest its address")
    yield  # a generator, as every format's reader


SITEMAP = Format("sitemap", (), read_sitemap, lambda head: bool(_SITEMAP.match(head)))
