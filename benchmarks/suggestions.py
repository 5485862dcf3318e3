"""The questions offered after an answer: `python -m benchmarks.suggestions [--every 5]`.

Asks every so many questions of the sample's gold set of the sample library, and counts by form how
many questions were made from the articles, how many the library answers from the words they were
made from, and how many are offered after an answer. Prints those offered, to be read.
"""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from rag.build import build_assistant, build_ingest, open_library
from rag.settings import load_settings
from ui.suggest import OFFERED, answered, candidates
from ui.turn import Turn, told

EXAMPLES = Path(__file__).parent.parent / "examples"


def main() -> None:
    """Print questions and counts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=5)
    every = parser.parse_args().every
    made, right, offered = Counter[str](), Counter[str](), Counter[int]()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(library=Path(folder))
        library = open_library(settings, create=True)
        build_ingest(settings, library).run([EXAMPLES / "articles"])
        assistant = build_assistant(settings, library)
        for line in (EXAMPLES / "gold.jsonl").read_text().splitlines()[::every]:
            question = json.loads(line)["question"]
            turn = Turn(1, question).finish(assistant.ask(question))
            articles = [a for i in turn.article_ids() if (a := library.article(i))]
            good = []
            for found in candidates(turn, articles):
                answer = assistant.ask(found.question, history=told([turn]))
                made[found.kind] += 1
                if answered(found, answer):
                    right[found.kind] += 1
                    good.append(f"{found.question} {answer.short}".rstrip())
            offered[min(len(good), OFFERED)] += 1
            print(question, *(f"  {line}" for line in good[:OFFERED]), sep="\n")
        library.close()
    print(json.dumps({"made": made, "answered": right, "offered": sorted(offered.items())}))


if __name__ == "__main__":
    main()
