import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser import chromium, serving
from tests.newsroom import (
    BRIDGE,
    BRIDGE_ASKED,
    BROKEN,
    BUSY,
    CAPTAIN,
    CAPTAIN_ANSWER,
    HOSTILE,
    HOSTILE_ASKED,
    SAILS,
    SAILS_ANSWER,
    Desk,
    Shelf,
)
from tests.visit import visiting
from ui.asking import ASKED_AT_ONCE, TOO_LONG
from ui.conversations import Conversations
from ui.gate import Person
from ui.invitation import EMPTY, invitation_html
from ui.page import masthead_html
from ui.server import create_app
from ui.stream import UNEXPECTED
from ui.turn_html import CHECKING, NEXT_ONE, STOPPED

WIDE = (1400, 900)
NARROW = (390, 844)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def kept() -> Iterator[Conversations]:
    with closing(Conversations()) as kept:
        yield kept


@pytest.fixture(scope="module")
def address(desk: Desk, kept: Conversations) -> Iterator[str]:
    app = create_app(desk, Shelf(), examples=[BRIDGE_ASKED], conversations=kept)
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[WIDE], ids=["wide"])
def page(
    request: pytest.FixtureRequest, browser: Browser, address: str, desk: Desk
) -> Iterator[Page]:
    """The chat page, open; it must have called no other host and raised no error."""
    width, height = request.param
    with visiting(browser) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        expect(page.locator(".by-list :is(ul, p)")).to_be_attached()  # the scripts are at work
        yield page


@pytest.fixture(autouse=True)
def ready(desk: Desk) -> None:
    desk.pause = 0.0
    desk.go.set()


narrow = pytest.mark.parametrize("page", [NARROW], indirect=True, ids=["narrow"])


def ask(page: Page, question: str) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")


def opened(page: Page) -> FrameLocator:
    return page.frame_locator(".by-drawer iframe")


def test_the_masthead_counts_articles() -> None:
    anybody = Person("", admin=False)
    assert "24 articles" in masthead_html("Byline", 24, anybody)
    assert "12,345 articles" in masthead_html("Byline", 12_345, anybody)
    assert ">1 article<" in masthead_html("Byline", 1, anybody)
    assert "&lt;b&gt;" in masthead_html("<b>", 1, anybody)


def test_an_empty_library_says_what_to_do() -> None:
    assert EMPTY in invitation_html(0)


def test_a_question_is_answered_with_marks_and_sources(page: Page) -> None:
    expect(page.locator(".by-masthead")).to_contain_text("3 articles")
    ask(page, SAILS)
    expect(page.locator(".by-short")).to_have_text("12 March")
    expect(page.locator(".by-text .by-cite")).to_have_text(["1", "2"])
    expect(page.locator(".by-card")).to_have_count(1)
    expect(page.locator(".by-quote").first).to_have_text(f"“{SAILS_ANSWER.citations[0].quote}”")
    expect(page.locator(".by-invitation")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_have_value("")


def test_sentences_appear_as_they_pass(page: Page, desk: Desk) -> None:
    desk.go.clear()
    ask(page, SAILS)
    expect(page.locator(".by-sentence")).to_have_count(1)
    expect(page.locator(".by-status")).to_have_text(CHECKING)
    expect(page.locator(".by-short")).to_be_hidden()
    page.get_by_label("Your question").press_sequentially("And")
    desk.go.set()
    expect(page.locator(".by-sentence")).to_have_count(2)
    expect(page.locator(".by-short")).to_have_text("12 March")
    expect(page.get_by_label("Your question")).to_have_value("And")


@pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])
def test_a_mark_opens_the_article_at_exactly_the_quoted_words(page: Page) -> None:
    ask(page, SAILS)
    cited = SAILS_ANSWER.citations[1]
    page.get_by_role("link", name="Source 2: Night ferry").click()
    mark = opened(page).locator("mark")
    expect(mark).to_have_text(cited.quote)
    expect(mark).to_be_in_viewport(ratio=1)
    expect(mark).to_be_focused()
    # Far down a long article, so that without scrolling it would be out of view.
    assert opened(page).locator("html").evaluate("() => window.scrollY") > 500
    link = page.get_by_role("link", name="Open in a new tab")
    assert f"start={cited.start}&end={cited.end}" in (link.get_attribute("href") or "")


