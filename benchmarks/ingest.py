"""How fast articles go in, beside plain LlamaIndex on the same articles in the same run.

`python -m benchmarks.ingest [--json] [--articles N] [--repeats N] [--data DIR]`: the news texts of
the article-extraction benchmark as files (made ones where the data is absent), `--articles` of
them, again with other first lines when more are asked for. Both sides embed with all-MiniLM-L6-v2
and cut at 256 tokens; LlamaIndex is `SentenceSplitter`, MiniLM through sentence-transformers (as
`HuggingFaceEmbedding` calls it, in larger batches), and `ChromaVectorStore`.

Byline runs twice. `byline` is the default, which repeats the last sentence of a passage in the next
one and so embeds a sixth more; `byline_without_overlap` repeats nothing, like LlamaIndex here: its
`chunk_overlap=20` takes whole sentences of at most 20 tokens, of which there are few.

Models and processes are started before the clock, all take turns, and each figure is the median of
the repeats. `cpu_seconds` are those of this process and of Byline's parsing process: on a busy
machine they say more than the clock.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import DATA
from benchmarks.memory import children
from eval.provenance import commit_of, machine
from ingest.library import Library
from ingest.pipeline import Ingest, IngestReport
from rag.build import build_embedder, build_parser
from rag.settings import load_settings

TOKENS = 256
OVERLAPS = {"byline": 1, "byline_without_overlap": 0}
"""Sentences that a passage repeats from the one before."""


def write_articles(folder: Path, count: int, data: Path) -> str:
    """`count` files; where their texts are from."""
    folder.mkdir()
    truth = data / "article_extraction" / "ground-truth.json"
    if truth.is_file():
        texts = [entry["articleBody"] for entry in json.loads(truth.read_text("utf-8")).values()]
        origin = "article_extraction, true texts"
    else:
        from benchmarks.speed import _article

        randomness = random.Random(3)
        texts = [_article(randomness, number) for number in range(count)]
        origin = "made sentences (no development data)"
    for number in range(count):
        text = texts[number % len(texts)]
        head = f"Report {number} of the day\n\n" if number >= len(texts) else ""
        (folder / f"{number:05d}.txt").write_text(head + text)
    return origin


class Byline:
    """The pipeline as `byline ingest` runs it."""

    def __init__(self) -> None:
        self._settings = load_settings()
        self._embedder = build_embedder(self._settings)
        self._parser = build_parser(self._settings)
        self._embedder.embed(["The harbour froze on Friday, and ships wait."] * 128)

    def ingest(self, articles: Path, folder: Path, overlap: int = 1) -> tuple[IngestReport, float]:
        """One run into a new library: its report, and processor seconds."""
        library = Library.open(folder, self._embedder.name, create=True)
        library.vectors, library.words  # noqa: B018 - opened, so that Chroma's import is not timed
        began = time.process_time() + _children_seconds()
        report = Ingest(
            library, self._embedder, passage_tokens=TOKENS, overlap=overlap, parser=self._parser
        ).run([articles])
        spent = time.process_time() + _children_seconds() - began
        library.close()
        return report, spent


def _children_seconds() -> float:
    """Processor seconds that the processes started by this one have had."""
    return sum(map(_seconds_of, children()))


def _seconds_of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Plain:
    """LlamaIndex as its tutorials have it."""

    def __init__(self) -> None:
        from benchmarks.plain import PlainEmbedding

        self._embedding = PlainEmbedding()
        self._embedding.get_text_embedding_batch(["The harbour froze on Friday."] * 64)

    def ingest(self, articles: Path, folder: Path) -> dict[str, float]:
        """One run into a new collection: seconds by stage, and chunks."""
        import chromadb
        from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        collection = chromadb.PersistentClient(str(folder)).create_collection("plain")
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
        began, cpu = time.perf_counter(), time.process_time()
        documents = SimpleDirectoryReader(str(articles)).load_data()
        nodes = SentenceSplitter(chunk_size=TOKENS, chunk_overlap=20)(documents)
        read = time.perf_counter()
        for at in range(0, len(nodes), 512):
            some = nodes[at : at + 512]
            texts = [node.get_content(metadata_mode="embed") for node in some]  # type: ignore[arg-type]
            vectors = self._embedding.get_text_embedding_batch(texts)
            for node, vector in zip(some, vectors, strict=True):
                node.embedding = vector
        embedded = time.perf_counter()
        VectorStoreIndex(nodes, storage_context=storage, embed_model=self._embedding)
        ended = time.perf_counter()
        return {
            "seconds": ended - began,
            "cpu_seconds": time.process_time() - cpu,
            "passages": float(collection.count()),
            "read": read - began,
            "embed": embedded - read,
            "write": ended - embedded,
        }


def measure(count: int, repeats: int, data: Path) -> dict[str, Any]:
    """Both, in turns."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        origin = write_articles(work / "articles", count, data)
        warm = work / "warm"
        warm.mkdir()
        shutil.copy(work / "articles" / "00000.txt", warm)
        byline, plain = Byline(), Plain()
        byline.ingest(warm, work / "warm-byline")
        plain.ingest(warm, work / "warm-plain")
        ours: dict[str, list[tuple[IngestReport, float]]] = {name: [] for name in OVERLAPS}
        theirs: list[dict[str, float]] = []
        for turn in range(repeats):
            for name, overlap in OVERLAPS.items():
                ours[name].append(
                    byline.ingest(work / "articles", work / f"{name}-{turn}", overlap)
                )
            theirs.append(plain.ingest(work / "articles", work / f"plain-{turn}"))
    plain_side = _side(count, [
        (run["seconds"], run["cpu_seconds"], run["passages"],
         {stage: run[stage] for stage in ("read", "embed", "write")}) for run in theirs
    ])  # fmt: skip
    sides = {
        name: _side(count, [
            (report.seconds, spent, report.passages, report.stages) for report, spent in runs
        ])
        for name, runs in ours.items()
    }  # fmt: skip
    default, equal = sides["byline"], sides["byline_without_overlap"]
    return {
        "articles": count,
        "texts": origin,
        "repeats": repeats,
        **sides,
        "llamaindex": plain_side,
        **_ratios(default, plain_side, ""),
        **_ratios(equal, plain_side, "_without_overlap"),
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }


