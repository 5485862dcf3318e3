"""How well pages become article text, and whether cleaning loses a sentence.

`python -m benchmarks.cleaning [--json] [--data DIR]` reads the 181 pages of scrapinghub's
article-extraction-benchmark in `DIR/article_extraction` and compares with their ground truth, by
that benchmark's measure: shingles of 4 words, precision and recall a page, F1 of their means.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.corpora import DATA, require
from eval.provenance import commit_of, machine
from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.html import keep_words, page_text
from ingest.parse import parse
from ingest.sentences import split_sentences

SHINGLE = 4
"""Words."""
LEAST = 6
"""Words from which a sentence of the ground truth counts."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what should come out, and what did; texts are empty where nothing did."""

    truth: str
    extracted: str
    """By trafilatura as Byline calls it, before cleaning."""
    text: str
    """By Byline: extracted and cleaned, without the title."""
    title: str
    dated: bool


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of 4 words, counted; a shorter text is one shingle."""
    words = re.findall(r"\w+", text)
    runs = max(1, len(words) - SHINGLE + 1) if words else 0
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(runs))


def scores(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Over pairs of (truth, text): the mean share of a text's shingles that are in the truth, the
    mean share of a truth's that are in the text, and the F1 of the two means."""
    precisions, recalls = [], []
    for truth, text in pairs:
        wanted, found = shingles(truth), shingles(text)
        both = (wanted & found).total()
        recalls.append(both / wanted.total())
        if found:
            precisions.append(both / found.total())
    precision, recall = mean(precisions), mean(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def sentences_lost(page: Page) -> tuple[int, list[str]]:
    """How many sentences of the truth were extracted, and those of them that cleaning removed.

    A sentence that is the title is not lost when it stands in the title alone.
    """
    before, after = _worded(page.extracted), _worded(f"{page.title}\n{page.text}")
    spans = split_sentences(page.truth)
    wanted = [_worded(page.truth[start:end]) for start, end in spans]
    kept = [words for words in wanted if len(words.split()) >= LEAST and words in before]
    return len(kept), [words.strip() for words in kept if words not in after]


def pages(folder: Path) -> Iterator[Page]:
    """The pages of the data set, read both ways."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, entry in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        document = Document(f"file:///{name}.html", data, "html", f"{name}.html")
        try:
            article = parse(document).articles[0]
        except PermanentError:
            yield Page(entry["articleBody"], _extracted(data), "", "", False)
            continue
        dated = article.published is not None
        yield Page(entry["articleBody"], _extracted(data), article.text, article.title, dated)


def _extracted(data: bytes) -> str:
    import trafilatura

    tree: Any = trafilatura.load_html(data.decode())
    if tree is None:
        return ""
    keep_words(tree)
    return page_text(tree)


def _worded(text: str) -> str:
    """Words with a space around each, so that `in` finds whole words only."""
    return " ".join(["", *re.findall(r"\w+", text), ""])


def measure(folder: Path) -> dict[str, Any]:
    """Figures over `folder`, with what they were made by."""
    read = list(pages(folder))
    counted = [sentences_lost(page) for page in read]
    return {
        "pages": len(read),
        "nothing_found": sum(not page.text for page in read),
        "trafilatura": scores([(page.truth, page.extracted) for page in read]),
        "byline": scores([(page.truth, page.text) for page in read]),
        "published_trafilatura": _published(folder),
        "sentences_extracted": sum(count for count, _ in counted),
        "sentences_lost": [sentence for _, some in counted for sentence in some],
        "dated": sum(page.dated for page in read),
        "trafilatura_version": version("trafilatura"),
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }


def _published(folder: Path) -> dict[str, float]:
    """The scores of the output that the data set publishes: they check the measure itself."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    output = json.loads((folder / "output" / "trafilatura.json").read_text("utf-8"))
    found = output.get("output", output)
    return scores([(truth[name]["articleBody"], found[name]["articleBody"]) for name in truth])


def main() -> None:
    """`python -m benchmarks.cleaning`."""
    parser = argparse.ArgumentParser(description="Article text from 181 pages, against the truth.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    figures = measure(require(options.data / "article_extraction"))
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    for name in ("trafilatura", "byline", "published_trafilatura"):
        print(f"{name:24}", "  ".join(f"{key} {value:.4f}" for key, value in figures[name].items()))
    lost = figures["sentences_lost"]
    print(f"{len(lost)} of {figures['sentences_extracted']} extracted sentences lost in cleaning")
    print("\n".join(f"  {sentence[:90]}" for sentence in lost))
    print(f"{figures['dated']} of {figures['pages']} pages state when they were published")


if __name__ == "__main__":
    main()