def test_a_card_opens_its_article_and_escape_closes_it(page: Page) -> None:
    ask(page, BRIDGE_ASKED)
    page.locator(".by-title").first.click()
    expect(opened(page).locator("h1")).to_have_text(BRIDGE.title)
    expect(opened(page).locator("mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".by-drawer")).to_be_hidden()
    expect(page.get_by_role("link", name="Open article").first).to_be_focused()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    ask(page, BRIDGE_ASKED)
    expect(page.locator(".by-text .by-cite")).to_have_count(2)
    page.locator(".by-text .by-cite").first.focus()
    page.keyboard.press("Enter")
    expect(opened(page).locator("mark")).to_be_focused()
    page.get_by_role("button", name="Close").press("Enter")
    expect(page.locator(".by-text .by-cite").first).to_be_focused()


def test_an_abstention_is_useful(page: Page) -> None:
    ask(page, CAPTAIN)
    expect(page.locator(".by-reason")).to_have_text(CAPTAIN_ANSWER.reason)
    expect(page.locator(".by-sources")).to_contain_text("Nearest passages, which were not enough")
    page.locator(".by-card").nth(1).get_by_role("link", name="Open article").click()
    expect(opened(page).locator("mark")).to_have_text(CAPTAIN_ANSWER.nearest[1].passage.text)


def test_an_article_of_markup_is_shown_as_text(page: Page) -> None:
    ask(page, HOSTILE_ASKED)
    expect(page.locator(".by-quote")).to_have_text(f"“{HOSTILE.text}”")
    expect(page.locator(".by-question")).to_have_text(HOSTILE_ASKED)
    page.locator(".by-text .by-cite").click()
    expect(opened(page).locator("mark")).to_have_text(HOSTILE.text)
    assert page.title() == "Byline"
    assert page.locator("#by-thread :is(script, img, b, em)").count() == 0


def test_an_answer_can_be_stopped(page: Page, desk: Desk) -> None:
    desk.go.clear()
    ask(page, SAILS)
    expect(page.locator(".by-sentence")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".by-status")).to_have_text(STOPPED)
    desk.go.set()
    ask(page, BRIDGE_ASKED)
    expect(page.locator(".by-turn")).to_have_count(2)
    expect(page.locator(".by-turn").nth(1).locator(".by-text .by-cite")).to_have_count(2)
    expect(page.locator(".by-turn").nth(0).locator(".by-sentence")).to_have_count(1)


def test_failures_are_one_friendly_line(page: Page) -> None:
    ask(page, BUSY)
    expect(page.locator(".by-problem")).to_contain_text("language model is busy")
    ask(page, BROKEN)
    expect(page.locator(".by-problem").nth(1)).to_have_text(UNEXPECTED)
    ask(page, "why " * 600)
    expect(page.locator(".by-problem").nth(2)).to_have_text(TOO_LONG)
    expect(page.locator("body")).not_to_contain_text("Traceback")


def test_nothing_is_asked_with_an_empty_box(page: Page, desk: Desk) -> None:
    before = len(desk.asked)
    ask(page, "   ")
    page.get_by_role("button", name=BRIDGE_ASKED).click()
    expect(page.locator(".by-turn")).to_have_count(1)
    expect(page.locator(".by-text .by-cite")).to_have_count(2)
    assert desk.asked[before:] == [BRIDGE_ASKED]


def test_two_readers_do_not_see_each_other(page: Page, browser: Browser, address: str) -> None:
    other = browser.new_page()
    other.goto(address)
    ask(page, SAILS)
    ask(other, CAPTAIN)
    expect(page.locator(".by-short")).to_have_text("12 March")
    expect(other.locator(".by-reason")).to_have_text(CAPTAIN_ANSWER.reason)
    expect(page.locator(".by-turn")).to_have_count(1)
    expect(other.locator(".by-turn")).to_have_count(1)
    other.close()


def test_a_new_question_comes_into_view(page: Page) -> None:
    for number, question in enumerate([SAILS, BRIDGE_ASKED, CAPTAIN], 1):
        ask(page, question)
        expect(page.locator(".by-turn")).to_have_count(number)
        expect(page.locator(".by-busy")).to_have_count(0)
        expect(page.locator(".by-question").last).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_be_in_viewport()


@narrow
def test_a_narrow_page_stacks_and_never_scrolls_sideways(page: Page) -> None:
    ask(page, SAILS)
    expect(page.locator(".by-short")).to_be_visible()
    answer = page.locator(".by-answer").bounding_box()
    sources = page.locator(".by-sources").bounding_box()
    assert answer
    assert sources
    assert sources["y"] >= answer["y"] + answer["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


def test_closing_the_tab_frees_the_machine(
    browser: Browser, address: str, desk: Desk, kept: Conversations
) -> None:
    desk.go.clear()
    page = browser.new_page()
    page.goto(address)
    ask(page, SAILS)
    expect(page.locator(".by-sentence")).to_have_count(1)
    said, conversation = desk.said, page.url.split("=")[1]
    page.close()
    eventually(lambda: kept.turns(conversation)[0].stopped)
    desk.go.set()
    time.sleep(0.5)
    assert desk.said == said, "no further sentence was made for nobody"
    assert len(kept.turns(conversation)[0].sentences) == 1, "what had been checked is kept"


def test_who_waits_is_told_their_place_and_is_not_lost(
    page: Page, address: str, desk: Desk
) -> None:
    desk.go.clear()
    before = len(desk.asked)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        others = [pool.submit(posted, address) for _ in range(ASKED_AT_ONCE)]
        eventually(lambda: len(desk.asked) == before + ASKED_AT_ONCE)
        ask(page, SAILS)
        expect(page.locator(".by-status")).to_have_text(NEXT_ONE)
        desk.go.set()
        assert [other.result() for other in others] == ["12 March"] * ASKED_AT_ONCE
    expect(page.locator(".by-short")).to_have_text("12 March")


def posted(address: str) -> str:
    """The short answer that a program gets."""
    body = json.dumps({"question": SAILS}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/api/ask", body, headers)
    with urllib.request.urlopen(request, timeout=60) as reply:
        return str(json.load(reply)["short"])


def eventually(true: Callable[[], bool]) -> None:
    """Wait until it is, up to twenty seconds."""
    for _ in range(200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to be")


def test_thirty_programs_at_once_are_all_answered(address: str, desk: Desk) -> None:
    desk.pause = 0.02
    with ThreadPoolExecutor(30) as pool:
        assert list(pool.map(posted, [address] * 30)) == ["12 March"] * 30
