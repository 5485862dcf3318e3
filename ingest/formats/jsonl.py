"""JSONL: one article a line, with field names that can be set."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError, UserError
from ingest.formats.article import ParsedArticle, Problem
from ingest.formats.front import article_of
from ingest.formats.protocol import Format, Found, Reading

FIELDS = (
    "id", "url", "title", "source", "published", "modified", "authors", "language", "text",
)  # fmt: skip
TEXT_ALIASES = ("body", "content", "article", "article_text", "articleBody", "maintext")
"""What others call the text."""
LONGEST_TITLE = 100
"""Characters of the text that stand in for a missing title."""


def read_jsonl(document: Document, reading: Reading) -> Found:
    """The articles of all good lines; a bad line is a problem and does not lose the others.

    `reading.fields` maps our names to the file's, as in {"text": "body"}. Raises UserError for a
    name that is not ours.
    """
    check_fields(reading.fields)
    for number, line in enumerate(_lines(document, reading.limits.member), 1):
        place = f"{document.name}:{number}"
        if line is None:
            yield Problem(f"{place}: longer than {reading.limits.member >> 20} MB")
        elif line.strip():
            try:
                record = _record(line)
            except PermanentError as error:
                yield Problem(f"{place}: {error}")
            else:
                yield from article_of_record(document, record, reading.fields, number)


def check_fields(fields: Mapping[str, str]) -> None:
    """Raises UserError when one of the names that should be ours is not."""
    for name in fields:
        if name not in FIELDS:
            raise UserError(f"no field is called {name!r} (there are {', '.join(FIELDS)})")


def article_of_record(
    document: Document, record: dict[str, Any], fields: Mapping[str, str], number: int
) -> Found:
    """The article in a record (a line of JSON, a row of a table), and its problems."""
    place = f"{document.name}:{number}"
    try:
        article, problems = _article(document, record, fields, number)
    except PermanentError as error:
        yield Problem(f"{place}: {error}")
    else:
        yield article
        for problem in problems:
            yield Problem(f"{place}{problem.removeprefix(document.name)}")


def _lines(document: Document, longest: int) -> Iterator[bytes | None]:
    """Lines by line feed only, as JSON strings may hold other separators; None for one that is
    longer than `longest` bytes."""
    with document.opened() as stream:
        start = stream.peek(3)[:3]
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            wide = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")
            for wide_line in iter(lambda: wide.readline(longest), ""):
                yield wide_line.encode(errors="replace")
            return
        if start == b"\xef\xbb\xbf":
            stream.read(3)
        begins = True
        while line := stream.readline(longest):
            ends = line.endswith(b"\n") or len(line) < longest
            if begins:
                yield line if ends else None
            begins = ends


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
    named = text_field(record, "text")
    text, identity = record.pop(named, None) if named else None, record.pop("id", None)
    if not isinstance(text, str) or not text.strip():
        raise PermanentError(f"no text in {fields.get('text', 'text')!r}")
    article, problems = article_of(document, record, text, _start(text))
    mark = f"line-{line}" if identity is None else identity
    return replace(article, origin=f"{document.origin}#{mark}"), problems


def text_field(names: Iterable[str], wanted: str) -> str | None:
    """The name of the field that holds an article's text; None when there is none."""
    known = list(names)
    tried = (wanted, *TEXT_ALIASES) if wanted == "text" else (wanted,)
    return next((name for name in tried if name in known), None)


def _start(text: str) -> str:
    first = " ".join(text.strip().split("\n")[0].split())
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rpartition(" ")[0] + " …"


JSONL = Format("jsonl", (".jsonl", ".ndjson"), read_jsonl, streamed=True)
