"""What an administrator does with the library, without a browser."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import UserError
from ingest.library import Library
from ingest.pipeline import Ingest
from ingest.progress import Progress
from tests.fakes import WordEmbedder
from ui.keeper import Keeper
from ui.library_table import planned_html, progress_html


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    with closing(Library.open(tmp_path / "library", "words", create=True)) as library:
        made = Keeper(library, lambda: Ingest(library, WordEmbedder(), batch=16))
        with closing(made):
            yield made


def test_what_would_happen_is_told_and_nothing_is_written(keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "ice.txt").write_text("Ice\n\nThe harbour froze on Friday.")
    (planned,) = asyncio.run(keeper.plan([tmp_path / "ice.txt"]))
    assert (planned.action, planned.title) == ("new", "Ice")
    assert keeper.library.count() == 0
    assert not (keeper.library.folder / "uploads").exists()
    kept = keeper.receive(tmp_path / "ice.txt")

    async def add() -> list[Progress]:
        return [progress async for progress in keeper.add([kept])]

    asyncio.run(add())
    (tmp_path / "ice.txt").write_text("Ice\n\nThe harbour froze on Sunday.")
    (planned,) = asyncio.run(keeper.plan([tmp_path / "ice.txt"]))
    assert planned.action == "changed"  # it is known as the file that was uploaded before
    assert "It would be: 1 changed." in planned_html([planned])
    with pytest.raises(UserError, match="no such file"):
        asyncio.run(keeper.plan([], [tmp_path / "none"]))


def test_an_ingest_can_be_stopped_and_goes_on(keeper: Keeper, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02d}.txt").write_text(f"Article {number} tells of trams. " * 60)
    assert not keeper.stop()

    async def add(stop_at: int) -> Progress:
        last = None
        async for last in keeper.add([folder]):
            if last.articles >= stop_at and last.phase == "reading":
                keeper.stop()
        assert last is not None
        return last

    stopped = asyncio.run(add(5))
    assert stopped.report is not None
    assert stopped.report.stopped
    assert 0 < keeper.library.count() < 60
    assert "Stopped after" in progress_html(stopped)
    assert "Add the same again to go on." in progress_html(stopped)
    asyncio.run(add(1000))
    assert keeper.library.count() == 60
