"""Visits to the reading room in a real browser: fixtures and what a visitor does."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from ingest.library import Library
from tests.browser import chromium
from tests.reading_room import SEVERAL, reading_room

WAIT = 30_000
"""Milliseconds an answer may take on a busy machine."""

Room = tuple[str, Library]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with reading_room(tmp_path_factory.mktemp("room") / "library", articles=SEVERAL) as room:
        yield room


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, room: Room) -> Iterator[Page]:
    """The page, open; it must have called no other host and raised no error."""
    with visiting(browser) as page:
        page.goto(room[0])
        expect(page.locator(".by-list :is(ul, p)")).to_be_attached(timeout=WAIT)
        yield page


@contextmanager
def visiting(browser: Browser, scheme: str = "light", refused: int = 0) -> Iterator[Page]:
    """A blank page of a visitor of its own; it must call no other host and raise no error, but
    for as many as are `refused`, which the browser reports."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert hosts == {"127.0.0.1"}
    assert len(errors) == refused, errors


def box(page: Page) -> Locator:
    return page.get_by_label("Your question")


def ask(page: Page, question: str) -> None:
    before = page.locator(".by-turn").count()
    box(page).fill(question)
    box(page).press("Enter")
    expect(page.locator(".by-turn")).to_have_count(before + 1, timeout=WAIT)
    answered(page)


def answered(page: Page) -> None:
    expect(page.locator(".by-busy")).to_have_count(0, timeout=WAIT)
    expect(page.locator(".by-turn").last.locator(".by-act").first).to_be_visible(timeout=WAIT)


def opened(page: Page) -> FrameLocator:
    return page.frame_locator(".by-drawer iframe")


def sound(page: Page) -> None:
    """No serious accessibility fault, as axe-core sees the page once it stands still."""
    faults = grave(page)
    if faults:  # gradio fades its components in: half-way there is less contrast
        page.wait_for_timeout(1_500)
        faults = grave(page)
    assert faults == []


def grave(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in serious]
