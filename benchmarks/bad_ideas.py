"""Known bad ideas in files, for `benchmarks.malformed`: bombs, endless lines, odd names.

Those of servers are in benchmarks/hostile.py.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests import files


def made(scale: int = 1) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Known bad ideas, by file name; `scale` divides the sizes of the large ones."""
    million = 1_000_000 // scale
    yield "line.txt", lambda: b"a" * 100 * million
    yield "words.txt", lambda: b"word " * 6 * million
    yield "spaces.txt", lambda: b" " * 30 * million + b"x"
    yield "lines.txt", lambda: b"x\n" * 10 * million
    yield "line.jsonl", lambda: b'{"text": "' + b"a" * 100 * million + b'"}'
    yield "bad.jsonl", lambda: b"{\n" * 3 * million
    yield "line.csv", lambda: b"text\n" + b"a" * 100 * million
    yield "quote.csv", lambda: b'text\n"' + b"a,b\n" * 10 * million
    yield "nul.txt", lambda: b"\0" * million
    yield "nul.html", lambda: b"\0".join([b"<p>It froze.</p>"] * 1000)
    yield "deep.html", lambda: b"<html><body>" + b"<div>" * (million // 2) + b"It froze."
    yield "deep-list.html", lambda: b"<ul><li>" * (million // 5)
    yield "attributes.html", lambda: b"<p " + b"a='b' " * million + b">It froze.</p>"
    yield "entities.html", lambda: b"<p>" + b"&#x" * million + b"</p>"
    yield "comment.html", lambda: b"<html>" + b"<!--" * million
    yield "table.html", lambda: b"<table>" + b"<tr><td>" * (million // 5)
    yield "tags.html", lambda: b"<p>" + b"<b>x</b>" * 3 * million
    yield "override.txt", lambda: "Ice\n\n\u202eIt froze\u202c \u2066on Friday\u2069.".encode()
    yield "brackets.md", lambda: b"[" * (million // 2)
    yield "quotes.md", lambda: b"> " * (million // 2) + b"x"
    yield "stars.md", lambda: b"*a **b " * (million // 5)
    yield "links.md", lambda: b"[a](b" * (million // 5)
    yield "front.md", lambda: b"---\na: &a [x]\nb: [*a, *a]\n---\nIt froze."
    yield "yaml.md", lambda: b"---\na: " + b"[" * 20_000 + b"\n---\nIt froze."
    yield "gzip.gz", lambda: _packed(b"\0" * million, 1000)
    yield "bomb.txt.gz", lambda: _packed(b"a" * million, 1000)
    yield "bomb.jsonl.gz", lambda: _packed(b"a" * million, 500, b'{"text": "')
    yield "bomb.zip", lambda: files.zipped({f"{n}.txt": b"a" * 40 * million for n in range(20)})
    yield "bomb.docx", lambda: files.zipped({"word/document.xml": b"<a>" * 70 * million})
    yield "nested.zip", lambda: _nested(12)
    yield "many.zip", lambda: _many(200_000 // scale)
    yield "bomb.tar.gz", lambda: files.tarred({"a.txt": b"a" * 300 * million}, "w:gz")
    yield "laughs.rss", lambda: _laughs("rss")
    yield "laughs.xml", lambda: _laughs("urlset")
    yield "laughs.epub", lambda: files.zipped({"META-INF/container.xml": _laughs("container")})
    yield "own.rss", lambda: files.rss([("file:own.rss", "Me", "x")] * 5000)
    yield "empty.pdf", lambda: files.pdf([[""]])
    yield "pages.pdf", lambda: files.pdf([["x"]] * (3000 // scale))
    yield "mail.eml", lambda: b"From: a@b.c\nSubject: " + b"=?utf-8?q?" * 100_000 + b"\n\nx"
    yield "parts.eml", lambda: _parts(5000 // scale)
    yield "line\nbreak\u202e.txt", lambda: b""
    yield "tab\tname.pdf", lambda: b"%PDF-1.4\n"
    yield "x" * 200 + ".html", lambda: b"<html></html>"


def _packed(part: bytes, times: int, head: bytes = b"") -> bytes:
    """A gzip bomb, made in little memory: what is measured is Byline's."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(head), *(packer.compress(part) for _ in range(times))]
    return b"".join([*parts, packer.flush()])


def _nested(depth: int) -> bytes:
    data = b"Ice\n\nIt froze."
    for number in range(depth):
        data = files.zipped({f"{number}.zip" if number else "x.txt": data})
    return data


def _many(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", b"")
    return buffer.getvalue()


def _laughs(root: str) -> bytes:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
    )
    return f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><{root}>&l11;</{root}>".encode()


def _parts(depth: int) -> bytes:
    head = b"From: a@b.c\nTo: d@e.f\nSubject: x\nMIME-Version: 1.0\n"
    for number in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number)
    return head + b"\nx"
