"""What can befall a library: each time a clear error, and nothing lost."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UserError
from ingest.library import Library
from ingest.pipeline import Ingest
from ingest.schema import FORMAT
from tests.fakes import WordEmbedder

ROOT = Path(__file__).parent.parent
NOBODY = 65534
WRITER = """
import sys
from pathlib import Path
from ingest.library import Library
from ingest.pipeline import Ingest
from tests.fakes import WordEmbedder
library = Library.open(Path(sys.argv[1]), "words", create=True)
print("open", flush=True)
Ingest(library, WordEmbedder(), batch=8).run([Path(sys.argv[2])])
library.close()
"""


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        sentence = f"Article {number} of many has a sentence about puffins and trams. "
        (folder / f"{number:03d}.txt").write_text(f"Title {number}\n\n{sentence * 20}")
    return folder


def in_another_process(
    library: Path, articles: Path, **options: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WRITER, str(library), str(articles)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        **options,  # type: ignore[call-overload]
    )


def ingest(library: Library, articles: Path) -> None:
    Ingest(library, WordEmbedder(), batch=8).run([articles])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", "words", create=True)
    ingest(library, many(tmp_path / "first", 4))
    yield library
    library.close()


def test_a_full_disk_is_told_and_what_was_committed_stays(tmp_path: Path) -> None:
    articles = many(tmp_path / "articles", 60)
    folder = tmp_path / "library"

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    done = in_another_process(folder, articles, preexec_fn=small_files)
    assert done.returncode == 1
    assert "did not take what was to be written" in done.stderr.splitlines()[-1]
    library = Library.open(folder, "words")
    before = library.count()
    assert before < 60
    assert library.verify() == []
    ingest(library, articles)
    assert library.count() == 60
    assert library.verify() == []
    library.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become another user")
def test_a_folder_that_cannot_be_written_can_be_searched_and_a_write_says_why(
    library: Library, tmp_path: Path
) -> None:
    library.close()
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    reading = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from ingest.library import Library\n"
        "from ingest.errors import UserError\n"
        "from tests.fakes import WordEmbedder\n"
        "def look():\n"
        "    library = Library.open(Path(sys.argv[1]), 'words')\n"
        "    print(len(list(library.articles())))\n"
        "    asked = WordEmbedder().embed(['puffins'])[0]\n"
        "    print(len(library.words.best('puffins', 9)), len(library.vectors.nearest(asked, 9)))\n"
        "    print(library.verify())\n"
        "    try:\n"
        "        library.writing().__enter__()\n"
        "    except UserError as error:\n"
        "        print(error)\n"
        "    library.close()\n"
        "look()\n"  # so that everything is imported
        f"os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "look()\n"
    )
    for parent in tmp_path.parents:  # pytest's own folders are closed to others
        if os.access(parent, os.W_OK) and str(parent).startswith("/tmp/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    done = subprocess.run(
        [sys.executable, "-c", reading, str(library.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
    )
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o755)
    assert done.returncode == 0, done.stderr
    mine, others = done.stdout.splitlines()[:3], done.stdout.splitlines()[3:]
    assert others[:3] == mine[:3]
    assert others[0] == "4"
    assert others[1] != "0 0"
    assert others[2] == "[]"
    assert "cannot be written to" in others[3]


@pytest.mark.parametrize("index", ["chroma/chroma.sqlite3", "words/meta.json"])
def test_a_damaged_index_is_named_and_made_again(library: Library, index: str) -> None:
    folder, before = library.folder, library.fingerprint()
    library.close()
    (folder / index).write_bytes(b"nothing that anything can read " * 40)
    library = Library.open(folder, "words")
    problems = library.verify()
    assert len(problems) == 1
    assert "--repair" in problems[0]
    embedder = WordEmbedder()
    assert library.repair(embedder) == 4
    assert library.verify() == []
    assert library.fingerprint() == before
    assert library.words.best("puffins", 9)
    assert library.vectors.nearest(embedder.embed(["puffins"])[0], 9)
    library.close()


def test_an_index_that_is_gone_is_made_again(library: Library) -> None:
    folder = library.folder
    library.close()
    shutil.rmtree(folder / "chroma")
    shutil.rmtree(folder / "words")
    library = Library.open(folder, "words")
    assert len(library.verify()) == 2
    library.repair(WordEmbedder())
    assert library.verify() == []
    library.close()


def test_a_damaged_catalogue_is_told_and_left_as_it_is(library: Library) -> None:
    folder = library.folder
    library.close()
    path = folder / "catalogue.sqlite"
    path.write_bytes(b"x" * path.stat().st_size)
    before = path.read_bytes()
    with pytest.raises(UserError, match="damaged"):
        Library.open(folder, "words")
    assert path.read_bytes() == before


def test_a_library_of_a_newer_byline_is_refused_and_left_as_it_is(library: Library) -> None:
    folder = library.folder
    library.catalogue.set_meta("format", "999")
    library.close()
    with pytest.raises(UserError, match="newer Byline"):
        Library.open(folder, "words")
    with sqlite3.connect(folder / "catalogue.sqlite") as rows:
        assert rows.execute("SELECT count(*) FROM articles").fetchone() == (4,)
        rows.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(FORMAT),))
    library = Library.open(folder, "words")
    assert library.verify() == []
    library.close()


def test_a_second_writer_is_refused_and_readers_go_on(library: Library, tmp_path: Path) -> None:
    more = many(tmp_path / "more", 3)
    with library.writing():
        done = in_another_process(library.folder, more)
        assert done.returncode == 1
        assert "is being written by another process" in done.stderr.splitlines()[-1]
        reader = Library.open(library.folder, "words")
        assert reader.words.best("puffins", 3)
        assert reader.count() == 4
        reader.close()
    assert in_another_process(library.folder, more).returncode == 0
    library.refresh()
    assert library.count() == 7


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6])
def test_a_killed_ingest_loses_nothing(tmp_path: Path, seconds: float) -> None:
    articles = many(tmp_path / "articles", 60)
    folder = tmp_path / "library"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(articles)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    library = Library.open(folder, "words")
    committed = {article.id for article in library.articles()}
    assert library.verify() == []
    for identity, _ in library.vectors.nearest(WordEmbedder().embed(["puffins"])[0], 50):
        known = library.catalogue.passages([identity])
        assert not known or known[identity][1].id in committed
    ingest(library, articles)
    assert library.count() == 60
    assert library.verify() == []
    assert library.catalogue.passage_ids() == library.vectors.ids() == library.words.ids()
    library.close()
