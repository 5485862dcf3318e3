"""How fast Byline ingests and answers, beside plain LlamaIndex in the same run.

`python -m benchmarks.speed [--json] [--articles N]`: articles are made of random sentences, so
nothing has to be at hand. The baseline is in `benchmarks/plain.py`.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.plain import baseline
from eval.provenance import commit_of, machine

NAMES = [
    "Alder",
    "Brandt",
    "Corvin",
    "Delmar",
    "Ekholm",
    "Farrow",
    "Gannet",
    "Harlan",
    "Ibsen",
    "Jorvik",
    "Kelmouth",
    "Lund",
]
VERBS = [
    "approved",
    "delayed",
    "inspected",
    "rebuilt",
    "flooded",
    "reopened",
    "sold",
    "measured",
    "denied",
    "praised",
]
THINGS = [
    "bridge",
    "harbour",
    "library",
    "tramway",
    "reservoir",
    "market",
    "theatre",
    "orchard",
    "museum",
    "ferry",
]
QUESTIONS = 40
BYLINE = (sys.executable, "-m", "ui.cli")


def main() -> None:
    """Run everything and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.articles)
    figures["machine"] = machine()
    figures["commit"] = commit_of(Path(__file__).parent.parent)
    print(json.dumps(figures, indent=2) if options.json else _table(figures))


def measure(folder: Path, count: int) -> dict[str, Any]:
    """All figures over `count` made articles."""
    articles = folder / "articles"
    articles.mkdir()
    randomness = random.Random(3)
    questions = [_question(randomness) for _ in range(QUESTIONS)]
    for number in range(count):
        (articles / f"{number:05d}.md").write_text(_article(randomness, number))
    library = folder / "library"
    first, again = _ingest(articles, library), _ingest(articles, library)
    asked = ask_all(library, questions)
    plain = baseline(articles, folder / "plain", questions)
    return {
        "articles": count,
        "passages": first["passages"],
        "ingest_articles_per_second": round(count / first["seconds"], 1),
        "ingest_passages_per_second": round(first["passages"] / first["seconds"], 1),
        "ingest_again_seconds": again["seconds"],
        "ask_p50_ms": asked["p50"],
        "ask_p95_ms": asked["p95"],
        "cold_ask_seconds": _cold(library, questions[0]),
        "llamaindex_articles_per_second": round(count / plain["ingest_seconds"], 1),
        "llamaindex_retrieve_p50_ms": plain["p50"],
        "byline_retrieve_p50_ms": asked["retrieve_p50"],
    }


def ask_all(library: Path, questions: Sequence[str]) -> dict[str, float]:
    """Warm questions through the whole walk, and retrieval alone; milliseconds."""
    from rag.build import build_assistant, open_library
    from rag.settings import load_settings

    settings = load_settings(library=library)
    source = open_library(settings)
    assistant = build_assistant(settings, source)
    assistant.ask(questions[0])
    answers = [assistant.ask(question) for question in questions]
    totals = [answer.timings["total"] for answer in answers]
    source.close()
    return {
        "p50": _percentile(totals, 0.5),
        "p95": _percentile(totals, 0.95),
        "retrieve_p50": _percentile([a.timings["retrieve"] for a in answers], 0.5),
    }


def _ingest(articles: Path, library: Path) -> dict[str, Any]:
    command = [*BYLINE, "ingest", str(articles), "--library", str(library), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _cold(library: Path, question: str, runs: int = 5) -> float:
    """Median seconds of `byline ask` from process start to end."""
    command = [*BYLINE, "ask", question, "--library", str(library)]
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - began)
    return round(statistics.median(seconds), 2)


def _percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds."""
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def _question(randomness: random.Random) -> str:
    name, verb, thing = (randomness.choice(words) for words in (NAMES, VERBS, THINGS))
    return f"When was the {thing} in {name} {verb}?"


def _article(randomness: random.Random, number: int) -> str:
    day = f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    name, thing = randomness.choice(NAMES), randomness.choice(THINGS)
    head = f"---\ntitle: {name} and its {thing} {number}\nsource: Wire\npublished: {day}\n---\n"
    return head + "\n\n".join(_paragraph(randomness) for _ in range(6))


def _paragraph(randomness: random.Random) -> str:
    choose = randomness.choice
    return " ".join(
        f"The {choose(THINGS)} in {choose(NAMES)} was {choose(VERBS)} on {choose(range(1, 29))} "
        f"March by {choose(range(2, 900))} people from {choose(NAMES)}, who called it a "
        f"{choose(THINGS)} worth {choose(range(2, 90))} million."
        for _ in range(3)
    )


def _table(figures: dict[str, Any]) -> str:
    return "\n".join(f"{name:32} {value}" for name, value in figures.items())


if __name__ == "__main__":
    main()
