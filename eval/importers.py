"""Other people's question sets as gold sets, with their articles as JSONL for `byline ingest`."""

import csv
import difflib
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from eval.filters import Filters
from eval.gold import Case, Kind, Source
from ingest.errors import UserError
from ingest.sentences import split_sentences

Articles = list[dict[str, str]]

NOWHERE = "https://corpus.invalid/"
"""Before the id of an article that has no address; .invalid never resolves (RFC 2606)."""


def address(identity: str) -> str:
    """The address that an article of this id in its corpus is ingested under."""
    return NOWHERE + quote(identity, safe="")


def corpus_id(url: str) -> str:
    """The id in its corpus of an article by its address; any other address as it is."""
    return unquote(url.removeprefix(NOWHERE)) if url.startswith(NOWHERE) else url


@dataclass(frozen=True)
class Imported:
    """A question set in our form."""

    cases: list[Case]
    articles: Articles
    """Records with `url`, `title`, `text` and so on; empty where the format brings none."""


def squad(path: Path) -> Imported:
    """A SQuAD 1.1 or 2.0 file (https://rajpurkar.github.io/SQuAD-explorer/).

    The paragraphs of an article are joined into one text; the gold quote is the sentence around
    the first answer.
    """
    cases, articles = [], []
    for article in _json(path)["data"]:
        name = article["title"]
        paragraphs = article["paragraphs"]
        text = "\n\n".join(paragraph["context"] for paragraph in paragraphs)
        articles.append({"url": address(name), "title": name.replace("_", " "), "text": text})
        for paragraph in paragraphs:
            sentences = split_sentences(paragraph["context"])
            cases += [_squad_case(name, paragraph, qa, sentences) for qa in paragraph["qas"]]
    return Imported(cases, articles)


def _squad_case(
    name: str,
    paragraph: Mapping[str, Any],
    qa: Mapping[str, Any],
    sentences: Sequence[tuple[int, int]],
) -> Case:
    if qa.get("is_impossible") or not qa["answers"]:
        return Case(qa["id"], qa["question"].strip(), Kind.UNANSWERABLE)
    at = qa["answers"][0]["answer_start"]
    around = [paragraph["context"][start:end] for start, end in sentences if start <= at < end]
    answers = tuple(dict.fromkeys(answer["text"] for answer in qa["answers"]))
    return Case(
        qa["id"], qa["question"].strip(), Kind.FACT, answers, address(name), tuple(around[:1])
    )


def beir(folder: Path) -> Imported:
    """A folder in the form of BEIR (https://github.com/beir-cellar/beir).

    `corpus.jsonl`, `queries.jsonl` and qrels: `qrels/test.tsv`, `qrels.tsv`, or TREC's four
    columns in `qrels.txt`. Queries without a relevant article are left out.
    """
    corpus, queries = _lines(folder / "corpus.jsonl"), _lines(folder / "queries.jsonl")
    articles = [
        {"url": address(str(r["_id"])), "title": r.get("title", ""), "text": r["text"]}
        for r in corpus
    ]
    asked = {str(query["_id"]): query["text"] for query in queries}
    judged: dict[str, list[Source]] = defaultdict(list)
    for query, article, relevance in _qrels(folder):
        if relevance > 0:
            judged[query].append(Source(address(article), relevance=relevance))
    cases = []
    for query, sources in judged.items():
        if query not in asked:
            raise UserError(f"{folder}: the qrels judge query {query}, which is not in the queries")
        # The first source is `article`, whose relevance is 1: the least relevant goes first.
        first, *further = sorted(sources, key=lambda source: source.relevance)
        if first.relevance > 1:
            further = [first, *further]
        cases.append(
            Case(query, asked[query], Kind.FACT, (), first.article, sources=tuple(further))
        )
    return Imported(cases, articles)


def _qrels(folder: Path) -> Iterator[tuple[str, str, int]]:
    names = ("qrels/test.tsv", "qrels.tsv", "qrels.txt")
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        raise UserError(f"{folder}: no qrels; put them in {', '.join(names)}")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split()
        if not cells or (number == 1 and not cells[-1].lstrip("-").isdigit()):
            continue  # BEIR's header
        if len(cells) not in (3, 4):
            raise UserError(f"{path}:{number}: write `query article relevance`")
        yield cells[0], cells[-2], int(cells[-1])


