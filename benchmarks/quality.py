"""`make bench-quality`: how good the answers are, for the table in docs/benchmarks.md.

Byline's defaults, each language model that is set up (drafting), and plain LlamaIndex, on the
shipped gold set, SQuAD dev (titles that the reader has not seen), SciFact and CLAPNQ. Samples are
the same for every system; language models get a smaller part of it. Everything made on the way lies
in `.byline/quality` and is taken over: after Ctrl-C the same command goes on. Sets whose data is
absent are left out, and the table says so.
"""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.quality_plain import PlainAssistant, plain
from benchmarks.quality_sets import SETS, QuestionSet
from benchmarks.quality_table import Row, write_table
from eval.library import Shelf
from eval.origin import origin_of
from eval.record import Record, Run
from eval.run import run_gold
from rag.build import build_assistant, build_ingest, build_llm, open_library
from rag.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class System:
    """One way to answer."""

    name: str
    settings: dict[str, Any]
    """Over the defaults."""
    plain: bool = False
    llm: bool = False


def systems() -> Iterator[System]:
    """Byline's defaults, then each language model by Byline and by LlamaIndex."""
    yield System("Byline, defaults", {})
    yield System("plain LlamaIndex, search alone", {}, plain=True)
    models = {"SmolLM2-135M, embedded": {"kind": "embedded"}}
    chosen = load_settings().llm
    if chosen.kind != "embedded":
        models[chosen.model or Path(chosen.path).name] = chosen.model_dump()
    for name, llm in models.items():
        settings = {"answer": {"mode": "draft"}, "llm": llm}
        yield System(f"Byline, drafts by {name}", settings, llm=True)
        yield System(f"LlamaIndex CitationQueryEngine, {name}", settings, plain=True, llm=True)


@dataclass(frozen=True)
class Bench:
    """What is measured, and where it is kept."""

    folder: Path
    sample: int
    llm_sample: int
    parallel: int
    command: str

    def rows(self, names: Sequence[str], chosen: Sequence[System]) -> Iterator[Row]:
        """A row for each set and system, as each is done."""
        for name in names:
            try:
                asked = SETS[name](self.folder / name)
            except SystemExit:
                yield Row(name, "", None, "data absent")
                continue
            for system in chosen:
                size = self.llm_sample if system.llm else self.sample
                cases = asked.sample(size)
                _say(f"{asked.title}, {system.name}: {len(cases)} questions")
                left = asked.left_out
                yield Row(asked.title, system.name, self._run(name, asked, system, cases), left)

    def _run(self, name: str, asked: QuestionSet, system: System, cases: Sequence[Any]) -> Run:
        settings = Settings(library=self.folder / name / "library", **system.settings)
        with closing(open_library(settings, create=True)) as source:
            report = build_ingest(settings, source).run([asked.articles])
            _say(f"  {source.count()} articles ({report.new} new)")
            shelf: Any = Shelf(source)
            if system.plain:
                index, shelf = plain(source, self.folder / name / "plain")
                articles = {article.id: article for article in source.articles()}
                llm = build_llm(settings) if system.llm else None
                assistant: Any = PlainAssistant(index, articles, llm)
            else:
                assistant = build_assistant(settings, source)
            gold = Path(f"{asked.title}, {len(cases)} of {len(asked.cases)} questions")
            origin = origin_of(settings, shelf, gold, parallel=self.parallel, command=self.command)
            if system.plain:
                used = {"embedding": f"{settings.embedding.model} (sentence-transformers)"}
                llm_used = {"llm": origin.models["llm"]} if system.llm else {}
                origin = replace(origin, models=used | llm_used)
            key = f"{name}-{'plain' if system.plain else 'byline'}-{origin.settings_hash}"
            folder = self.folder / "runs" / f"{key}-{origin.code_hash}"
            heard = _progress(len(cases))
            return run_gold(cases, assistant, shelf, folder, heard, provenance=origin)


def _progress(total: int) -> Callable[[Record], None]:
    done = [0]

    def heard(record: Record) -> None:
        done[0] += 1
        if done[0] % 20 == 0 or done[0] == total:
            _say(f"  {done[0]} of {total}")

    return heard


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--sample", type=int, default=60, help="questions of each set")
    parser.add_argument("--llm-sample", type=int, default=10, help="... for a language model")
    parser.add_argument("--only", choices=list(SETS), action="append", help="this set; again: more")
    parser.add_argument("--no-llm", action="store_true", help="without language models")
    parser.add_argument("--parallel", type=int, default=1, help="questions asked at a time")
    parser.add_argument("--folder", type=Path, default=ROOT / ".byline" / "quality")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page whose table is made anew")
    asked = parser.parse_args(arguments)
    given = sys.argv[1:] if arguments is None else arguments
    command = shlex.join(["python", "-m", "benchmarks.quality", *given])
    bench = Bench(asked.folder, asked.sample, asked.llm_sample, asked.parallel, command)
    chosen = [system for system in systems() if not (asked.no_llm and system.llm)]
    rows = []
    for row in bench.rows(asked.only or list(SETS), chosen):
        rows.append(row)
        # After each row, so that what was cut off shows what it has.
        write_table(asked.page, rows)
    _say(f"The table is in {asked.page}")


if __name__ == "__main__":
    main()
