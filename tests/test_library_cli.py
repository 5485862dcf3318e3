"""`byline ingest` and `byline library`, in this process."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ingest.progress import Progress
from tests.fakes import WordEmbedder
from ui.cli import app
from ui.ingest_progress import line_of


class Fast(WordEmbedder):
    """Stands in for the default model."""

    name = "all-MiniLM-L6-v2"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("rag.build.build_embedder", lambda settings: Fast())
    monkeypatch.setenv("BYLINE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ice.txt").write_text("Ice closes harbour\n\nThe harbour froze. Six ships wait.")
    (folder / "tram.txt").write_text("Trams\n\nThe tram was late again on Monday.")
    return folder


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.output


def told(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_a_dry_run_needs_no_library_and_makes_none(folder: Path) -> None:
    said = run("ingest", folder, "--dry-run")
    assert "new       Ice closes harbour" in said
    assert "2 new (a dry run" in said
    assert not (folder.parent / "library").exists()
    assert [item["action"] for item in told("ingest", folder, "--dry-run")] == ["new", "new"]


def test_a_report_is_kept_and_failures_are_listed_and_retried(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    said = run("ingest", folder, "--report", folder.parent / "report.json")
    assert "2 new, 0 changed, 0 unchanged, 1 failed" in said
    report = json.loads((folder.parent / "report.json").read_text())
    assert (report["new"], report["stopped"], len(report["failed"])) == (2, False, 1)
    assert set(report["stages"]) == {"read", "embed", "write"}
    assert [item["reason"] for item in told("library", "failures")] == ["empty.txt: empty file"]
    assert "--retry-failed" in run("library", "failures")
    (folder / "empty.txt").write_text("Now\n\nThere is something here.")
    assert told("ingest", "--retry-failed")["new"] == 1
    assert run("library", "failures") == "0 failures\n"


def test_history_sync_and_a_move_in_one_file(folder: Path) -> None:
    run("ingest", folder)
    (folder / "ice.txt").write_text("Ice closes harbour\n\nThe harbour froze. Seven ships wait.")
    (folder / "tram.txt").unlink()
    assert "1 changed, 0 unchanged, 1 removed" in run("ingest", folder, "--sync")
    said = run("library", "history", "ice.txt")
    assert "  - Six ships wait." in said
    assert "  + Seven ships wait." in said
    assert [version["version"] for version in told("library", "history", "ice.txt")] == [1, 2]
    out = folder.parent / "out"
    assert told("library", "export", out / "archive.zip")["articles"] == 1
    assert "1 article, 1 passage" in run("library", "backup", out)
    assert len(list(out.iterdir())) == 2
    run("library", "import", out / "archive.zip", "-l", out / "moved")
    assert told("library", "verify", "-l", out / "moved")["problems"] == []
    assert len(told("library", "history", "ice.txt", "-l", out / "moved")) == 2


def test_what_is_named_must_be_there(folder: Path) -> None:
    for arguments in (("ingest",), ("ingest", folder / "none"), ("library", "import", "none.zip")):
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert done.exit_code == 1
        assert type(done.exception).__name__ == "UserError"


def test_the_line_of_a_moment() -> None:
    moment = Progress("reading", 50, 200, 1200, 4800, 3, seconds=60.0)
    assert line_of(moment) == (
        "1,200 articles · 4,800 passages · 20.0 articles/s · 3 min 00 s left · 3 failed"
    )
