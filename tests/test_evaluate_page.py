"""The evaluation tab in a real browser, over real runs and candidates of the pier's library."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from eval.candidates import Candidates
from eval.draft import by_gap
from eval.gold import load_gold
from eval.proposals import Proposals
from eval.validate import validate
from eval.workbench import Workbench
from rag.settings import Settings
from rag.types import Answer
from tests import newsroom
from tests.browser import chromium, serving
from tests.pier import BUILT, HURT, PIER, REPLIES, WHEN, Desk, Shelf, quoting
from tests.test_gold import gold_file
from tests.test_workbench import CASES
from ui.conversations import Conversations
from ui.evaluate_protocol import Evaluation
from ui.gate import HeaderGate
from ui.server import create_app
from ui.turn import Turn

SHIP = replace(PIER, text="The harbour board of Port Senn paid 14 million crowns for a ship.")
WHEN_CASE = WHEN.to_dict() | {"answers": ["5 May 2021"]}
WRONG = replace(quoting(BUILT, "Ada Pell"), question="Who built the pier?")


@dataclass
class Room:
    """The server, and what is behind it."""

    app: FastAPI
    evaluation: Evaluation
    conversations: Conversations

    def judged(self, answer: Answer, good: bool, reason: str = "") -> None:
        """A reader's opinion of an answer."""
        conversation = self.conversations.begin("", answer.question)
        self.conversations.put(conversation, Turn(1, answer.question, answer=answer))
        self.conversations.judge(conversation, 1, good, reason)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    gold = gold_file(tmp_path, [*CASES, WHEN_CASE])
    shelf = Shelf()

    def build(changes: str) -> tuple[Settings, Desk]:
        replies = REPLIES | {WHEN.question: quoting(HURT, "5 May 2021")} if changes else REPLIES
        threshold = {"answer": {"threshold": 0.6}} if changes else {}
        return Settings(library=tmp_path / "library", **threshold), Desk(replies)

    bench = Workbench(shelf, tmp_path / "runs", lambda: [gold], build)
    kept = Candidates(tmp_path / "gold", "pier", shelf)
    proposals = Proposals(kept, shelf, lambda: iter([SHIP]), {"gap": lambda: by_gap})
    evaluation, conversations = Evaluation(bench, proposals), Conversations()
    app = create_app(
        newsroom.Desk(), newsroom.Shelf(), conversations=conversations, evaluation=evaluation
    )
    return Room(app, evaluation, conversations)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[1440, 390], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser: Browser, room: Room) -> Iterator[Page]:
    """The evaluation's tab; it must have called no other host and raised no error."""
    with serving(room.app) as address:
        context = browser.new_context(viewport={"width": request.param, "height": 900})
        page = context.new_page()
        hosts: set[str | None] = set()
        errors: list[str] = []
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        show(page)
        yield page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []


def show(page: Page) -> None:
    page.get_by_role("tab", name="Evaluate").click()
    expect(page.locator("#ev-candidates > *").first).to_be_visible()


def run(page: Page, name: str, changes: str = "") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Settings to try").fill(changes)
    page.get_by_role("button", name="Run", exact=True).click()
    # The first run imports what answers questions, on whatever else the machine is doing.
    told = page.locator("#ev-progress")
    expect(told).to_contain_text(name, timeout=60_000)
    expect(told).to_contain_text("finished", timeout=60_000)


def test_two_runs_are_made_and_compared(page: Page) -> None:
    expect(page.get_by_text("None yet.")).to_be_visible()
    run(page, "before")
    expect(page.locator("#ev-progress")).to_contain_text("3 of 3 asked, 1 right")
    run(page, "after", "answer.threshold=0.6")
    expect(page.locator("#ev-compare tbody tr")).to_have_count(2)
    expect(page.get_by_label("before as A")).to_be_checked()
    expect(page.get_by_label("after as B")).to_be_checked()
    page.get_by_role("button", name="Compare A with B").click()
    told = page.locator(".comparison")
    expect(told).to_contain_text("1 questions won, 0 lost. Nothing in it is beyond chance.")
    expect(told).to_contain_text("Changed: answer.threshold: 0.5 → 0.6")
    told.locator("summary").click()
    expect(told.locator("dd").last).to_contain_text("5 May 2021")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Report of B against A").click()
    expect(opened.value.get_by_text("questions won and")).to_be_visible(timeout=30_000)


