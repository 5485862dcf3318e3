"""Development data sets as articles and libraries; read in place, never copied into the project."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.embed import Embedder
from ingest.library import Entry, Library
from ingest.passages import cut, embedded_texts
from ingest.types import Article

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
BUILD = "corpus"
PARAGRAPH = "\n\n"
KEPT = Path.home() / ".cache" / "byline" / "benchmarks"
AT_ONCE = 100
"""Articles that are embedded before they are written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a SQuAD file, located in the joined text of its article."""

    id: str
    question: str
    article_id: str
    paragraph: tuple[int, int]
    """Span of the gold paragraph in the article's text."""
    answers: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Spans of the answers in the article's text; empty for an unanswerable question."""


def require(path: Path) -> Path:
    """`path`, or an end with exit code 2 that says plainly that the data is absent."""
    if not path.exists():
        print(f"{path} is absent: this needs the development data (see docs/benchmarks.md)")
        sys.exit(2)
    return path


def squad(path: Path) -> tuple[list[Article], list[Asked]]:
    """A file in SQuAD format: each title's paragraphs joined into one article, and its questions.

    Titles that occur more than once (as numbered entries do) stay apart.
    """
    articles, asked = [], []
    for number, entry in enumerate(json.loads(require(path).read_text())["data"]):
        identity = f"{path.stem}-{number:05d}"
        text = ""
        for paragraph in entry["paragraphs"]:
            start = len(text) + (len(PARAGRAPH) if text else 0)
            text += (PARAGRAPH if text else "") + paragraph["context"]
            asked += [_asked(qa, identity, start, paragraph["context"]) for qa in paragraph["qas"]]
        title = str(entry.get("title", "")).replace("_", " ")
        articles.append(Article(identity, text, title))
    return articles, asked


def _asked(qa: dict[str, object], article_id: str, start: int, context: str) -> Asked:
    answers = qa["answers"]
    assert isinstance(answers, list)
    spans = tuple(
        (start + a["answer_start"], start + a["answer_start"] + len(a["text"])) for a in answers
    )
    texts = tuple(dict.fromkeys(a["text"] for a in answers))
    paragraph = (start, start + len(context))
    return Asked(str(qa["id"]), str(qa["question"]), article_id, paragraph, texts, spans)


def kept_library(name: str, articles: Sequence[Article], embedder: Embedder) -> Library:
    """A library that holds `articles` and is kept in the user's cache for the next run.

    It is filled some articles at a time: a run that was stopped goes on where it was.
    """
    about = json.dumps([embedder.name, *((a.id, a.title, a.text) for a in articles)])
    folder = KEPT / f"{name}-{hashlib.sha256(about.encode()).hexdigest()[:12]}"
    library = Library.open(folder, embedder.name, create=True)
    missing = [article for article in articles if library.article(article.id) is None]
    for at in range(0, len(missing), AT_ONCE):
        write(library, missing[at : at + AT_ONCE], embedder)
        done = len(articles) - len(missing) + min(at + AT_ONCE, len(missing))
        print(f"{name}: {done} of {len(articles)} articles", file=sys.stderr, flush=True)
    return library


def library_of(articles: Sequence[Article], embedder: Embedder, folder: Path) -> Library:
    """A library that holds `articles`, cut and embedded as ingest does it."""
    library = Library.open(folder, embedder.name, create=True)
    write(library, articles, embedder)
    return library


def write(library: Library, articles: Sequence[Article], embedder: Embedder) -> None:
    """Cut, embed and store `articles`."""
    count = embedder.count_tokens
    cuts = [(article, cut(article, BUILD, count, embedder.window)) for article in articles]
    texts = [
        text for article, passages in cuts for text in embedded_texts(article, passages, count)
    ]
    vectors = embedder.embed(texts)
    entries, row = [], 0
    for article, passages in cuts:
        end = row + len(passages)
        entries.append(Entry(article, BUILD, article.id, passages, vectors[row:end]))
        row = end
    with library.writing():
        library.write(entries)
