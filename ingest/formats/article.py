"""What every format's parser gives back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest.clean import normalise


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article as its source gives it; `ingest.parse.parse` returns its text clean."""

    text: str
    """Paragraphs separated by one blank line; the title is not repeated in it."""
    title: str
    origin: str
    source: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    modified: date | None = None
    language: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    """Where each field comes from: {"published": "meta article:published_time"}. `ingest.parse`
    files it under `extra` as `published_from`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a document that cannot be used, while the rest of it may be."""

    reason: str
    """One line that begins with the place: "wire.jsonl:12: not JSON"."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document held: its articles, and what of it could not be used."""

    articles: list[ParsedArticle]
    problems: list[str] = field(default_factory=list)
    """A line each, as in `Problem`."""

    def found(self) -> Iterator[ParsedArticle | Problem]:
        """The articles, then the problems."""
        yield from self.articles
        yield from map(Problem, self.problems)


def names(value: object) -> tuple[str, ...]:
    """Authors as a tuple, from a list or from text such as "By Ida Moe and Per Lund".

    A list may hold names or objects with a `name`.
    """
    if isinstance(value, str):
        text = re.sub(r"^by\s+", "", value.strip(), flags=re.IGNORECASE)
        value = re.split(r"\s+(?:and|&)\s+|\s*[,;]\s*", text)
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Sequence):
        return ()
    return tuple(name for item in value if (name := _name(item)))


def _name(item: object) -> str:
    if isinstance(item, Mapping):
        item = item.get("name", "")
    return plain(str(item))


def plain(value: str) -> str:
    """A value on one line, without characters that cannot be seen or stored."""
    return " ".join(normalise(value).split())


def web_address(value: str) -> str:
    """`value` when it is an http or https address, else empty: nothing else may become a link."""
    return value if re.match(r"https?://[^\s/?#]", value, re.IGNORECASE) else ""


def language_code(value: str) -> str:
    """The language of a tag such as "en-GB": "en"; empty for what is no tag."""
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_].*)?", value.strip().lower())
    return match[1] if match else ""