def test_what_is_refused_is_said(page: Page) -> None:
    run(page, "before")
    page.get_by_label("Settings to try").fill("answer.threshold=0.6")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#ev-problem")).to_contain_text("holds another run")


def test_a_readers_correction_becomes_a_gold_case(page: Page, room: Room) -> None:
    room.judged(WRONG, False, "Odile Brand")
    page.reload()
    show(page)
    page.locator(".candidate summary").click()
    expect(page.locator(".said").first).to_have_text(f"Byline said: Ada Pell: {BUILT} [1]")
    form = page.locator(".edit")
    expect(form.get_by_label("Answers, one a line")).to_have_value("Odile Brand")
    expect(form.get_by_label("Quotes that carry the answer")).to_have_value(BUILT)
    # The pier's library knows its article by file name only.
    form.get_by_role("button", name="Accept").click()
    expect(form.get_by_role("alert")).to_contain_text("the library holds no article a1")
    form.get_by_label("Article").fill("pier.md")
    form.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("None is waiting.")).to_be_visible()
    expect(page.get_by_role("link", name="1 case")).to_be_visible()
    path = room.evaluation.proposals.accepted_path
    assert validate(path, Shelf()) == []
    assert load_gold(path)[0].answers == ("Odile Brand",)


def test_one_click_accepts_what_needs_no_mending_and_opens_what_does(
    page: Page, room: Room
) -> None:
    room.judged(Answer("Who paid?", abstained=True, reason="They do not say."), True)
    room.judged(WRONG, False)
    page.reload()
    show(page)
    page.get_by_role("button", name="Accept as it is: Who paid?").click()
    expect(page.get_by_role("link", name="1 case")).to_be_visible()
    page.get_by_role("button", name="Accept as it is: Who built the pier?").click()
    expect(page.locator(".edit").get_by_role("alert")).to_be_visible()
    expect(page.locator(".edit").get_by_label("Question")).to_have_value("Who built the pier?")
    assert [case.question for case in load_gold(room.evaluation.proposals.accepted_path)] == [
        "Who paid?"
    ]


def test_drafts_are_proposed_and_rejected(page: Page) -> None:
    page.get_by_role("button", name="Draft from the articles").click()
    expect(page.locator(".candidate")).to_have_count(1)
    page.locator(".candidate summary").click()
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("None is waiting.")).to_be_visible()
    page.get_by_role("button", name="Draft from the articles").click()
    expect(page.get_by_text("nothing new to draft")).to_be_visible()


def test_an_opinion_is_heard_once_and_again_when_it_changes(room: Room) -> None:
    client = TestClient(room.app)

    def waiting() -> list[tuple[str, str]]:
        found = client.get("/evaluate/state").json()["waiting"]
        return [(candidate["origin"], candidate["comment"]) for candidate in found]

    room.judged(WRONG, False, "Out of date")
    assert waiting() == [("wrong", "Out of date")]
    name = client.get("/evaluate/state").json()["waiting"][0]["case"]["id"]
    assert client.post("/evaluate/reject", json={"id": name}).status_code == 200
    assert waiting() == []
    assert client.post("/evaluate/reject", json={"id": name}).status_code == 400
    room.judged(WRONG, True)
    assert waiting() == [("right", "")]


def test_the_accepted_set_can_be_had(room: Room) -> None:
    client = TestClient(room.app)
    assert client.get("/evaluate/gold").text == ""
    room.judged(Answer("Who paid?", abstained=True, reason="They do not say."), True)
    case = client.get("/evaluate/state").json()["waiting"][0]["case"]
    assert case["kind"] == "unanswerable"
    reply = client.post("/evaluate/accept", json={"id": case["id"], "case": case})
    assert reply.json()["cases"] == 1
    assert json.loads(client.get("/evaluate/gold").text) == case
    assert client.get("/evaluate/report", params={"name": "none"}).status_code == 400


def test_who_is_no_administrator_sees_nothing_of_it(room: Room) -> None:
    app = create_app(
        newsroom.Desk(),
        newsroom.Shelf(),
        gate=HeaderGate("X-User", ["ann"]),
        evaluation=room.evaluation,
    )
    client = TestClient(app)
    assert client.get("/evaluate/state", headers={"X-User": "ann"}).status_code == 200
    assert client.get("/evaluate/state", headers={"X-User": "bob"}).status_code == 403
    refused = client.post("/evaluate/stop", headers={"X-User": "bob"})
    assert (refused.status_code, "administrator" in refused.json()["error"]) == (403, True)
