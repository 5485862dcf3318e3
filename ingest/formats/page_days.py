"""The days that a web page states for itself.

Only what says that it is the article's own date counts. htmldate, which trafilatura brings, also
takes a copyright year, a modification, a date in the headline or in the prose for the day of
publication; a wrong date is worse than none.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import PermanentError
from ingest.formats.days import day_of
from ingest.formats.headline_days import shown_days
from ingest.formats.page_meta import Stated, linked_articles

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
_URL_END = re.compile(r"-((?:19|20)\d{6})/?$")


@dataclass(frozen=True, slots=True)
class Days:
    """The days a page was published and modified, each with where the page says so."""

    published: date | None = None
    modified: date | None = None
    published_from: str = ""
    modified_from: str = ""


def stated_days(tree: Any, url: str, today: date | None = None) -> Days:
    """The days a parsed page (lxml) was published and modified, each None where it does not say.

    `url` is the page's own address, whose path may name the day. A day after `today` (and one
    more, for the zones) is that of an event or a mistake, and counts for nothing.
    """
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    published, place = _first([*_stated(tree, "datePublished", _PUBLISHED_META)], latest)
    named = _url_day(url)
    # A path a day beside the stated moment is in the outlet's own zone, the moment in another.
    if named and (published is None or abs(named - published) == timedelta(days=1)):
        published, place = named, "address"
    if published is None:
        published, place = _first([*_published_times(tree)], latest)
    for shown, certain in shown_days(tree):
        # A day beside the stated one is that of the outlet's own zone.
        if (published is None and certain and shown <= latest) or (
            published is not None and abs(shown - published) == timedelta(days=1)
        ):
            published, place = shown, "below the headline"
        break
    modified, changed = _first([*_stated(tree, "dateModified", _MODIFIED_META)], latest)
    if modified and published and modified < published:
        modified, changed = None, ""
    return Days(published, modified, place, changed)


def _stated(tree: Any, name: str, metas: frozenset[str]) -> Iterator[Stated]:
    """Values of a schema.org property and of the meta elements that mean the same."""
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        try:
            linked = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in linked_articles(linked):
            if isinstance(node.get(name), str):
                yield node[name], f"JSON-LD {name}"
    for meta in tree.xpath("//meta[@content]"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if key.lower() in metas:
            yield meta.get("content"), f"meta {key.lower()}"
    for element in tree.xpath(f'//*[contains(concat(" ", @itemprop, " "), " {name} ")]'):
        value = element.get("datetime") or element.get("content") or element.text_content()
        yield value, f"itemprop {name}"


def _published_times(tree: Any) -> Iterator[Stated]:
    """`time` elements that are marked as the day of publication."""
    for element in tree.xpath("//time[not(ancestor::aside or ancestor::footer)]"):
        marked = element.get("pubdate") is not None
        if marked or re.search("publish|entry-date|posted", element.get("class") or ""):
            yield element.get("datetime") or element.text_content(), "time element"


def _url_day(url: str) -> date | None:
    match = _URL_DAY.search(url)
    if not match:
        ending = _URL_END.search(urlsplit(url).path)
        return _day(ending[1]) if ending else None
    year, _, month, day = match.groups()
    return _day(f"{day} {month} {year}" if month.isalpha() else f"{year}-{month}-{day}")


def _first(values: list[Stated], latest: date) -> tuple[date | None, str]:
    """The first value that is a day until `latest`, and its place; in the outlet's own zone,
    where another value names the same moment in one."""
    readable = [
        (value.strip(), place)
        for value, place in values
        if (day := _day(value)) is not None and day <= latest
    ]
    if not readable:
        return None, ""
    first, place = readable[0]
    moment = _moment(first)
    if moment and not moment.utcoffset():
        for value, elsewhere in readable[1:]:
            other = _moment(value)
            if other and other.utcoffset() and abs(other - moment) < timedelta(minutes=1):
                return other.date(), elsewhere
    return _day(first), place


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
