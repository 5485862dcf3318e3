import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from rag.statements import Conflict, Disputed, Position, Statement
from tests.newsroom import (
    CAPTAIN,
    CAPTAIN_ANSWER,
    HOSTILE_ANSWER,
    HOSTILE_ASKED,
    SAILS,
    SAILS_ANSWER,
    Desk,
    Shelf,
)
from ui.chosen import Chosen
from ui.conversations import Conversations
from ui.export import turn_markdown
from ui.export_html import CUT_OFF, conversation_html
from ui.render import NEAREST
from ui.server import create_app
from ui.turn import Turn


@pytest.fixture(scope="module")
def kept() -> Conversations:
    return Conversations()


@pytest.fixture(scope="module")
def client(kept: Conversations) -> Iterator[TestClient]:
    with TestClient(create_app(Desk(), Shelf(), conversations=kept)) as client:
        yield client


@pytest.fixture
def base(kept: Conversations) -> str:
    identity = kept.begin("", "Ferries & <b>islands</b>")
    kept.put(identity, Turn(1, SAILS).finish(SAILS_ANSWER))
    kept.put(identity, Turn(2, CAPTAIN).finish(CAPTAIN_ANSWER))
    kept.put(identity, Turn(3, HOSTILE_ASKED).finish(HOSTILE_ANSWER))
    kept.put(identity, Turn(4, SAILS).hear(SAILS_ANSWER.sentences[0], ()).stop())
    return f"/conversations/{identity}"


def test_the_list_shows_titles_as_text_and_is_searched(client: TestClient, base: str) -> None:
    page = client.get("/conversations", params={"q": "crowns islanders"}).text
    assert "Ferries &amp; &lt;b&gt;islands&lt;/b&gt;" in page
    assert "4 questions" in page
    assert base.split("/")[-1] not in client.get("/conversations", params={"q": "zebra"}).text


def test_it_is_renamed_and_deleted(client: TestClient, base: str) -> None:
    assert client.patch(base, json={"title": "Boats"}).json() == {"title": "Boats"}
    assert client.patch(base, json={"title": ""}).status_code == 422
    assert client.delete(base).status_code == 200
    assert client.delete(base).status_code == 404


def test_markdown_has_every_answer_with_its_references(client: TestClient, base: str) -> None:
    reply = client.get(f"{base}/export.md")
    assert reply.headers["content-disposition"].startswith("attachment")
    for words in (
        "# Ferries \\& \\<b\\>islands",
        "## When does the night ferry sail again?",
        "**12 March**",
        "[Night ferry to Ostrava Island returns after four years](<https://harbourpost.example",
        "Harbour Post · 5 November 2022",
        "> “A single ticket costs 38 crowns",
        "The articles do not say",
        "This answer was stopped before its end.",
    ):
        assert words in reply.text, words


def test_html_stands_alone_and_shows_articles_as_text(client: TestClient, base: str) -> None:
    page = client.get(f"{base}/export.html").text
    assert '<li value="2">' in page
    assert "https://harbourpost.example/ferry" in page
    assert "<script" not in page
    assert "javascript:" not in page
    assert "&lt;img src=x onerror" in page
    for words in ("Asked on ", "<strong>12 March</strong>", NEAREST, CUT_OFF):
        assert words in page, words


def test_exports_tell_what_the_page_told() -> None:
    told = Statement("b", 0, 9, "Six sail.", source="Wire", published=date(2022, 11, 6), copy=True)
    positions = Position("Four", (told,)), Position("Six", (told,), corrected=True)
    conflict = Conflict(next(iter(Disputed)), positions)
    cited = replace(SAILS_ANSWER.citations[0], also=(told,), changed=date(2022, 11, 7))
    line = replace(SAILS_ANSWER.sentences[0], label="12 March")
    answer = replace(SAILS_ANSWER, sentences=(line,), citations=(cited,), conflicts=(conflict,))
    turn = Turn(1, SAILS, Chosen(("Harbour Post",), as_of=date(2022, 12, 1))).finish(answer)
    page, markdown = conversation_html("Ferry", [turn]), turn_markdown(turn)
    for words in ("Harbour Post · As of 1 December 2022", "12 March: The night ferry", "changed 7"):
        assert words in page, words
        assert words in markdown, words
    assert "<dt>Six (since corrected)</dt><dd>Wire, 6 November 2022 (copy)</dd>" in page
    assert "Also: Wire, 6 November 2022 (copy)" in page


def test_json_has_answers_as_the_command_line_prints_them(client: TestClient, base: str) -> None:
    document = json.loads(client.get(f"{base}/export.json").text)
    assert document["turns"][0]["answer"] == SAILS_ANSWER.to_dict()
    assert document["turns"][3]["stopped"] is True
    assert client.get(f"{base}/export.pdf").status_code == 404


def test_one_answer_is_had_as_markdown(client: TestClient, base: str) -> None:
    assert client.get(f"{base}/turns/1.md").text.startswith("## When does the night ferry sail")
    assert client.get(f"{base}/turns/9.md").status_code == 404


def test_an_opinion_is_kept_and_withdrawn(
    client: TestClient, kept: Conversations, base: str
) -> None:
    opinion = f"{base}/turns/1/opinion"
    identity = base.split("/")[-1]
    assert client.put(opinion, json={"good": False, "reason": "Out of date"}).status_code == 200
    assert kept.opinions(identity)[1].reason == "Out of date"
    assert client.delete(opinion).status_code == 200
    assert kept.opinions(identity) == {}
    assert client.put(opinion, json={"good": "maybe"}).status_code == 422
