"""`make bench-quality`: how good the answers are, for the table in docs/benchmarks.md.

Byline's defaults, each language model that is set up (drafting), and plain LlamaIndex, on the
shipped gold set, SQuAD dev (titles that the reader has not seen), SciFact and CLAPNQ. Samples are
the same for every system; language models get a smaller part of it. Everything made on the way
lies in `.byline/quality`, and what was asked of this code is not asked again: after Ctrl-C the same
command goes on. A row stays in the table until its system is measured anew, and says of which
commit it is. Sets whose data is absent are left out, and the table says so.

Another language model is measured beside the embedded one where the settings name it:

    BYLINE_LLM__KIND=gguf BYLINE_LLM__PATH=some-instruct-q4_k_m.gguf make bench-quality
"""

import argparse
import hashlib
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.quality_kept import KeptRows
from benchmarks.quality_plain import PlainAssistant, plain
from benchmarks.quality_sets import SETS, TITLES, QuestionSet
from benchmarks.quality_table import Row, write_table
from eval.library import Shelf
from eval.origin import origin_of
from eval.provenance import Provenance, code_hash
from eval.record import Record, Run
from eval.run import run_gold
from ingest.library import Library
from rag.build import build_assistant, build_ingest, build_llm, open_library
from rag.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PLAIN_CODE = (Path(__file__).parent / "quality_plain.py", ROOT / "rag" / "draft.py")
"""What answers for LlamaIndex, and reads its marks."""


@dataclass(frozen=True)
class System:
    """One way to answer."""

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Over the defaults."""
    plain: bool = False
    llm: bool = False
    environment: str = ""
    """What has to be set for the command to measure it."""


def systems() -> Iterator[System]:
    """Byline's defaults, then each language model by Byline and by LlamaIndex."""
    yield System("Byline, defaults")
    yield System("plain LlamaIndex, search alone", plain=True)
    models = {"SmolLM2-135M, embedded": ({"kind": "embedded"}, "")}
    chosen = load_settings().llm
    if chosen.kind != "embedded":
        name = chosen.model or Path(chosen.path).stem
        models[name] = (chosen.model_dump(), environment())
    for name, (llm, set_up) in models.items():
        settings = {"answer": {"mode": "draft"}, "llm": llm}
        yield System(f"Byline, drafts by {name}", settings, False, True, set_up)
        yield System(f"LlamaIndex CitationQueryEngine, {name}", settings, True, True, set_up)


def environment() -> str:
    """The language model's settings as they stand before a command, without its key."""
    names = sorted(name for name in os.environ if name.startswith("BYLINE_LLM__"))
    told = [f"{name}={shlex.quote(os.environ[name])}" for name in names if "API_KEY" not in name]
    return " ".join(told).replace(str(Path.home()), "~")


@dataclass(frozen=True)
class Bench:
    """What is measured, and where it is kept."""

    folder: Path
    sample: int
    llm_sample: int
    parallel: int
    command: str

    def measure(self, names: Sequence[str], chosen: Sequence[System]) -> Iterator[list[Row]]:
        """The whole table, each time that one more of its rows is finished.

        Systems come in their order, the quick ones first, each on every set.
        """
        kept = KeptRows(self.folder, tuple(TITLES.values()))
        found = {name: self._prepared(name) for name in names}
        absent = [Row(TITLES[n], "", None, "data absent") for n in names if found[n] is None]
        yield [*kept.rows(), *absent]
        for system in chosen:
            for name, asked in found.items():
                if asked is None:
                    continue
                with closing(open_library(self._settings(name))) as source:
                    run, folder = self._run(name, asked, system, source)
                kept.put(Row(asked.title, system.name, run, asked.left_out), folder)
                yield [*kept.rows(), *absent]

    def _prepared(self, name: str) -> QuestionSet | None:
        """The questions of a set, with its articles in a library; None where its data is absent."""
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        try:
            asked = SETS[name](self.folder / name)
        except SystemExit:
            return None
        settings = self._settings(name)
        with closing(open_library(settings, create=True)) as source:
            report = build_ingest(settings, source).run([asked.articles])
            _say(f"{asked.title}: {source.count()} articles ({report.new} new)")
        return asked

    def _settings(self, name: str, **other: Any) -> Settings:
        return Settings(library=self.folder / name / "library", **other)

    def _run(
        self, name: str, asked: QuestionSet, system: System, source: Library
    ) -> tuple[Run, str]:
        settings = self._settings(name, **system.settings)
        cases = asked.sample(self.llm_sample if system.llm else self.sample)
        _say(f"{asked.title}, {system.name}: {len(cases)} questions")
        shelf: Any = Shelf(source)
        gold = Path(f"{asked.title}, {len(cases)} of {len(asked.cases)} questions")
        command = f"{system.environment} {self.command}".strip()
        known: dict[str, Any] = {"parallel": self.parallel, "command": command}
        if system.plain:
            index, shelf = plain(source, self.folder / name / "plain")
            articles = {article.id: article for article in source.articles()}
            llm = build_llm(settings) if system.llm else None
            assistant: Any = PlainAssistant(index, articles, llm)
            origin = _of_plain(origin_of(settings, shelf, gold, **known), system)
        else:
            assistant = build_assistant(settings, source)
            origin = origin_of(settings, shelf, gold, **known)
        kind = "plain" if system.plain else "byline"
        folder = f"runs/{name}-{kind}-{origin.settings_hash}-{origin.code_hash}"
        heard = _progress(len(cases))
        run = run_gold(cases, assistant, shelf, self.folder / folder, heard, provenance=origin)
        return run, folder


def _of_plain(origin: Provenance, system: System) -> Provenance:
    """LlamaIndex has nothing of what else `rag` does: a change there is no reason to ask again."""
    used = {"embedding": f"{origin.models['embedding']} (sentence-transformers)"}
    if system.llm:
        used["llm"] = origin.models["llm"]
    own = "".join(path.read_text(encoding="utf-8") for path in PLAIN_CODE) + code_hash(["eval"])
    digest = hashlib.sha256(own.encode()).hexdigest()
    return replace(origin, models=used, code_hash=digest[:12])


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
    parser.add_argument("--sample", type=int, default=80, help="questions of each set")
    parser.add_argument("--llm-sample", type=int, default=5, help="... for a language model")
    parser.add_argument("--only", choices=list(SETS), action="append", help="this set; again: more")
    parser.add_argument("--system", default="", help="only systems whose name has these words")
    parser.add_argument("--no-llm", action="store_true", help="without language models")
    parser.add_argument("--parallel", type=int, default=1, help="questions asked at a time")
    parser.add_argument("--folder", type=Path, default=ROOT / ".byline" / "quality")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page whose table is made anew")
    asked = parser.parse_args(arguments)
    given = sys.argv[1:] if arguments is None else arguments
    command = shlex.join(["python", "-m", "benchmarks.quality", *given])
    bench = Bench(asked.folder, asked.sample, asked.llm_sample, asked.parallel, command)
    chosen = [
        system
        for system in systems()
        if asked.system in system.name and not (asked.no_llm and system.llm)
    ]
    for rows in bench.measure(asked.only or list(SETS), chosen):
        # After each row, so that what was cut off shows what it has.
        write_table(asked.page, rows)
    _say(f"The table is in {asked.page}")


if __name__ == "__main__":
    main()
