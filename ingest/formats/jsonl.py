"""JSONL: one article a line, with field names that can be set."""

import json
from collections.abc import Mapping
from typing import Any

from ingest.errors import PermanentError
from ingest.formats.days import day_of
from ingest.parse import Parsed, ParsedArticle, names
from ingest.sources import Document

FIELDS = ("id", "url", "title", "source", "published", "authors", "text")


def parse_jsonl(document: Document, text: str, fields: Mapping[str, str]) -> Parsed:
    """The articles of all good lines; a bad line is a problem and does not lose the others."""
    parsed = Parsed([])
    keys = {name: fields.get(name, name) for name in FIELDS}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{document.name}:{number}"
        try:
            parsed.articles.append(_article(document, json.loads(line), keys, number))
        except json.JSONDecodeError as error:
            parsed.problems.append(f"{place}: not JSON: {error.msg}")
        except PermanentError as error:
            parsed.problems.append(f"{place}: {error}")
    return parsed


def _article(document: Document, record: Any, keys: Mapping[str, str], line: int) -> ParsedArticle:
    if not isinstance(record, dict):
        raise PermanentError("not an object")
    text = record.get(keys["text"])
    if not isinstance(text, str) or not text.strip():
        raise PermanentError(f"no text in {keys['text']!r}")
    identity = record.get(keys["id"])
    known = set(keys.values())
    return ParsedArticle(
        text=text,
        title=_text(record.get(keys["title"])) or text.split("\n")[0][:100],
        origin=f"{document.origin}#{f'line-{line}' if identity is None else identity}",
        source=_text(record.get(keys["source"])),
        url=_text(record.get(keys["url"])),
        authors=names(record.get(keys["authors"]) or ()),
        published=day_of(record.get(keys["published"])),
        extra={k: str(v) for k, v in record.items() if k not in known and v is not None},
    )


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
