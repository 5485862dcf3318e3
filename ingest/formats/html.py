"""Web pages: article text and metadata by trafilatura."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from ingest.errors import PermanentError
from ingest.formats.days import day_of
from ingest.parse import Parsed, ParsedArticle, names
from ingest.sources import Document


def parse_html(document: Document, text: str, fields: Mapping[str, str]) -> Parsed:
    """One article. `fields` is not used. Raises PermanentError for a page without an article."""
    import trafilatura
    from trafilatura.settings import Extractor

    # No wide search for a date: a copyright line or a date in the prose is not when the page was
    # published, and a wrong date is worse than none.
    dated: Any = {"extensive_search": False, "original_date": True}
    options = Extractor(
        output_format="python", comments=False, with_metadata=True, date_params=dated
    )
    page: Any = trafilatura.bare_extraction(text, options=options)
    if page is None or not page.text:
        raise PermanentError(f"{document.name}: no article found in the page")
    try:
        published = day_of(page.date)
    except PermanentError:
        published = None
    article = ParsedArticle(
        text="\n\n".join(page.text.splitlines()),
        title=page.title or PurePath(document.name).stem,
        origin=document.origin,
        source=page.sitename or page.hostname or "",
        url=page.url or "",
        authors=names(page.author) if page.author else (),
        published=published,
        language=page.language or "",
    )
    return Parsed([article])
