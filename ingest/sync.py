"""Taking out what its files no longer hold."""

from collections.abc import Sequence
from pathlib import Path

from ingest.catalogue import Catalogue
from ingest.errors import UserError
from ingest.moves import is_gone


def gone(catalogue: Catalogue, roots: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Of the files and folders `roots`: the sources that are gone, and the ids of the articles that
    no source holds any more.

    Raises UserError when everything that a folder held is gone: more likely its disk is not there.
    """
    sources: list[str] = []
    articles: list[str] = []
    for root in roots:
        uri = root.resolve().as_uri()
        known = catalogue.sources_under(uri)
        missing = [origin for origin in known if is_gone(origin)]
        if missing and len(missing) == len(known):
            raise UserError(
                f"nothing is left at {root} of the {len(known)} files that the library has read "
                "there: is its disk in place? Nothing was removed; `byline library remove` takes "
                "out single articles"
            )
        sources += missing
        articles += catalogue.dropped_under(uri)
    leaving = set(sources)
    for origin in sources:
        for article_id in catalogue.claimed_by(origin):
            if leaving.issuperset(catalogue.claims_on(article_id)):
                articles.append(article_id)
    return sources, list(dict.fromkeys(articles))