Run = tuple[float, float, float, dict[str, float]]
"""Seconds, processor seconds, passages, seconds by stage."""


def _side(count: int, runs: Sequence[Run]) -> dict[str, Any]:
    seconds = statistics.median(run[0] for run in runs)
    passages = runs[0][2]
    return {
        "articles_per_s": round(count / seconds, 2),
        "passages_per_s": round(passages / seconds, 2),
        "passages": int(passages),
        "seconds": [round(run[0], 2) for run in runs],
        "cpu_seconds": round(statistics.median(run[1] for run in runs), 2),
        "stages": _medians([run[3] for run in runs]),
    }


def _ratios(ours: dict[str, Any], theirs: dict[str, Any], suffix: str) -> dict[str, float]:
    return {
        f"articles_per_s_ratio{suffix}": round(
            ours["articles_per_s"] / theirs["articles_per_s"], 2
        ),
        f"passages_per_s_ratio{suffix}": round(
            ours["passages_per_s"] / theirs["passages_per_s"], 2
        ),
        f"cpu_ratio{suffix}": round(theirs["cpu_seconds"] / ours["cpu_seconds"], 2),
    }


def _medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {
        stage: round(statistics.median(run.get(stage, 0.0) for run in runs), 2) for stage in runs[0]
    }


def main() -> None:
    """`python -m benchmarks.ingest`."""
    parser = argparse.ArgumentParser(description="Articles a second, beside plain LlamaIndex.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=181)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    figures = measure(options.articles, options.repeats, options.data)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name in (*OVERLAPS, "llamaindex"):
        side = figures[name]
        stages = ", ".join(f"{stage} {spent} s" for stage, spent in side["stages"].items())
        print(f"{name:22} {side['articles_per_s']:>7} articles/s {side['passages_per_s']:>8} "
              f"passages/s   {stages}")  # fmt: skip
    for suffix in ("", "_without_overlap"):
        print(f"ratio{suffix:17} {figures['articles_per_s_ratio' + suffix]:>7}            "
              f"{figures['passages_per_s_ratio' + suffix]:>8}")  # fmt: skip


if __name__ == "__main__":
    main()
