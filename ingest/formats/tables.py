"""Tables, an article a row: CSV by the standard library, Parquet by pyarrow."""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.decode import decode
from ingest.formats.jsonl import article_of_record, check_fields, text_field
from ingest.formats.protocol import Format, Found, Reading

SAMPLE = 1 << 16
"""Bytes by which encoding and separator are told."""
BATCH = 64
"""Rows of a Parquet file in memory at a time."""


def read_csv(document: Document, reading: Reading) -> Found:
    """The articles of all rows; the first row names the columns."""
    check_fields(reading.fields)
    csv.field_size_limit(reading.limits.member)
    with reading.opened(document) as stream:
        sample = stream.peek(SAMPLE)[:SAMPLE]
        encoding = _encoding(document, sample)
        lines = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        separator = _separator(sample.decode(encoding, "replace").partition("\n")[0])
        rows = csv.reader(
            _bounded(lines, reading.limits.member, document.name), delimiter=separator
        )
        header = [cell.strip() for cell in _next(rows, document.name) or []]
        _check_columns(document, reading, header)
        number = 1
        while (row := _next(rows, document.name)) is not None:
            number += 1
            if row:
                record: dict[str, Any] = dict(zip(header, row, strict=False))
                yield from article_of_record(document, record, reading.fields, number)


def _next(rows: Iterator[list[str]], name: str) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise PermanentError(f"{name}: not a table that can be read ({error})") from None


def _bounded(lines: io.TextIOWrapper, longest: int, name: str) -> Iterator[str]:
    while line := lines.readline(longest):
        if len(line) >= longest:
            raise PermanentError(f"{name}: a line longer than {longest >> 20} MB")
        yield line


def _encoding(document: Document, sample: bytes) -> str:
    """That of the sample, whose last character may be cut."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for cut in range(4):
        try:
            sample[: len(sample) - cut].decode()
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=["cp1252", "cp1250", "cp1251"]).best()
    if best is None:
        decode(replace(document, data=sample, media="text"))  # raises the reason
        return "cp1252"
    return best.encoding


def _separator(header: str) -> str:
    return max(",;\t|", key=header.count)


def _check_columns(document: Document, reading: Reading, header: Sequence[str]) -> None:
    wanted = reading.fields.get("text", "text")
    if text_field(header, wanted) is None:
        there = ", ".join(header)[:200]
        raise PermanentError(f"{document.name}: no column is called {wanted!r} (there are {there})")


def read_parquet(document: Document, reading: Reading) -> Found:
    """The articles of all rows."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    import pyarrow
    from pyarrow import parquet

    check_fields(reading.fields)
    try:
        table = parquet.ParquetFile(document.path or reading.opened(document))
        _check_columns(document, reading, table.schema_arrow.names)
        number = 0
        for batch in table.iter_batches(BATCH, use_threads=False):
            if batch.nbytes > reading.limits.member * 4:
                raise PermanentError(f"{document.name}: rows larger than an article may be")
            for record in batch.to_pylist():
                number += 1
                yield from article_of_record(document, record, reading.fields, number)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:120]
        raise PermanentError(
            f"{document.name}: not a Parquet file that can be read ({reason})"
        ) from None


CSV = Format("csv", (".csv", ".tsv"), read_csv, streamed=True)
PARQUET = Format(
    "parquet",
    (".parquet",),
    read_parquet,
    lambda head: head[:4] == b"PAR1",
    streamed=True,
    seeks=True,
)
