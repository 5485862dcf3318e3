"""JSONL: one article a line, with field names that can be set."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ingest.errors import PermanentError, UserError
from ingest.formats.article import Parsed, ParsedArticle
from ingest.formats.decode import decode
from ingest.formats.front import article_of
from ingest.sources import Document

FIELDS = (
    "id", "url", "title", "source", "published", "modified", "authors", "language", "text",
)  # fmt: skip
LONGEST_TITLE = 100
"""Characters of the text that stand in for a missing title."""


def parse_jsonl(document: Document, fields: Mapping[str, str]) -> Parsed:
    """The articles of all good lines; a bad line is a problem and does not lose the others.

    `fields` maps our names to the file's, as in {"text": "body"}. Raises UserError for a name
    that is not ours.
    """
    for name in fields:
        if name not in FIELDS:
            raise UserError(f"no field is called {name!r} (there are {', '.join(FIELDS)})")
    parsed = Parsed([])
    for number, line in enumerate(_lines(document), 1):
        if not line.strip():
            continue
        place = f"{document.name}:{number}"
        try:
            article, problems = _article(document, _record(line), fields, number)
        except PermanentError as error:
            parsed.problems.append(f"{place}: {error}")
        else:
            parsed.articles.append(article)
            parsed.problems.extend(
                f"{place}{problem.removeprefix(document.name)}" for problem in problems
            )
    return parsed


def _lines(document: Document) -> Iterator[bytes]:
    """Lines by line feed only: JSON strings may hold other separators."""
    data = document.data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(document).encode()
    yield from data.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode())
        if b"\\ud" in line.lower():  # half a surrogate pair cannot be stored
            record = json.loads(json.dumps(record, ensure_ascii=False).encode(errors="replace"))
    except UnicodeDecodeError:
        raise PermanentError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise PermanentError(f"not JSON: {error.msg}") from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, 10,000 brackets
        raise PermanentError("not JSON that can be read") from None
    if not isinstance(record, dict):
        raise PermanentError("not an object")
    return record


def _article(
    document: Document, record: dict[str, Any], fields: Mapping[str, str], line: int
) -> tuple[ParsedArticle, list[str]]:
    for ours, theirs in fields.items():
        if ours != theirs:
            record[ours] = record.pop(theirs, None)
    text, identity = record.pop("text", None), record.pop("id", None)
    if not isinstance(text, str) or not text.strip():
        raise PermanentError(f"no text in {fields.get('text', 'text')!r}")
    article, problems = article_of(document, record, text, _start(text))
    mark = f"line-{line}" if identity is None else identity
    return replace(article, origin=f"{document.origin}#{mark}"), problems


def _start(text: str) -> str:
    first = " ".join(text.strip().split("\n")[0].split())
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rpartition(" ")[0] + " …"
