"""Take the pictures of docs/images anew: `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parent.parent))
from ingest.library import Library
from tests.browser import chromium
from tests.reading_room import EXAMPLES, SEVERAL, reading_room

OUT = Path(__file__).parent.parent / "docs" / "images"
WIDTHS = {1440: 900, 820: 1000, 390: 844}
SCENES = {
    "conflict": "How many workers were hurt when the Corrie tunnel caved in?",
    "timeline": "Give me a timeline of the Corrie Water dam.",
    "comparison": "Which is longer, the Teller Bridge or the Ansgar Bridge?",
    "silence": "Who won the 2022 World Cup?",
}
"""What else is asked, each in a conversation of its own."""
READY = "!document.querySelector('.by-busy') && document.querySelector('.by-act')"


def main() -> None:
    """Every scene at every width, light and dark."""
    OUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        reading_room(Path(folder) / "library", articles=SEVERAL) as (address, library),
        chromium() as browser,
    ):
        collect(library)
        for width, height in WIDTHS.items():
            for scheme in ("light", "dark"):
                take(browser, address, width, height, scheme)


def collect(library: Library) -> None:
    """Some collections, so that there are some to be seen."""
    shelves = {"Bridge": "Roads", "parking": "Roads", "Corrie": "Corrie Water", "eal": "Wildlife"}
    for article in library.articles():
        names = [name for word, name in shelves.items() if word in article.title]
        library.catalogue.set_collections(article.id, names)


def take(browser: Browser, address: str, width: int, height: int, scheme: str) -> None:
    """The scenes at one width in one scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Your question").wait_for()

    def shot(name: str) -> None:
        page.wait_for_timeout(500)
        path = OUT / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=path)
        print(path.relative_to(OUT.parent.parent))

    shot("start")
    ask(page, EXAMPLES[0])
    shot("answer")
    page.locator(".by-text .by-cite").first.click()
    page.frame_locator(".by-drawer iframe").locator(".related li").first.wait_for()
    shot("reading")
    page.keyboard.press("Escape")
    for name, question in SCENES.items():
        page.evaluate("byline.open('')")
        page.locator(".by-turn").wait_for(state="detached")
        ask(page, question)
        shot(name)
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("tab", name="Library").click()
    page.locator(".by-table tbody tr").first.wait_for()
    shot("library")
    context.close()


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the whole answer and the questions that may follow it."""
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.wait_for_function(READY)
    page.locator('.by-next[data-seek=""]').wait_for(state="attached")


if __name__ == "__main__":
    main()
