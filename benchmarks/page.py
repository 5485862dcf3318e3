"""How long the page takes to be seen, once the server is up: `python -m benchmarks.page`.

A real browser with an empty cache opens the page on the sample library; first contentful paint and
the moment when a question can be typed are read from the browser's own clock.
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path

from tests.browser import chromium
from tests.reading_room import reading_room

PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Print the median and the worst of some visits."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    paints, ready = visits(chosen.visits)
    figures = {
        "first_paint_ms_median": round(statistics.median(paints)),
        "first_paint_ms_worst": round(max(paints)),
        "ready_ms_median": round(statistics.median(ready)),
        "ready_ms_worst": round(max(ready)),
        "visits": chosen.visits,
    }
    if chosen.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:24} {value:>8,}")


def visits(count: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the first paint and until a question can be typed, of each visit."""
    paints, ready = list[float](), list[float]()
    with (
        tempfile.TemporaryDirectory() as folder,
        reading_room(Path(folder) / "library") as (address, _),
        chromium() as browser,
    ):
        for _ in range(count):
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            page.get_by_label("Your question").wait_for()
            ready.append(page.evaluate("performance.now()"))
            paints.append(page.evaluate(PAINT))
            context.close()
    return paints, ready


if __name__ == "__main__":
    main()
