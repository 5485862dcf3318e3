"""How well web pages become articles: text and dates.

`python -m benchmarks.extraction [--json] [--data DIR]` reads the 181 pages of scrapinghub's
article-extraction-benchmark in `DIR/article_extraction` as `byline ingest` would. The text is
compared with the ground truth by that benchmark's own measure (see `benchmarks.cleaning`); the days
with labels made by hand (`extraction_days.json`). Pages whose id begins with an even hex digit are
for choosing, the others were not looked at while choosing; the figures are of all, and of each.
"""

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.cleaning import scores, shingles
from benchmarks.corpora import DATA, require
from eval.provenance import commit_of, machine
from ingest.document import Document
from ingest.errors import PermanentError
from ingest.parse import parse

LABELS = Path(__file__).with_name("extraction_days.json")
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the truth, and what Byline would store; the text is empty where it refuses."""

    name: str
    truth: str
    text: str
    published: date | None
    refused: str


def read_pages(folder: Path) -> list[Page]:
    """The pages of the data set as Byline reads them. Their address is not given to it."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    found = []
    for name, entry in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        try:
            article = parse(Document(f"file:///{name}.html", data, "html", name)).articles[0]
            page = Page(name, entry["articleBody"], article.text, article.published, "")
        except PermanentError as error:
            page = Page(name, entry["articleBody"], "", None, str(error).partition(": ")[2])
        found.append(page)
    return found


def is_tuning(page: Page) -> bool:
    """Whether a page belongs to the half that choices are made on."""
    return int(page.name[0], 16) % 2 == 0


def text_scores(pages: Sequence[Page]) -> dict[str, float]:
    """Precision, recall, F1, and the interval in which 95% of resampled F1 lie."""
    each = [_shares(page) for page in pages]
    chosen = random.Random(0)
    spread = sorted(_f1([chosen.choice(each) for _ in each]) for _ in range(RESAMPLES))
    low, high = spread[RESAMPLES // 40], spread[-RESAMPLES // 40]
    whole = scores([(page.truth, page.text) for page in pages])
    return {**whole, "f1_low": round(low, 4), "f1_high": round(high, 4)}


def _shares(page: Page) -> tuple[float | None, float]:
    """Precision (None where there is no text) and recall of one page."""
    wanted, found = shingles(page.truth), shingles(page.text)
    both = (wanted & found).total()
    return (both / found.total() if found else None), both / wanted.total()


def _f1(shares: Sequence[tuple[float | None, float]]) -> float:
    precision = mean(share for share, _ in shares if share is not None)
    recall = mean(share for _, share in shares)
    return 2 * precision * recall / (precision + recall)


def day_scores(found: Sequence[tuple[date | None, date | None]]) -> dict[str, float | int]:
    """Over pairs of (labelled, found): how many are right (None is right where the page states no
    day), missing (None where it does) and wrong, and the share of right ones."""
    right = sum(label == day for label, day in found)
    missing = sum(label is not None and day is None for label, day in found)
    return {
        "pages": len(found),
        "right": right,
        "missing": missing,
        "wrong": len(found) - right - missing,
        "accuracy": round(right / len(found), 4) if found else 0.0,
    }


def labelled(pages: Sequence[Page]) -> list[tuple[date | None, date | None]]:
    """(labelled day, found day) of every page that has a label."""
    labels = json.loads(LABELS.read_text("utf-8"))["days"]
    return [
        (date.fromisoformat(day) if (day := labels[page.name[:6]]) else None, page.published)
        for page in pages
        if page.name[:6] in labels
    ]


def measure(folder: Path) -> dict[str, Any]:
    """Figures over `folder`, with what they were made by."""
    pages = read_pages(folder)
    halves = {
        "chosen_on": [page for page in pages if is_tuning(page)],
        "held_back": [page for page in pages if not is_tuning(page)],
    }
    text = text_scores(pages)
    return {
        "f1": text["f1"],
        "date_accuracy": day_scores(labelled(pages))["accuracy"],
        "pages": len(pages),
        "text": text,
        "dates": day_scores(labelled(pages)),
        **{
            name: {"text": text_scores(half), "dates": day_scores(labelled(half))}
            for name, half in halves.items()
        },
        "refused": {page.name[:6]: page.refused for page in pages if page.refused},
        "trafilatura_version": version("trafilatura"),
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }


def main() -> None:
    """`python -m benchmarks.extraction`."""
    parser = argparse.ArgumentParser(description="Articles from 181 pages, against the truth.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    figures = measure(require(options.data / "article_extraction"))
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    for name in ("text", "chosen_on", "held_back"):
        shown = figures[name] if name == "text" else figures[name]["text"]
        print(f"{name:12}", "  ".join(f"{key} {value:.4f}" for key, value in shown.items()))
    for name in ("dates", "chosen_on", "held_back"):
        shown = figures[name] if name == "dates" else figures[name]["dates"]
        print(f"{name:12}", "  ".join(f"{key} {value}" for key, value in shown.items()))
    for name, reason in figures["refused"].items():
        print(f"refused {name}: {reason}")


if __name__ == "__main__":
    main()
