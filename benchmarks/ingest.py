"""How fast articles go in, beside plain LlamaIndex on the same articles in the same run.

`python -m benchmarks.ingest [--json] [--articles N] [--repeats N] [--data DIR]`: the news texts of
the article-extraction benchmark as files (made ones where the data is absent), `--articles` of
them, again with other first lines when more are asked for. Both sides embed with all-MiniLM-L6-v2
and cut at 256 tokens; LlamaIndex is `SentenceSplitter`, MiniLM through sentence-transformers (as
`HuggingFaceEmbedding` calls it, in larger batches), and `ChromaVectorStore`. Models and processes
are started before the clock, the two take turns, and each figure is the median of the repeats.
`cpu_seconds` are of this process, without Byline's parsing process: on a busy machine they say more
than the clock.
"""

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import DATA
from eval.provenance import commit_of, machine
from ingest.library import Library
from ingest.pipeline import Ingest, IngestReport
from rag.build import build_embedder, build_parser
from rag.settings import load_settings

TOKENS = 256


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

    def ingest(self, articles: Path, folder: Path) -> tuple[IngestReport, float]:
        """One run into a new library: its report, and processor seconds of this process."""
        library = Library.open(folder, self._embedder.name, create=True)
        library.vectors, library.words  # noqa: B018 - opened, so that Chroma's import is not timed
        began = time.process_time()
        report = Ingest(
            library, self._embedder, passage_tokens=TOKENS, overlap=1, parser=self._parser
        ).run([articles])
        spent = time.process_time() - began
        library.close()
        return report, spent


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
        ours: list[tuple[IngestReport, float]] = []
        theirs: list[dict[str, float]] = []
        for turn in range(repeats):
            ours.append(byline.ingest(work / "articles", work / f"byline-{turn}"))
            theirs.append(plain.ingest(work / "articles", work / f"plain-{turn}"))
    reports = [report for report, _ in ours]
    seconds = statistics.median(report.seconds for report in reports)
    cpu = statistics.median(spent for _, spent in ours)
    plain_cpu = statistics.median(run["cpu_seconds"] for run in theirs)
    plain_seconds = statistics.median(run["seconds"] for run in theirs)
    passages, chunks = reports[0].passages, theirs[0]["passages"]
    return {
        "articles": count,
        "texts": origin,
        "repeats": repeats,
        "byline": {
            "articles_per_s": round(count / seconds, 2),
            "passages_per_s": round(passages / seconds, 2),
            "passages": passages,
            "seconds": [round(report.seconds, 2) for report in reports],
            "cpu_seconds": round(cpu, 2),
            "stages": _medians([report.stages for report in reports]),
        },
        "llamaindex": {
            "articles_per_s": round(count / plain_seconds, 2),
            "passages_per_s": round(chunks / plain_seconds, 2),
            "passages": int(chunks),
            "seconds": [round(run["seconds"], 2) for run in theirs],
            "cpu_seconds": round(plain_cpu, 2),
            "stages": _medians([
                {stage: run[stage] for stage in ("read", "embed", "write")} for run in theirs
            ]),
        },
        "articles_per_s_ratio": round(plain_seconds / seconds, 2),
        "passages_per_s_ratio": round(passages / seconds / (chunks / plain_seconds), 2),
        "cpu_ratio": round(plain_cpu / cpu, 2),
        "commit": commit_of(Path(__file__).resolve().parents[1]),
        "machine": machine(),
    }  # fmt: skip


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
    for name in ("byline", "llamaindex"):
        side = figures[name]
        stages = ", ".join(f"{stage} {spent} s" for stage, spent in side["stages"].items())
        print(f"{name:12} {side['articles_per_s']:>7} articles/s {side['passages_per_s']:>8} "
              f"passages/s   {stages}")  # fmt: skip
    print(f"ratio        {figures['articles_per_s_ratio']:>7}            "
          f"{figures['passages_per_s_ratio']:>8}")  # fmt: skip


if __name__ == "__main__":
    main()
