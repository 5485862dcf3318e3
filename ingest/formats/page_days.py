"""The days that a web page states for itself.

Only what says that it is the article's own date counts. htmldate, which trafilatura brings, also
takes a copyright year, a modification, a date in the headline or in the prose for the day of
publication; a wrong date is worse than none.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from ingest.errors import PermanentError
from ingest.formats.days import day_of

_PUBLISHED_META = frozenset(
    """article:published_time og:article:published_time article:published article.published
    article_date_original datepublished dc.date.issued dcterms.issued og:pubdate parsely-pub-date
    pub_date pubdate publish-date publish_date publication_date published published_at
    sailthru.date date.release""".split()
)
_MODIFIED_META = frozenset(
    """article:modified_time og:article:modified_time article:modified article.updated
    article_date_updated datemodified dcterms.modified dc.date.modified og:updated_time
    updated-date last-modified revision_date""".split()
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)([/-])(\d{1,2}|[a-z]{3})\2(\d{1,2})(?!\d)", re.I)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")


def stated_days(tree: Any, url: str) -> tuple[date | None, date | None]:
    """The days a parsed page (lxml) was published and modified, each None where it does not say.

    `url` is the page's own address, whose path may name the day.
    """
    published = _first([*_stated(tree, "datePublished", _PUBLISHED_META)])
    named = _url_day(url)
    # A path a day beside the stated moment is in the outlet's own zone, the moment in another.
    if named and (published is None or abs(named - published) == timedelta(days=1)):
        published = named
    published = published or _first([*_published_times(tree)])
    modified = _first([*_stated(tree, "dateModified", _MODIFIED_META)])
    if modified and published and modified < published:
        modified = None
    return published, modified


def _stated(tree: Any, name: str, metas: frozenset[str]) -> Iterator[str]:
    """Values of a schema.org property and of the meta elements that mean the same."""
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        try:
            linked = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _linked(linked, name)
    for meta in tree.xpath("//meta[@content]"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if key.lower() in metas:
            yield meta.get("content")
    for element in tree.xpath(f'//*[contains(concat(" ", @itemprop, " "), " {name} ")]'):
        yield element.get("datetime") or element.get("content") or element.text_content()


def _linked(node: Any, name: str) -> Iterator[str]:
    """Values of `name` on the articles of JSON-LD, wherever they are nested."""
    if isinstance(node, list):
        for item in node:
            yield from _linked(item, name)
    elif isinstance(node, dict):
        kinds = node.get("@type", "")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(_ARTICLE.search(str(kind)) for kind in kinds) and isinstance(node.get(name), str):
            yield node[name]
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _linked(node.get(key), name)


def _published_times(tree: Any) -> Iterator[str]:
    """`time` elements that are marked as the day of publication."""
    for element in tree.xpath("//time[not(ancestor::aside or ancestor::footer)]"):
        marked = element.get("pubdate") is not None
        if marked or re.search("publish|entry-date|posted", element.get("class") or ""):
            yield element.get("datetime") or element.text_content()


def _url_day(url: str) -> date | None:
    match = _URL_DAY.search(url)
    if not match:
        return None
    year, _, month, day = match.groups()
    return _day(f"{day} {month} {year}" if month.isalpha() else f"{year}-{month}-{day}")


def _first(values: list[str]) -> date | None:
    """The first value that is a day; in the outlet's own zone, where another value names the
    same moment in one."""
    readable = [value.strip() for value in values if _day(value)]
    if not readable:
        return None
    moment = _moment(readable[0])
    if moment and not moment.utcoffset():
        for other in filter(None, map(_moment, readable[1:])):
            if other.utcoffset() and abs(other - moment) < timedelta(minutes=1):
                return other.date()
    return _day(readable[0])


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _day(value: str) -> date | None:
    try:
        return day_of(value)
    except PermanentError:
        return None
