"""Every flow of the page, in a real browser, against the default models and the sample library."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from ingest.library import Library
from tests.browser import chromium
from tests.reading_room import EXAMPLES, reading_room

IRAN, VAN, PUFFINS = EXAMPLES
ORDERED = "How many drones does Kyiv say Russia has ordered?"
CUP = "Who won the 2022 World Cup?"
FINAL = "When was the men's Provincial Cup final played?"
WAIT = 30_000
"""Milliseconds an answer may take on a busy machine."""

Room = tuple[str, Library]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with reading_room(tmp_path_factory.mktemp("room") / "library") as room:
        yield room


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, room: Room) -> Iterator[Page]:
    """The page, open; it must have called no other host and raised no error."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(room[0])
    expect(page.locator(".by-list :is(ul, p)")).to_be_attached(timeout=WAIT)
    yield page
    context.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []


def box(page: Page):  # type: ignore[no-untyped-def]
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


def test_an_answer_with_its_quotes_sources_and_reader(page: Page) -> None:
    sound(page)
    page.get_by_role("button", name=IRAN).click()
    answered(page)
    expect(page.locator(".by-short")).to_have_text("5 November 2022")
    mark = page.locator(".by-text .by-cite").first
    mark.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("Iran acknowledged for the first time")
    expect(tip).to_contain_text("Meridian Wire · 5 November 2022")
    sound(page)
    mark.press("Enter")
    cited = opened(page).locator("mark")
    expect(cited).to_contain_text("Iran acknowledged for the first time")
    expect(cited).to_be_in_viewport(ratio=1)
    expect(opened(page).locator(".related")).to_contain_text("Iran owns up", timeout=WAIT)
    sound(page)
    page.keyboard.press("Escape")
    expect(page.locator(".by-drawer")).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_resolved_date_is_explained(page: Page) -> None:
    ask(page, FINAL)
    expect(page.locator(".by-short")).to_have_text("25 May 2024")
    expect(page.locator(".by-answer .by-note").last).to_contain_text("resolved from “on Saturday”")


def test_what_the_articles_do_not_say(page: Page) -> None:
    ask(page, CUP)
    expect(page.locator(".by-reason")).to_contain_text("do not say")
    expect(page.locator(".by-card")).to_have_count(3)
    page.locator(".by-card").first.get_by_role("link", name="Open article").click()
    expect(opened(page).locator("mark").first).to_be_visible()


def test_filters_are_chips_that_can_be_taken_away(page: Page) -> None:
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Meridian Wire").check()
    page.get_by_label("Answer as of").fill("2022-12-31")
    chosen = page.locator(".by-chosen .by-chip")
    expect(chosen).to_contain_text(["Meridian Wire", "As of 31 December 2022"])
    page.keyboard.press("Escape")
    ask(page, IRAN)
    applied = page.locator(".by-applied .by-chip")
    expect(applied).to_contain_text(["Meridian Wire", "As of 31 December 2022"])
    expect(page.locator(".by-meta").first).to_contain_text("Meridian Wire")
    chosen.first.get_by_role("button").click()
    expect(chosen).to_have_count(1)
    applied.first.get_by_role("button").click()
    expect(applied).to_have_count(1, timeout=WAIT)
    answered(page)
    expect(page.locator(".by-turn")).to_have_count(1)


def test_a_limit_that_the_question_set_can_be_taken_away(page: Page) -> None:
    ask(page, "According to the Saltmarsh Post, when did Iran admit drone supplies?")
    chip = page.locator('.by-applied .by-chip[data-from="question"]')
    expect(chip).to_have_text("The Saltmarsh Post")
    chip.get_by_role("button").click()
    expect(chip).to_have_count(0, timeout=WAIT)
    answered(page)


