import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ingest.errors import UserError
from tests import files
from tests.site import Pages, Reply, site
from ui.commands.targets import split_targets
from ui.commands.watch import span

HTML = {"Content-Type": "text/html"}


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("6h", 21600), ("1d", 86400), ("30", 30)]
)
def test_spans(text: str, seconds: float) -> None:
    assert span(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "1s", "-5m", "5 weeks"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="--every"):
        span(text)


def test_targets_are_told_apart() -> None:
    paths, urls = split_targets(["a/b", "https://x.example/y", "HTTP://z.example"])
    assert paths == [Path("a/b")]
    assert urls == ["https://x.example/y", "HTTP://z.example"]
    with pytest.raises(UserError, match="only http and https"):
        split_targets(["ftp://x.example"])


def byline(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *words], capture_output=True, text=True, env=environment
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_feed_and_a_folder_are_watched(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "tram.txt").write_text("Trams\n\nThe tram was late again.")
    pages: Pages = {"/ice": Reply(files.html(), headers={"Content-Type": "text/html"})}
    with site(pages) as served:
        pages["/feed"] = Reply(files.rss([(f"{served.url}/ice", "Ice", "It froze.")]))
        words = ["watch", str(folder), f"{served.url}/feed", "--once", "--json",
                 "--library", str(tmp_path / "library")]  # fmt: skip
        allowed = {"BYLINE_WEB__ALLOW_PRIVATE": "true", "BYLINE_WEB__DELAY": "0"}
        report = json.loads(byline(*words, **allowed).stdout)
        assert (report["new"], report["failed"]) == (2, [])
        report = json.loads(byline(*words, **allowed).stdout)
        assert (report["new"], report["changed"]) == (0, 0)
        assert served.paths().count("/ice") == 1  # not asked for again within a day
        refused = byline("ingest", f"{served.url}/ice", "--library", str(tmp_path / "library"))
    assert refused.returncode == 1
    assert "127.0.0.1 is a private address" in refused.stdout + refused.stderr


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []

    def start(*targets: str) -> subprocess.Popen[str]:
        words = ["watch", *targets, "--every", "1h", "--library", str(tmp_path / "library")]
        allowed = {"BYLINE_WEB__ALLOW_PRIVATE": "true", "BYLINE_WEB__DELAY": "0"}
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", *words], env={**os.environ, **allowed}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_ctrl_c_in_a_round_finishes_what_has_been_read(
    started: Callable[..., subprocess.Popen[str]],
) -> None:
    def interrupts(asked: Mapping[str, str]) -> Reply:
        process.send_signal(signal.SIGINT)
        time.sleep(2)  # a busy machine hears the signal late
        return Reply(files.html(f"{files.TITLE}: two"), headers=HTML)

    pages: Pages = {"/two": interrupts}
    with site(pages) as served:
        for name in ("one", "three"):
            pages[f"/{name}"] = Reply(files.html(f"{files.TITLE}: {name}"), headers=HTML)
        links = [(f"{served.url}/{name}", name, "Ice.") for name in ("one", "two", "three")]
        pages["/feed"] = Reply(files.rss(links))
        process = started(f"{served.url}/feed")
        told, errors = process.communicate(timeout=120)
        assert "/three" not in served.paths()
    assert process.returncode == 130
    assert "2 new" in told
    assert "finishing what has been read" in errors
    assert "whole and holds 2 articles" in errors
    assert "Traceback" not in errors


def test_ctrl_c_between_rounds_ends_the_watch(
    started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "tram.txt").write_text("Trams\n\nThe tram was late again.")
    process = started(str(tmp_path / "tram.txt"))
    assert process.stdout is not None
    assert "1 new" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the library is whole" in errors
    assert "Traceback" not in errors
