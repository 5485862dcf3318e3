import os
from pathlib import Path

import pytest

from ingest.errors import PermanentError, UserError
from ingest.sources import find_files, read_document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.txt", "skip.png", ".hidden.txt", "sub/c.HTML", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text")
    return tmp_path


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_folders_are_walked_in_order_without_hidden_or_unknown_files(folder: Path) -> None:
    assert names(find_files([folder])) == ["a.txt", "b.md", "c.HTML"]


def test_every_file_comes_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    assert names(find_files([folder / "b.md", folder, folder])) == ["b.md", "a.txt", "c.HTML"]


def test_a_missing_path_is_named(folder: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.txt"):
        find_files([folder / "missing.txt"])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [("x.png", b"x", "unknown format"), ("x.txt", b"", "empty"), ("x.txt", b" \n ", "empty")],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PermanentError, match=f"^{name}: .*{told}"):
        read_document(tmp_path / name)


def test_the_origin_does_not_depend_on_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_document(folder / "a.txt").origin
    monkeypatch.chdir(folder)
    assert read_document(Path("a.txt")).origin == whole == (folder / "a.txt").as_uri()


def test_a_folder_that_cannot_be_opened_is_reported_and_the_others_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError
        return opened(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert names(find_files([folder])) == ["a.txt", "b.md", "sub"]
    with pytest.raises(PermanentError, match=r"^sub: "):
        read_document(folder / "sub")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.txt")
    with pytest.raises(PermanentError, match="not an ordinary file"):
        read_document(tmp_path / "x.txt")
    assert find_files([tmp_path]) == []
