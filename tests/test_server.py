import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.errors import UserError
from tests.html_text import texts
from tests.newsroom import FERRY, SAILS, SAILS_ANSWER, Desk, Shelf, cite
from ui.article_page import MISSING, NOTICE
from ui.server import create_app, run

ROOT = Path(__file__).parent.parent
SERVE = """
from tests.newsroom import Desk, Shelf
from ui.server import create_app, run
run(create_app(Desk(), Shelf()), port=0)
"""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Desk(), Shelf()), raise_server_exceptions=False) as client:
        yield client


def test_the_page_and_the_api_are_one_application(client: TestClient) -> None:
    assert "<gradio-app" in client.get("/").text
    assert client.get("/health").json()["articles"] == 3
    assert client.post("/api/ask", json={"question": SAILS}).json() == SAILS_ANSWER.to_dict()
    assert client.get("/api/nothing").json()["error"].startswith("no GET /api/nothing")


def test_an_article_opens_at_its_cited_words(client: TestClient) -> None:
    cited = cite(1, FERRY, "needs nine hours")
    page = client.get(f"/article/ferry?start={cited.start}&end={cited.end}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert texts(page.text, "mark") == ["needs nine hours"]
    assert "<mark" not in client.get("/article/ferry").text


@pytest.mark.parametrize("query", ["start=1", "start=x&end=y", "start=²&end=3", "start=-1&end=9"])
def test_bad_offsets_still_show_the_article(client: TestClient, query: str) -> None:
    page = client.get(f"/article/ferry?{query}")
    assert page.status_code == 200
    assert texts(page.text, "p", "notice") == [NOTICE]


def test_a_missing_article_is_a_page_too(client: TestClient) -> None:
    page = client.get("/article/nobody?start=1&end=2")
    assert page.status_code == 404
    assert texts(page.text, "p", "notice") == [MISSING]


def test_every_answer_forbids_other_hosts(client: TestClient) -> None:
    for path in ("/", "/article/ferry", "/health"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'")
        assert "http" not in policy


def test_no_page_of_the_framework_calls_a_cdn(client: TestClient) -> None:
    assert "swagger" not in client.get("/docs").text
    assert client.get("/api/openapi.json").json()["info"]["title"] == "Byline"
    assert not re.search(r"<(script|link)[^>]+(src|href)=\"(https?:)?//", client.get("/").text)


def test_the_description_lists_the_api(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/health", "/api/ask", "/api/search", "/api/articles"} <= set(paths)


def test_a_taken_port_is_the_users_to_change() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"127.0.0.1:{port}.*choose another port"):
            run(FastAPI(), port=port)


def test_it_prints_its_address_and_ends_quietly() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as server:
        assert server.stdout
        line = server.stdout.readline()
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert address, line + (server.stderr.read() if server.stderr else "")
            with urllib.request.urlopen(f"{address[0]}/health") as reply:
                assert reply.status == 200
            # An open page holds a stream open, which Ctrl-C has to cut.
            stream = urllib.request.urlopen(f"{address[0]}/gradio_api/heartbeat/reader")
            assert stream.status == 200
        finally:
            server.send_signal(signal.SIGINT)
            said, complained = server.communicate(timeout=30)
    stream.close()
    assert server.returncode == 0
    assert said.strip() == "Stopped."
    assert complained == ""
