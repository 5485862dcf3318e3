"""2,000 malformed inputs: no crash, no hang, bounded memory, each one named with a reason.

`python -m benchmarks.malformed [--json] [--count 2000] [--seed 0]` makes them by mutating files of
every format and from a list of known bad ideas (bombs, NUL bytes, long lines, deep pages, odd
names; benchmarks/hostile.py has those of servers: redirect loops, cyclic feeds, bombs in gzip,
bytes that drip). Each goes into one library as `byline ingest` does it, with the real tokenizer,
the parsing process and both indexes; only the vectors are made (benchmarks/standin.py). What failed
must stand in the run's report and be what `byline library failures` tells.
"""

import argparse
import io
import json
import os
import random
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.hostile import hostile
from benchmarks.memory import Memory
from benchmarks.standin import StandIn
from eval.provenance import commit_of, machine
from ingest.embed import Embedder, OpenVINOEmbedder
from ingest.export import ensure_exported
from ingest.isolated import IsolatedParser
from ingest.library import Library
from ingest.models import DEFAULT_EMBEDDING_MODEL
from ingest.pipeline import Ingest
from ingest.sources import FileSource, Source
from tests import files

LONGEST = 30.0
"""Seconds that one input may take."""
NOTED = 10.0
"""Seconds from which an input is told at once."""
LARGEST = 1536
"""MB that Byline and the process it reads in may have together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    name: str
    kind: str
    seconds: float
    articles: int
    reasons: tuple[str, ...]
    crash: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether it gave an article, or a reason on one line."""
        told = all(reason and "\n" not in reason for reason in self.reasons)
        return not self.crash and told and bool(self.articles or self.reasons)


Mutation = Callable[[bytes, random.Random], bytes]


def _truncated(data: bytes, chosen: random.Random) -> bytes:
    return data[: chosen.randrange(1, max(2, len(data)))]


def _flipped(data: bytes, chosen: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chosen.randrange(1, 40)):
        changed[chosen.randrange(len(changed))] = chosen.randrange(256)
    return bytes(changed)


def _repeated(data: bytes, chosen: random.Random) -> bytes:
    start = chosen.randrange(len(data))
    end = min(len(data), start + chosen.randrange(1, 400))
    return data[:end] + data[start:end] * chosen.randrange(1, 2000) + data[end:]


def _nul(data: bytes, chosen: random.Random) -> bytes:
    place = chosen.randrange(len(data))
    return data[:place] + b"\0" * chosen.randrange(1, 5000) + data[place:]


def _cut_out(data: bytes, chosen: random.Random) -> bytes:
    start = chosen.randrange(len(data))
    return data[:start] + data[start + chosen.randrange(1, 500) :]


def _mixed(data: bytes, chosen: random.Random) -> bytes:
    tail = "Größe naïve Ελλάδα Москва 東京 \u202ereversed\u202c".encode(
        chosen.choice(["cp1252", "utf-16", "koi8_r", "shift_jis", "utf-8"]), "replace"
    )
    place = chosen.randrange(len(data))
    return data[:place] + tail + data[place:]


