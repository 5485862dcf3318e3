"""Asking and reading, in a real browser, against the default models and the sample library."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import visit
from tests.reading_room import EXAMPLES
from tests.visit import WAIT, answered, ask, box, opened

room, browser, page = visit.room, visit.browser, visit.page
IRAN, VAN, PUFFINS = EXAMPLES
ORDERED = "How many drones does Kyiv say Russia has ordered?"
CUP = "Who won the 2022 World Cup?"
APPROVED = "When did the planning panel approve the Corrie Water dam?"
TUNNEL = "How many workers were hurt when the Corrie tunnel caved in?"
DAM = "Give me a timeline of the Corrie Water dam."
BRIDGES = "Which is longer, the Teller Bridge or the Ansgar Bridge?"


def test_an_answer_with_its_quotes_sources_and_reader(page: Page) -> None:
    page.get_by_role("button", name=IRAN).click()
    answered(page)
    expect(page.locator(".by-short")).to_have_text("5 November 2022")
    mark = page.locator(".by-text .by-cite").first
    mark.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("Iran acknowledged for the first time")
    expect(tip).to_contain_text("Meridian Wire · 5 November 2022")
    mark.press("Enter")
    cited = opened(page).locator("mark")
    expect(cited).to_contain_text("Iran acknowledged for the first time")
    expect(cited).to_be_in_viewport(ratio=1)
    expect(opened(page).locator(".related")).to_contain_text("Iran owns up", timeout=WAIT)
    page.keyboard.press("Escape")
    expect(page.locator(".by-drawer")).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_resolved_date_is_explained(page: Page) -> None:
    ask(page, APPROVED)
    expect(page.locator(".by-short")).to_have_text("21 June 2023")
    expect(page.locator(".by-answer .by-note").last).to_contain_text("resolved from “on Wednesday”")


def test_what_the_articles_disagree_about_stands_side_by_side(page: Page) -> None:
    ask(page, TUNNEL)
    values = page.locator(".by-position")
    expect(values.locator(".by-value")).to_have_text(["Four", "Six"])
    expect(values.first).to_contain_text("2 independent sources")
    expect(values.last).to_contain_text("since corrected")
    left, right = values.first.bounding_box(), values.last.bounding_box()
    assert left
    assert right
    assert left["y"] == right["y"]
    values.first.get_by_role("link", name="Meridian Wire").click()
    expect(opened(page).locator("mark")).to_contain_text("injuring four workers")
    page.keyboard.press("Escape")
    page.locator(".by-also summary").first.click()
    expect(page.locator(".by-also li").first).to_be_visible()


def test_a_timeline_is_walked_from_citation_to_citation(page: Page) -> None:
    ask(page, DAM)
    expect(page.locator(".by-label").first).to_contain_text("7 March 2023")
    marks = page.locator(".by-text .by-cite")
    count = marks.count()
    assert count > 5
    marks.first.click()
    step = page.locator(".by-step")
    expect(step).to_have_text(f"1 of {count}")
    cited = opened(page).locator("mark")
    expect(cited).to_contain_text("The plan for a dam")
    page.get_by_role("button", name="Next citation").click()
    expect(step).to_have_text(f"2 of {count}")
    expect(cited).to_contain_text("A planning panel approved")
    page.get_by_role("button", name="Previous citation").click()
    expect(cited).to_contain_text("The plan for a dam")


def test_the_sides_of_a_comparison_stand_beside_each_other(page: Page) -> None:
    ask(page, BRIDGES)
    expect(page.locator(".by-short")).to_contain_text("Teller Bridge")
    one, other = (line.bounding_box() for line in page.locator(".by-line").all())
    assert one
    assert other
    assert one["y"] == other["y"]


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
    with page.expect_download() as download:
        kept.locator("summary").click()
        kept.get_by_role("link", name="Export as Markdown").click()
    assert VAN in Path(download.value.path()).read_text()
    kept.get_by_role("button", name="Delete").click()
    kept.get_by_role("button", name="Delete for good?").click()
    expect(page.locator(".by-turn")).to_have_count(0)
    expect(rail).to_contain_text("No conversation says that.")


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