def multihop(folder: Path) -> Imported:
    """A folder with `MultiHopRAG.json` and `corpus.json` (https://github.com/yixuantt/MultiHop-RAG).

    Each fact of the evidence is a gold quote of its article. Yes and no are `yes_no` cases, the
    other comparisons and questions of order `comparison`, null queries `unanswerable`.
    """
    articles = [
        {
            "url": r["url"],
            "title": r["title"],
            "source": r["source"],
            "published": r["published_at"],
            "text": r["body"],
        }
        for r in _json(folder / "corpus.json")
    ]
    asked = _json(folder / "MultiHopRAG.json")
    return Imported([_multihop_case(n, r) for n, r in enumerate(asked, 1)], articles)


def _multihop_case(number: int, record: Mapping[str, Any]) -> Case:
    name, question, answer = f"m{number}", record["query"], record["answer"]
    if record["question_type"] == "null_query":
        return Case(name, question, Kind.UNANSWERABLE)
    facts: dict[str, list[str]] = defaultdict(list)
    for evidence in record["evidence_list"]:
        facts[evidence["url"]].append(evidence["fact"])
    first, *further = [Source(url, tuple(quotes)) for url, quotes in facts.items()]
    kind = Kind.FACT if record["question_type"] == "inference_query" else Kind.COMPARISON
    if answer.strip().lower() in ("yes", "no"):
        kind = Kind.YES_NO
    return Case(
        name, question, kind, (answer,), first.article, first.quotes, sources=tuple(further)
    )


LIMITS = ("sources", "since", "until", "language", "collections")
COLUMNS = ("id", "question", "kind", "answers", "article", "quotes", "notes", "as_of", *LIMITS)
MANY = " | "
"""Between several answers or quotes in one cell."""


def table(path: Path) -> Imported:
    """A CSV file with a header of `COLUMNS`, of which only `question` must be there.

    Several answers, quotes or sources in one cell are parted by " | ". Without `kind` a question
    with an answer or a quote is a `fact`, and one without is `unanswerable`.
    """
    rows = csv.DictReader(io.StringIO(_text(path)))
    for name in rows.fieldnames or ():
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            hint = f"use `{near[0]}`" if near else f"there are {', '.join(COLUMNS)}"
            raise UserError(f"{path}:1: unknown column `{name}`; {hint}")
    if "question" not in (rows.fieldnames or ()):
        raise UserError(f"{path}:1: no column `question`; name the columns in the first line")
    return Imported([_row_case(path, rows.line_num, row) for row in rows], [])


def _row_case(path: Path, line: int, row: Mapping[str, str | None]) -> Case:
    cells = {name: (value or "").strip() for name, value in row.items() if name}
    many = {
        name: tuple(part.strip() for part in cells.get(name, "").split(MANY) if part.strip())
        for name in ("answers", "quotes", "sources", "collections")
    }
    kind = cells.get("kind") or ("fact" if many["answers"] or many["quotes"] else "unanswerable")
    if not cells["question"]:
        raise UserError(f"{path}:{line}: the question is empty")
    try:
        return Case(
            cells.get("id") or f"line-{line}", cells["question"], Kind(kind), many["answers"],
            cells.get("article") or None, many["quotes"], cells.get("notes", ""),
            as_of=_day(cells, "as_of"), filters=_filters(cells, many),
        )  # fmt: skip
    except ValueError as error:
        raise UserError(f"{path}:{line}: {error}") from error


def _day(cells: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(cells[name]) if cells.get(name) else None


def _filters(cells: Mapping[str, str], many: Mapping[str, tuple[str, ...]]) -> Filters | None:
    if not any(cells.get(name) for name in LIMITS):
        return None
    days = _day(cells, "since"), _day(cells, "until")
    language = cells.get("language", "")
    return Filters(many["sources"], *days, language, many["collections"])


FORMATS: Mapping[str, Callable[[Path], Imported]] = {
    "squad": squad,
    "beir": beir,
    "multihop": multihop,
    "csv": table,
}


def read(form: str, path: Path) -> Imported:
    """The question set at `path`. Raises UserError for a format or a file that is not known."""
    if form not in FORMATS:
        raise UserError(f"no format {form}: choose {', '.join(FORMATS)}")
    try:
        return FORMATS[form](path)
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path}: not in the form of {form} ({error!r})") from error


def write_articles(path: Path, articles: Articles) -> None:
    """Write `articles` for `byline ingest`; raises UserError rather than write over a file."""
    if path.exists():
        raise UserError(f"{path} exists: name another file, or move it away")
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    path.write_text("".join(lines), encoding="utf-8")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read: {error}") from error


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except ValueError as error:
        raise UserError(f"{path}: not JSON: {error}") from error


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in _text(path).split("\n") if line.strip()]
    except ValueError as error:
        raise UserError(f"{path}: not JSON Lines: {error}") from error
