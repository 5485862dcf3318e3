"""Kills an ingest at sixty points and looks whether anything was lost.

`python -m benchmarks.crash [--json] [--points N] [--inside N]`: a library that holds sixty articles
takes in 300, of which sixty have changed. Twelve times the process kills itself inside a write, at
each of its steps; the other times it is killed from outside (SIGKILL), spread over the run. After
every kill the library must open, `verify` must pass (or pass after `repair`), whatever is found
must be an article's committed text, and the next run must end in the very state of an undisturbed
one: articles, versions, passages, copies, sources, vectors and words.

Vectors are those of hashed words, which costs no time; what is killed is the same.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from eval.provenance import commit_of, machine
from ingest.catalogue import Catalogue
from ingest.copies import Copies
from ingest.errors import UserError
from ingest.lexical import LexicalIndex
from ingest.library import CATALOGUE, Library
from ingest.pipeline import Ingest
from ingest.progress import Progress
from ingest.vectors import VectorStore
from rag.retrieve import HybridRetriever
from tests.fakes import WordEmbedder

PROCESSES = multiprocessing.get_context("forkserver")
"""Each process that is killed begins with everything imported and nothing opened."""
PRELOADED = ("chromadb", "datasketch", "eval.provenance", "rag.retrieve", "tests.fakes")
ARTICLES = 300
HELD = 60
LAST = 0.96
"""Of the way, the last kill from outside: later, the run may end before it is killed."""
BATCH = 96
"""Passages a write."""
STEPS = (
    "noted as pending", "half of the vectors", "vectors written", "words added", "words committed",
    "inside the transaction", "copies not yet told", "catalogue committed", "old vectors deleted",
    "old words deleted", "all but the note", "note cleared",
)  # fmt: skip
STATE = {
    "articles": "id, build, title, url, version, duplicate_of, origin, text, words, seen",
    "versions": "article_id, version, title, text",
    "passages": "id, article_id, ordinal, start, end",
    "sources": "origin, digest, content",
    "claims": "article_id, origin",
    "texts": "words, leader",
    "bands": "band, words",
    "pending": "passage_id",
    "failures": "origin, reason",
}
QUESTIONS = ("puffins on the island", "the tram to the harbour", "article 7 changed")


def write_articles(folder: Path, first: bool) -> None:
    """The files: `first` is the state before, with sixty of them in an older text."""
    folder.mkdir(exist_ok=True)
    for number in range(ARTICLES):
        old = number % (ARTICLES // HELD) == 0
        if first and not old:
            continue
        word = "puffins" if number % 2 else "trams"
        told = f"Article {number} tells of {word} at harbour {number % 7} in week {number}. "
        shared = "The council met on Monday and said that nothing had been decided yet. "
        text = told * 12 + (shared * 6 if number % 3 == 0 else "")
        text += "This was the first report. " if first else "Changed since. " if old else ""
        (folder / f"{number:03d}.txt").write_text(f"Title {number}\n\n{text}")


def ingest(library: Library, folder: Path, listener: Callable[[Progress], None]) -> None:
    """One run, with small batches so that there are many writes."""
    Ingest(library, WordEmbedder(), batch=BATCH).run([folder], listener=listener)


def child(folder: Path, articles: Path, step: str, write: int, told: Connection) -> None:
    """The process that is killed: by itself at `step` of the `write`-th write, or from outside."""
    library = Library.open(folder, "words")
    if step:
        _die_at(step, write)
    ingest(library, articles, lambda heard: told.send(heard.files + heard.passages))
    library.close()


def _die_at(step: str, write: int) -> None:
    """Put the kill into the one method that has this step."""
    calls: Counter[str] = Counter()

    def kill(name: str) -> None:
        calls[name] += 1
        if calls[name] >= write:
            os.kill(os.getpid(), signal.SIGKILL)

    def patch(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        setattr(owner, name, make(getattr(owner, name)))

    def after(then: Callable[..., bool] = lambda *args: True) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def wrapped(*args: Any, **named: Any) -> Any:
                result = original(*args, **named)
                if then(*args):
                    kill(step)
                return result

            return wrapped

        return make

    def half(original: Any) -> Any:
        def wrapped(self: Any, passages: Any, vectors: Any) -> None:
            middle = len(passages) // 2
            original(self, passages[:middle], vectors[:middle])
            kill(step)
            original(self, passages[middle:], vectors[middle:])

        return wrapped

    def before(original: Any) -> Any:
        def wrapped(*args: Any, **named: Any) -> Any:
            kill(step)
            return original(*args, **named)

        return wrapped

    kept: list[object] = []

    def some(self: Any, ids: Any) -> bool:
        kept[:] = list(ids)
        return bool(kept)

    import ingest.catalogue

    where: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
        "noted as pending": (Catalogue, "set_pending", after(some)),
        "half of the vectors": (VectorStore, "upsert", half),
        "vectors written": (VectorStore, "upsert", after()),
        "words added": (LexicalIndex, "add", after()),
        "words committed": (LexicalIndex, "commit", after()),
        "inside the transaction": (ingest.catalogue, "_put", after()),
        "copies not yet told": (Copies, "settle", before),
        "catalogue committed": (Catalogue, "put", after()),
        "old vectors deleted": (VectorStore, "delete", after()),
        "old words deleted": (LexicalIndex, "delete", after()),
        "all but the note": (Library, "written", before),
        "note cleared": (Library, "written", after()),
    }
    patch(*where[step])


def state(library: Library) -> dict[str, str]:
    """A digest of every part of a library that must not depend on how it came about."""
    found: dict[str, str] = {}
    rows = sqlite3.connect(library.folder / CATALOGUE)
    for table, columns in STATE.items():
        everything = rows.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}").fetchall()
        found[table] = hashlib.sha256(repr(everything).encode()).hexdigest()[:12]
    rows.close()
    ids = sorted(library.vectors.ids())
    stored = {
        identity: row for part in library.vectors.stored(ids) for identity, row in part.items()
    }
    rounded = [(identity, (stored[identity] * 1000).round().tolist()) for identity in ids]
    found["vectors"] = hashlib.sha256(repr(rounded).encode()).hexdigest()[:12]
    words = sorted(library.words.ids())
    found["words"] = hashlib.sha256(repr(words).encode()).hexdigest()[:12]
    return found


def examine(folder: Path, articles: Path, wanted: dict[str, str]) -> dict[str, Any]:
    """What a kill left, and what the next run makes of it."""
    result: dict[str, Any] = {"opened": False, "verified": "", "answers": False, "same": False}
    library = Library.open(folder, "words")
    result["opened"] = True
    committed = {article.id: article for article in library.articles()}
    result["articles"] = len(committed)
    retriever = HybridRetriever(library, WordEmbedder())
    hits = [hit for question in QUESTIONS for hit in retriever.retrieve(question, 20)]
    result["answers"] = bool(hits) and all(
        committed[hit.article.id] == hit.article
        and hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
        for hit in hits
    )
    problems = library.verify()
    result["verified"] = "passed"
    if problems:
        library.repair(WordEmbedder())
        result["verified"] = "after repair" if not library.verify() else "failed"
        result["problems"] = problems
    try:
        ingest(library, articles, lambda progress: None)
        now = state(library)
        result["differs"] = [name for name in wanted if now[name] != wanted[name]]
        result["same"] = not result["differs"] and library.verify() == []
    except UserError as error:
        result["differs"] = [str(error)]
    library.close()
    return result


def killed(folder: Path, articles: Path, point: int, outside: int, whole: int) -> str:
    """Run the child on a copy of the library until it is dead; where that was. `whole` is what a
    run comes to: files read and passages written."""
    inside = point - outside
    step = STEPS[inside % len(STEPS)] if inside >= 0 else ""
    write = 2 + inside % 5 if step else 0
    if step in ("words added", "inside the transaction"):
        write *= 17  # an article each
    hear, told = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=child, args=(folder, articles, step, write, told))
    process.start()
    told.close()
    goal = (point + 0.5) * LAST * whole / max(1, outside)
    try:
        while step or hear.recv() < goal:
            if step:
                hear.recv()
    except EOFError:
        pass
    else:
        time.sleep((point * 37 % 100) / 1000)  # anywhere in what follows
        process.kill()
    process.join()
    hear.close()
    if process.exitcode != -signal.SIGKILL:
        return f"not killed, ended by itself: {step or point}"
    return f"inside: {step}" if step else f"outside: {100 * goal / whole:.0f}% of the way"


def measure(points: int, inside: int) -> dict[str, Any]:
    """Kill at so many points, `inside` of them inside writes."""
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        articles = work / "articles"
        write_articles(articles, first=True)
        library = Library.open(work / "before", "words", create=True)
        ingest(library, articles, lambda progress: None)
        library.close()
        write_articles(articles, first=False)
        shutil.copytree(work / "before", work / "undisturbed")
        library = Library.open(work / "undisturbed", "words")
        heard: list[Progress] = []
        ingest(library, articles, heard.append)
        whole = heard[-1].files + heard[-1].passages
        wanted, count = state(library), library.count()
        library.close()
        for point in range(points):
            folder = work / f"killed-{point}"
            shutil.copytree(work / "before", folder)
            where = killed(folder, articles, point, points - inside, whole)
            results.append({"where": where, **examine(folder, articles, wanted)})
            shutil.rmtree(folder)
            print(json.dumps(results[-1]), file=sys.stderr)
    return {
        "points": points,
        "inside_writes": sum(item["where"].startswith("inside") for item in results),
        "articles": count,
        "killed": sum(item["where"].startswith(("inside: ", "outside: ")) for item in results),
        "opened": sum(item["opened"] for item in results),
        "verified": sum(item["verified"] == "passed" for item in results),
        "verified_after_repair": sum(item["verified"] == "after repair" for item in results),
        "answers_only_committed": sum(item["answers"] for item in results),
        "same_final_state": sum(item["same"] for item in results),
        "committed_when_killed": sorted(item["articles"] for item in results),
        "failed": [item for item in results if not (item["answers"] and item["same"])],
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }


def main() -> None:
    """`python -m benchmarks.crash`."""
    parser = argparse.ArgumentParser(description="Kill an ingest at sixty points; is all there?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--points", type=int, default=60)
    parser.add_argument("--inside", type=int, default=len(STEPS), help="Of these, inside writes.")
    options = parser.parse_args()
    PROCESSES.set_forkserver_preload(list(PRELOADED))
    figures = measure(options.points, min(options.inside, options.points))
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
