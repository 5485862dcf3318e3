import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import UserError
from tests import files
from tests.site import Pages, Reply, site
from ui.commands.targets import split_targets
from ui.commands.watch import span


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
