"""How well copies are found: planted syndications, put through the catalogue as ingest puts them.

`python -m benchmarks.copies [--json] [--data DIR] [--sweep]` plants copies in half of the texts
(`benchmarks/syndication.py`), and counts pairs: two articles of one story that Byline has in one
cluster are found rightly. The threshold was chosen on the other half, with `--sweep`.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.corpora import DATA, require
from benchmarks.syndication import Planted, halves, planted, sources
from eval.provenance import commit_of, machine
from ingest import sketch
from ingest.catalogue import Catalogue
from ingest.types import Article, Passage

SEEDS = (1, 2, 3)
"""Each plants other copies in the same texts."""
Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Stored:
    """An article for the catalogue, without passages."""

    article: Article
    build: str = "copies"
    origin: str = "planted"
    passages: Sequence[Passage] = ()


def same_story(items: Sequence[Planted]) -> Pairs:
    """The truth: all pairs of one story."""
    return _pairs_of(item.story for item in items)


def in_one_cluster(items: Sequence[Planted], folder: Path) -> Pairs:
    """All pairs that the catalogue has in one cluster; the articles arrive one day apart."""
    catalogue = Catalogue(folder / "catalogue.sqlite")
    first = date(2024, 1, 1)
    for number, item in enumerate(items):
        day = first + timedelta(days=number)
        catalogue.put([Stored(Article(f"{number:06d}", item.text, item.kind, published=day))])
    found = {
        tuple(sorted((int(one), int(other))))
        for cluster in catalogue.clusters()
        for one, other in combinations(cluster, 2)
    }
    catalogue.close()
    return {(one, other) for one, other in found}


def scores(found: Pairs, truth: Pairs) -> dict[str, float]:
    """Of pairs: precision, recall and their harmonic mean, in [0, 1]."""
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def missed(items: Sequence[Planted], pairs: Iterable[tuple[int, int]]) -> dict[str, int]:
    """Pairs by the kinds of their two articles, most frequent first."""
    kinds = Counter(" and ".join(sorted(items[i].kind for i in pair)) for pair in pairs)
    return dict(kinds.most_common())


def measure(texts: Sequence[str]) -> dict[str, Any]:
    """Figures over all seeds together, pairs of different seeds not mixed."""
    found, truth, items = Pairs(), Pairs(), list[Planted]()
    began = time.perf_counter()
    for seed in SEEDS:
        some, offset = planted(texts, seed), len(items)
        with tempfile.TemporaryDirectory() as folder:
            found |= _moved(in_one_cluster(some, Path(folder)), offset)
        truth |= _moved(same_story(some), offset)
        items += some
    seconds = time.perf_counter() - began
    return {
        "articles": len(items),
        "kinds": dict(Counter(item.kind for item in items).most_common()),
        "pairs": len(truth),
        **scores(found, truth),
        "wrongly_joined": missed(items, found - truth),
        "not_found": missed(items, truth - found),
        "milliseconds_an_article": round(1000 * seconds / len(items), 2),
    }


def sweep(texts: Sequence[str]) -> list[dict[str, float]]:
    """Scores of every pair of thresholds, pair by pair and without clusters; the best first."""
    items = planted(texts, SEEDS[0])
    truth = same_story(items)
    known = [sketch.shingles(item.text) for item in items]
    measured = []
    for one, other in combinations(range(len(items)), 2):
        both = len(set(known[one].tolist()) & set(known[other].tolist()))
        if both:
            least, total = min(len(known[one]), len(known[other])), len(known[one])
            union = total + len(known[other]) - both
            measured.append(((one, other), both / least, both / union))
    rows = []
    for shared in range(30, 72, 2):
        for alike in range(0, 40, 2):
            pairs = {
                pair for pair, part, whole in measured
                if part >= shared / 100 and whole >= alike / 100
            }  # fmt: skip
            thresholds = {"shared": shared / 100, "alike": alike / 100}
            rows.append({**thresholds, **scores(pairs, truth)})
    return sorted(rows, key=lambda row: -row["f1"])


def _pairs_of(labels: Iterable[str]) -> Pairs:
    groups: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        groups.setdefault(label, []).append(number)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


def _moved(pairs: Pairs, offset: int) -> Pairs:
    return {(one + offset, other + offset) for one, other in pairs}


def main() -> None:
    """`python -m benchmarks.copies`."""
    parser = argparse.ArgumentParser(description="Precision and recall of finding copies.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sweep", action="store_true", help="Thresholds on the other half.")
    options = parser.parse_args()
    tune, report = halves(sources(require(options.data / "article_extraction")))
    if options.sweep:
        print("\n".join(json.dumps(row) for row in sweep(tune)[:15]))
        return
    figures = {
        **measure(report),
        "tuned_on": measure(tune),
        "thresholds": {"shared": sketch.SHARED, "alike": sketch.ALIKE, "run": sketch.RUN},
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name in ("articles", "pairs", "precision", "recall", "f1", "milliseconds_an_article"):
        print(f"{name:26} {figures[name]:>8}   half that the threshold was chosen on: "
              f"{figures['tuned_on'][name]}")  # fmt: skip
    print(f"wrongly joined: {figures['wrongly_joined']}\nnot found: {figures['not_found']}")


if __name__ == "__main__":
    main()