def _numbers(data: bytes, chosen: random.Random) -> bytes:
    """Lengths and offsets made absurd, as attackers do."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return _flipped(data, chosen)
    place = chosen.choice(digits)
    return data[:place] + b"9" * chosen.randrange(1, 12) + data[place + 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    _truncated, _flipped, _repeated, _nul, _cut_out, _mixed, _numbers,
)  # fmt: skip


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


def inputs(count: int, seed: int, scale: int = 1) -> Iterator[tuple[str, str, bytes]]:
    """`count` inputs: (file name, kind, bytes). The same for the same seed."""
    chosen = random.Random(seed)
    known = list(made(scale))[:count]
    for name, build in known:
        yield name, "made", build()
    whole = files.every_format()
    whole.update({"ice.jsonl": json.dumps({"text": files.TEXT}).encode()})
    names = sorted(whole)
    for number in range(count - len(known)):
        name = names[number % len(names)]
        mutation = MUTATIONS[(number // len(names)) % len(MUTATIONS)]
        yield f"{number}-{name}", mutation.__name__.strip("_"), mutation(whole[name], chosen)


@dataclass(slots=True)
class Desk:
    """A library that everything goes into."""

    library: Library
    embedder: Embedder
    parser: IsolatedParser

    def take(self, find: Callable[[], Sequence[Path | Source]], name: str, kind: str) -> Outcome:
        """Ingest one input: what `find` gives."""
        began = time.monotonic()
        articles, reasons, crash = 0, tuple[str, ...](), ""
        try:
            report = Ingest(self.library, self.embedder, parser=self.parser).run(find())
            articles = report.read
            reasons = tuple(failure.reason for failure in report.failed)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            crash = f"{type(error).__name__}: {error}"[:200]
        outcome = Outcome(name, kind, time.monotonic() - began, articles, reasons, crash)
        if outcome.seconds > NOTED or crash or not outcome.is_reported:
            print(f"{kind} {name[-40:]!r}: {outcome.seconds:.1f} s {crash}", file=sys.stderr)
        return outcome

    def untold(self, outcomes: Sequence[Outcome]) -> list[str]:
        """Inputs with a reason in the report that the library does not remember."""
        kept = Counter(failure.reason for failure in self.library.catalogue.failures())
        return [item.name for item in outcomes if any(not kept[reason] for reason in item.reasons)]


def measure(count: int, seed: int, scale: int = 1) -> dict[str, Any]:
    """Figures over `count` inputs."""
    outcomes: list[Outcome] = []
    memory = Memory()
    watching = threading.Thread(target=memory.watch, daemon=True)
    watching.start()
    real = OpenVINOEmbedder(DEFAULT_EMBEDDING_MODEL, ensure_exported(DEFAULT_EMBEDDING_MODEL))
    with (
        tempfile.TemporaryDirectory() as name,
        closing(IsolatedParser()) as parser,
        closing(
            Library.open(Path(name) / "library", f"stand-in for {real.name}", create=True)
        ) as library,
        hostile(scale) as served,
    ):
        desk = Desk(library, StandIn(real), parser)
        for address, find in served:
            outcomes.append(desk.take(find, address.partition("/")[2], "server"))
        known = inputs(count - len(outcomes), seed, scale)
        for number, (file, kind, data) in enumerate(known):
            path = Path(name) / str(number) / file
            path.parent.mkdir()
            path.write_bytes(data)
            del data
            outcomes.append(desk.take(partial(list, (path,)), FileSource(path).name, kind))
            path.unlink()
            if number % 100 == 99:
                print(f"{len(outcomes)} inputs, {memory.peak_mb} MB", file=sys.stderr)
        untold = desk.untold(outcomes)
        problems = library.verify()
        held = library.count()
    memory.end()
    watching.join()
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    return {
        "inputs": len(outcomes),
        "crashes": [f"{item.name}: {item.crash}" for item in outcomes if item.crash],
        "hangs": [item.name for item in outcomes if item.seconds > LONGEST],
        "unreported": [item.name for item in outcomes if not item.is_reported],
        "not_in_library_failures": untold,
        "read_all_the_same": sum(item.articles > 0 and not item.reasons for item in outcomes),
        "articles_held": held,
        "verify": problems,
        "slowest_s": round(slowest.seconds, 1),
        "slowest": slowest.name[-40:],
        "over_10_s": {
            item.name[-40:]: round(item.seconds, 1) for item in outcomes if item.seconds > NOTED
        },
        "peak_mb": memory.peak_mb,
        "kinds": dict(Counter(item.kind for item in outcomes)),
        "seed": seed,
        "scale": scale,
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }


def main() -> None:
    """`python -m benchmarks.malformed`; exit code 1 when anything crashed, hung or was not told."""
    parser = argparse.ArgumentParser(description="Malformed inputs, each to be reported by name.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", type=int, default=1, help="divide the large inputs' sizes")
    options = parser.parse_args()
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    figures = measure(options.count, options.seed, options.scale)
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        for key, value in figures.items():
            print(f"{key:18} {value}")
    faults = ("crashes", "hangs", "unreported", "not_in_library_failures", "verify")
    bad = any(figures[fault] for fault in faults)
    sys.exit(1 if bad or figures["peak_mb"] > LARGEST else 0)


if __name__ == "__main__":
    main()
