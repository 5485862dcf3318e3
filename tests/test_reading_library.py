"""The library's tab, many people, and every view's accessibility, in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import visit
from tests.files import html
from tests.reading_room import EXAMPLES, reading_room
from tests.site import Reply, Site, site
from tests.visit import WAIT, Room, ask, box, opened, sound, visiting
from ui.gate import PasswordGate
from ui.login import WRONG
from ui.users import Users

room, browser, page = visit.room, visit.browser, visit.page
IRAN, VAN, PUFFINS = EXAMPLES
TUNNEL = "How many workers were hurt when the Corrie tunnel caved in?"


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
    assert room[1].count() >= 40


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


@pytest.fixture
def web() -> Iterator[Site]:
    """A page, and a feed of two, one of which is gone."""
    told = [
        "The lighthouse on Kesta was lit again on Friday 14 March 2025, the coast guard said.",
        "It had been dark for eleven years. The new lamp can be seen for 27 nautical miles.",
        "The council wants to open the tower to visitors as soon as the stairs are mended.",
    ]
    typed = {"Content-Type": "text/html; charset=utf-8"}
    with site({"/kesta": Reply(html("Lighthouse on Kesta lit again", told), headers=typed)}) as web:
        pier = [
            "The pier of Oster costs 3,000 crowns a metre, the treasurer said on Monday.",
            *told,
        ]
        web.pages["/oster"] = Reply(html("Council speaks about the pier", pier), headers=typed)
        links = "".join(
            f"<item><title>{title}</title><link>{web.url}/{title}</link></item>"
            for title in ("oster", "gone")
        )
        feed = f'<rss version="2.0"><channel><title>Quay</title>{links}</channel></rss>'
        web.pages["/feed"] = Reply(feed.encode(), headers={"Content-Type": "application/rss+xml"})
        yield web


def add(page: Page, address: str, collection: str) -> Locator:
    """Add what stands at a web address; what is said of it at the end."""
    page.get_by_label("Or a web page, a feed").fill(address)
    page.get_by_label("Into a collection").fill(collection)
    page.get_by_role("button", name="Add", exact=True).click()
    said = page.locator("#by-add-progress")
    expect(said).to_contain_text("Done after", timeout=WAIT)
    return said


def test_pages_and_feeds_are_added_to_a_collection_that_is_asked_alone(
    page: Page, web: Site
) -> None:
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Add articles").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#by-add-progress")).to_contain_text("Choose files, or name")
    expect(add(page, f"{web.url}/kesta", "Coast")).to_contain_text("1 new")
    said = add(page, f"{web.url}/feed", "Quay")
    expect(said).to_contain_text("1 new, 1 could not be used")
    expect(said.locator("li")).to_contain_text("the server has no such page (404)")
    expect(page.locator(".by-failed summary")).to_have_text("1 source could not be used")
    row = page.locator(".by-table tbody tr").filter(has_text="Lighthouse on Kesta")
    row.get_by_role("button", name="Collections of").click()
    names = row.get_by_label("Collections, with commas")
    expect(names).to_have_value("Coast")
    names.fill("coast, Lights")
    names.press("Enter")
    expect(row.locator(".by-tags li")).to_have_text(["Coast", "Lights"])
    expect(row.get_by_role("button", name="Collections of")).to_be_focused()
    page.get_by_role("tab", name="Ask").click()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Lights").check()
    page.keyboard.press("Escape")
    ask(page, "When was the lighthouse lit again?")
    expect(page.locator(".by-applied .by-chip")).to_have_text("Collection: Lights")
    expect(page.locator(".by-short")).to_have_text("14 March 2025")
    ask(page, IRAN)
    expect(page.locator(".by-reason")).to_contain_text("do not say")


@dataclass
class Guarded:
    """A library whose readers log in."""

    folder: Path
    gate: PasswordGate


@pytest.fixture
def guarded(tmp_path: Path) -> Guarded:
    users = Users(tmp_path / "users")
    users.put("ann", "correct horse", admin=True)
    users.put("bea", "battery staple")
    return Guarded(tmp_path / "library", PasswordGate(users, b"key"))


def login(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_people_log_in_keep_to_their_own_and_find_it_again_after_a_restart(
    browser: Browser, guarded: Guarded
) -> None:
    with visiting(browser, refused=1) as bea, visiting(browser) as ann:
        with reading_room(guarded.folder, guarded.gate) as (address, _):
            bea.goto(address)
            login(bea, "bea", "guess")
            expect(bea.get_by_role("alert")).to_have_text(WRONG)
            login(bea, "bea", "battery staple")
            ask(bea, VAN)
            answer, path = bea.locator(".by-text").inner_text(), bea.url.removeprefix(address)
            expect(bea.get_by_role("tab")).to_have_text(["Ask", "Library"])
            bea.get_by_role("tab", name="Library").click()
            expect(bea.locator(".by-table tbody tr").first).to_be_visible()
            expect(bea.get_by_role("button", name="Remove")).to_have_count(0)
            expect(bea.get_by_role("button", name="Add articles")).to_be_hidden()
            expect(bea.get_by_role("button", name="Check the indexes")).to_be_hidden()
            ann.goto(f"{address}{path}")
            login(ann, "ann", "correct horse")
            expect(ann.get_by_role("tab")).to_have_text(["Ask", "Library", "Evaluate"])
            expect(ann.locator(".by-list")).to_contain_text("will be kept here")
            ann.goto(f"{address}{path}")
            expect(ann.locator(".by-invitation")).to_be_visible()
            expect(ann.locator(".by-turn")).to_have_count(0)
            ann.get_by_role("tab", name="Library").click()
            expect(ann.get_by_role("button", name="Add articles")).to_be_visible()
            for page in (ann, bea):
                page.goto("about:blank")
        with reading_room(guarded.folder, guarded.gate) as (address, _):
            bea.goto(f"{address}{path}")
            expect(bea.locator(".by-text")).to_have_text(answer)
            bea.locator(".by-text .by-cite").first.click()
            expect(opened(bea).locator("mark").first).to_be_visible()
            bea.keyboard.press("Escape")
            ask(bea, PUFFINS)
            bea.get_by_role("button", name="Log out").click()
            expect(bea.get_by_label("Password")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_sound(browser: Browser, room: Room, scheme: str) -> None:
    with visiting(browser, scheme) as page:
        page.goto(room[0])
        expect(page.locator(".by-invitation")).to_be_visible()
        sound(page)
        page.get_by_text("Filters", exact=True).click()
        sound(page)
        page.keyboard.press("Escape")
        ask(page, TUNNEL)
        page.get_by_role("button", name="Poor answer").click()
        page.locator(".by-more summary").first.click()
        page.locator(".by-text .by-cite").first.focus()
        expect(page.get_by_role("tooltip")).to_be_visible()
        sound(page)
        page.keyboard.press("Enter")
        expect(opened(page).locator("mark")).to_be_visible()
        sound(page)
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Library").click()
        page.get_by_role("button", name="Collections of").first.click()
        page.get_by_role("button", name="Add articles").click()
        expect(page.get_by_label("Into a collection")).to_be_visible()
        sound(page)
        page.get_by_role("tab", name="Evaluate").click()
        expect(page.get_by_label("Gold set", exact=False).first).to_be_visible()
        sound(page)


def test_the_keyboard_alone_goes_everywhere(page: Page) -> None:
    box(page).fill(VAN)
    page.keyboard.press("Enter")
    visit.answered(page)
    page.evaluate("document.activeElement.blur()")
    page.locator(".by-skip").focus()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.locator(".by-more summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Rename").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".by-more summary").first).to_be_focused()
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    row = page.locator(".by-table tbody tr").first
    title = row.get_by_role("link").inner_text()
    row.get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(row.get_by_role("link")).to_have_text(re.compile(re.escape(title)))
