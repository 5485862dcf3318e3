from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from eval.provenance import ROOT, Provenance, code_hash, commit_of, machine, peak_memory_mb

NOW = datetime(2025, 3, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))


def test_names_what_makes_the_numbers_again() -> None:
    here = Provenance.here(now=NOW, name="n", command="byline eval run")
    assert (here.name, here.command) == ("n", "byline eval run")
    assert here.date == "2025-03-01T12:30:00+00:00"
    assert here.machine == machine()
    assert here.code_hash == code_hash()
    assert here.commit == commit_of(ROOT)


def test_the_date_is_now_unless_given() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    made = datetime.fromisoformat(Provenance.here().date)
    assert before <= made <= datetime.now(UTC)


def test_the_machine_is_named() -> None:
    described = machine()
    assert described["cpu"]
    assert isinstance(described["cores"], int)
    assert described["cores"] >= 1
    assert (peak_memory_mb() or 0) > 10


def test_the_commit_is_that_of_this_folder_only(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    # The least that git takes for a repository: a detached head, no objects.
    commit = "0123456789" * 4
    for folder in ("objects", "refs"):
        (tmp_path / ".git" / folder).mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text(commit + "\n")
    (tmp_path / "installed").mkdir()
    assert commit_of(tmp_path) == commit
    assert commit_of(tmp_path / "installed") == ""


def test_no_git_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) == ""


def test_differences_name_what_changed() -> None:
    one = Provenance(settings_hash="s1", code_hash="c1", date="then", commit="x")
    assert one.differences(Provenance(settings_hash="s1", code_hash="c1")) == []
    assert one.differences(Provenance(settings_hash="s0", code_hash="c1")) == [
        "settings hash s0, now s1"
    ]