def test_ask_again_edit_copy_link_and_thumbs(page: Page) -> None:
    ask(page, ORDERED)
    expect(page.locator(".by-short")).to_contain_text("2,000")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".by-toast")).to_contain_text("Copied as Markdown")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"## {ORDERED}")
    assert "### Sources" in copied
    page.get_by_role("button", name="Poor answer").click()
    page.get_by_role("button", name="Out of date").click()
    expect(page.locator(".by-toast")).to_contain_text("kept with the answer")
    expect(page.get_by_role("button", name="Poor answer")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Edit question").click()
    expect(box(page)).to_have_value(ORDERED)
    box(page).fill(PUFFINS)
    box(page).press("Enter")
    expect(page.locator(".by-question")).to_have_text(PUFFINS, timeout=WAIT)
    answered(page)
    expect(page.locator(".by-turn")).to_have_count(1)
    page.get_by_role("button", name="Ask again").click()
    answered(page)
    expect(page.locator(".by-turn")).to_have_count(1)
    follow = page.locator(".by-next button").first
    question = follow.inner_text()
    follow.click()
    expect(page.locator(".by-question").last).to_have_text(question, timeout=WAIT)
    answered(page)
    expect(page.locator(".by-turn").last.locator(".by-text")).not_to_be_empty()


def test_a_conversation_outlives_a_reload_and_is_found_renamed_and_deleted(page: Page) -> None:
    ask(page, VAN)
    answer = page.locator(".by-text").inner_text()
    address = page.url
    assert "?c=" in address
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".by-text")).to_have_text(answer, timeout=WAIT)
    rail = page.get_by_role("navigation", name="Conversations")
    rail.get_by_label("Search conversations").fill("pico van")
    kept = rail.locator("li")
    expect(kept).to_have_count(1)
    kept.locator("summary").click()
    kept.get_by_role("button", name="Rename").click()
    kept.get_by_label("New title").fill("The late van")
    kept.get_by_label("New title").press("Enter")
    expect(kept.locator(".by-kept")).to_have_text("The late van")
    sound(page)
    with page.expect_download() as download:
        kept.locator("summary").click()
        kept.get_by_role("link", name="Export as Markdown").click()
    assert VAN in Path(download.value.path()).read_text()
    kept.get_by_role("button", name="Delete").click()
    kept.get_by_role("button", name="Delete for good?").click()
    expect(page.locator(".by-turn")).to_have_count(0)
    expect(rail).to_contain_text("No conversation says that.")


def test_an_answer_keeps_the_article_that_it_cited(page: Page, room: Room, tmp_path: Path) -> None:
    added = tmp_path / "lantern.md"
    added.write_text(
        "---\ntitle: Lantern museum opens\nsource: Quay Gazette\nurl: https://quay.example/lantern\n"
        "date: 2025-05-02\n---\nThe lantern museum of Port Senn opened with 412 lamps on Friday.\n"
    )
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Add articles").click()
    page.locator("#by-add input[type=file]").set_input_files(added)
    expect(page.locator("#by-add")).to_contain_text("lantern.md")
    page.get_by_role("button", name="See what would happen").click()
    expect(page.locator(".by-progress")).to_contain_text("Nothing was written", timeout=WAIT)
    expect(page.locator(".by-progress")).to_contain_text("new Lantern museum opens")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".by-progress")).to_contain_text(
        re.compile(r"Done after .*: 1 new"), timeout=WAIT
    )
    page.get_by_role("tab", name="Ask").click()
    ask(page, "How many lamps did the lantern museum open with?")
    expect(page.locator(".by-short")).to_contain_text("412")
    address = page.url
    added.write_text(added.read_text().replace("412 lamps", "420 lamps"))
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Remove", exact=False).first.wait_for()
    page.locator("#by-add input[type=file]").set_input_files(added)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".by-progress")).to_contain_text("1 changed", timeout=WAIT)
    page.goto(address)
    expect(page.locator(".by-text")).to_contain_text("412 lamps", timeout=WAIT)
    page.locator(".by-text .by-cite").first.click()
    expect(opened(page).locator("mark")).to_contain_text("412 lamps")
    opened(page).get_by_role("link", name="see what changed").click()
    expect(opened(page).locator("article > p del")).to_have_text("412")
    expect(opened(page).locator("article > p ins")).to_have_text("420")


def test_the_library_is_searched_sorted_and_a_removal_undone(page: Page, room: Room) -> None:
    page.get_by_role("tab", name="Library").click()
    rows = page.locator(".by-table tbody tr")
    expect(rows.first).to_be_visible()
    expect(page.locator(".by-health")).to_contain_text("on disk")
    sound(page)
    page.get_by_label("Search the library").fill("puffins")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    expect(opened(page).locator("h1")).to_contain_text(re.compile("puffin", re.I))
    page.get_by_role("button", name="Close").click()
    rows.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Check the indexes").click()
    expect(page.locator(".by-state")).to_contain_text("indexes agree", timeout=WAIT)
    assert room[1].count() >= 24


def test_ask_about_one_article_only(page: Page) -> None:
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Search the library").fill("puffins")
    rows = page.locator(".by-table tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    page.get_by_role("button", name="Ask about this article").click()
    expect(page.locator(".by-chosen .by-chip")).to_contain_text("Only:")
    ask(page, IRAN)
    expect(page.locator(".by-reason")).to_contain_text("do not say")


@pytest.mark.parametrize("width", [390, 820])
def test_a_narrow_page_has_it_all_and_never_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    ask(page, IRAN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Conversations").click()
    rail = page.get_by_role("navigation", name="Conversations")
    expect(rail).to_be_visible()
    expect(rail.locator("li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(rail).to_be_hidden()
    page.locator(".by-text .by-cite").first.click()
    expect(opened(page).locator("mark")).to_be_in_viewport(ratio=1)
    sound(page)
