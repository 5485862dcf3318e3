"""`byline eval` as a user meets it, on the sample library."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.candidates import Candidates
from eval.library import Shelf
from ingest.library import Library
from ingest.models import DEFAULT_EMBEDDING_MODEL
from tests.pier import Shelf as NoArticles
from tests.test_cli import EXAMPLES, byline, told


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eval") / "library"
    told("ingest", EXAMPLES / "articles", "--library", folder)
    return folder


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("".join((EXAMPLES / "gold.jsonl").read_text().splitlines(True)[:6]))
    return path


def run(gold: Path, library: Path, *arguments: object) -> Any:
    return told("eval", "run", "--gold", gold, "--library", library, *arguments)


@pytest.fixture(scope="module")
def base(gold: Path, library: Path) -> Path:
    run(gold, library, "--name", "base")
    return library.parent / "runs" / "base"


def test_a_run_is_kept_beside_the_library(base: Path) -> None:
    lines = (base / "cases.jsonl").read_text().splitlines()
    about = json.loads((base / "run.json").read_text())["provenance"]
    assert len(lines) == 6
    assert about["settings"]["answer"]["mode"] == "quotes"
    assert about["command"].startswith("byline eval run")
    assert about["memory_mb"] > 50


def test_the_same_run_is_taken_over_and_others_are_refused(
    base: Path, gold: Path, library: Path
) -> None:
    before = (base / "cases.jsonl").stat()
    again = run(gold, library, "--name", "base")
    assert (base / "cases.jsonl").stat().st_mtime_ns == before.st_mtime_ns
    assert again["summary"]["cases"] == 6
    refused = byline(
        "eval", "run", "--gold", gold, "--library", library, "--name", "base", "--repeats", 2
    )
    assert refused.returncode == 1
    assert "repeats 1, now 2" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_name_is_no_path(gold: Path, library: Path) -> None:
    done = byline("eval", "run", "--gold", gold, "--library", library, "--name", "../x")
    assert (done.returncode, "a name, not a path" in done.stderr) == (1, True)


def test_the_shelf_gives_the_passages_of_an_article_in_order(library: Path) -> None:
    source = Library.open(library, DEFAULT_EMBEDDING_MODEL)
    shelf = Shelf(source)
    article = max(source.articles(), key=lambda a: len(a.text))
    passages = shelf.passages(article.id)
    assert len(passages) > 1
    assert [p.ordinal for p in passages] == sorted(p.ordinal for p in passages)
    assert all(article.text[p.start : p.end] == p.text for p in passages)
    assert shelf.find(article.url) == shelf.article(article.id) == article
    assert (shelf.count(), shelf.fingerprint()) == (24, source.fingerprint())
    source.close()


def test_drafts_wait_on_the_page_and_come_once(library: Path) -> None:
    draft = ("eval", "draft", "--library", library)
    assert "24 drafts wait on the page" in byline(*draft).stdout
    assert "0 drafts wait on the page" in byline(*draft).stdout
    kept = Candidates(library.parent / "gold", library.name, NoArticles())
    assert {candidate.origin for candidate in kept.waiting()} == {"draft"}
    assert len(kept.waiting()) == 24


def test_compare_and_gate_of_the_same(base: Path, gold: Path, library: Path) -> None:
    run(gold, library, "--name", "again")
    found = told("eval", "compare", base, "again", "--gate", "--library", library)
    assert found["changes"] == []
    assert found["gate"]["passed"]
    shown = byline("eval", "compare", "base", "again", "--gate", "--library", library)
    assert shown.returncode == 0
    assert "Gate: passed" in shown.stdout


def test_the_gate_exits_with_3_on_a_loss(base: Path, library: Path, tmp_path: Path) -> None:
    worse = tmp_path / "worse"
    worse.mkdir()
    (worse / "run.json").write_text((base / "run.json").read_text())
    records = [json.loads(line) for line in (base / "cases.jsonl").read_text().splitlines()]
    for side, value in ((base, 1.0), (worse, 0.0)):
        lines = []
        for record in records:
            scores = record["scores"] | {"right": value}
            lines.append(json.dumps(record | {"samples": [scores] * 5, "scores": scores}))
        (tmp_path / side.name).mkdir(exist_ok=True)
        (tmp_path / side.name / "run.json").write_text((base / "run.json").read_text())
        (tmp_path / side.name / "cases.jsonl").write_text("\n".join(lines) + "\n")
    command = ("eval", "compare", "base", "worse", "--runs", tmp_path, "--gate")
    done = byline(*command, "--markdown", tmp_path / "c.md")
    assert done.returncode == 3
    assert "Gate: FAILED\n  right fell from 1.000 to 0.000 (-100.0 points" in done.stdout
    assert "**Gate: failed**" in (tmp_path / "c.md").read_text()
    assert byline(*command[:-1]).returncode == 0
    assert byline("eval", "compare", "base", "none", "--runs", tmp_path).returncode == 1
