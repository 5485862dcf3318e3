"""Settings to objects: the only place where a part is chosen."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.embed import Embedder, OpenVINOEmbedder, SentenceTransformerEmbedder
from ingest.errors import UserError
from ingest.export import ensure_exported
from ingest.isolated import IsolatedParser
from ingest.library import Library
from ingest.pipeline import PIPELINE, Ingest
from ingest.web.discover import Discovery
from ingest.web.fetch import Fetcher, Manners, user_agent
from ingest.web.visits import Visits
from rag.assistant import Assistant
from rag.condense import Condense, LLMCondenser, condense
from rag.events import EventDates
from rag.evidence import EvidenceFinder
from rag.protocols import Drafter, Ranker, Retriever, Support
from rag.quote import QuoteDrafter
from rag.rank import ReaderRanker
from rag.reader import OpenVINOReader, shipped_reader
from rag.retrieve import HybridRetriever
from rag.settings import Settings
from rag.spelling import Speller
from rag.support import ReaderSupport
from rag.verify import Verifier
from rag.ways.ways import all_ways

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def build_embedder(settings: Settings) -> Embedder:
    """The embedding model, ready to serve; the first use of a model exports it."""
    chosen = settings.embedding
    if chosen.backend == "openvino":
        return OpenVINOEmbedder(chosen.model, ensure_exported(chosen.model))
    return SentenceTransformerEmbedder(
        chosen.model, local_files_only=not chosen.allow_download, device=chosen.device or None
    )


def open_library(settings: Settings, *, create: bool = False) -> Library:
    """The library that the settings name; UserError when there is none (unless `create`)."""
    return Library.open(
        settings.library.expanduser(),
        settings.embedding.model,
        create=create,
        chroma_url=settings.chroma_url,
    )


def build_ingest(settings: Settings, library: Library) -> Ingest:
    """One run of the ingest pipeline."""
    return Ingest(
        library,
        build_embedder(settings),
        passage_tokens=settings.passages.tokens,
        overlap=settings.passages.overlap,
        fields=settings.jsonl.model_dump(),
        parser=build_parser(settings),
        batch=settings.ingest.batch,
    )


def build_discovery(settings: Settings, library: Library, *, again: float = 0.0) -> Discovery:
    """What finds the articles behind an address; pages that a feed or sitemap leads to are asked
    for `again` seconds after their last visit at the earliest."""
    chosen = settings.web
    manners = Manners(
        allow_private=chosen.allow_private,
        robots=chosen.robots,
        agent=chosen.user_agent or user_agent(),
        timeout=chosen.timeout,
        delay=chosen.delay,
        most=chosen.page_mb << 20,
    )
    read_with = f"{PIPELINE} {settings.embedding} {settings.passages} {settings.jsonl}"

    def known(origin: str) -> str | None:
        source = library.catalogue.source(origin)
        return hashlib.sha256(f"{read_with} {source[0]}".encode()).hexdigest() if source else None

    visits = Visits(settings.library.expanduser() / "visits.sqlite", known, time.time)
    return Discovery(Fetcher(manners), visits, chosen.pages, again)


def build_parser(settings: Settings) -> IsolatedParser:
    """What reads documents, in a process of its own."""
    chosen = settings.reading
    limits = {
        "member": chosen.file_mb << 20,
        "inflated": chosen.unpacked_mb << 20,
        "depth": chosen.depth,
    }
    return IsolatedParser(
        settings.jsonl.model_dump(),
        limits,
        seconds=chosen.seconds,
        memory=chosen.memory_mb << 20,
    )


def build_retriever(settings: Settings, library: Library, embedder: Embedder) -> HybridRetriever:
    """Dense and BM25 search, fused."""
    return HybridRetriever(
        library,
        embedder,
        candidates=settings.retrieval.candidates,
        words=settings.retrieval.words,
    )


def build_reader(settings: Settings) -> OpenVINOReader:
    """The small reader."""
    return OpenVINOReader(reader_folder(settings))


def reader_folder(settings: Settings) -> Path:
    """Where the reader's files lie."""
    own = settings.reader.folder
    return Path(own).expanduser() if own else shipped_reader()


def build_ranker(settings: Settings, reader: OpenVINOReader) -> Ranker | None:
    """What ranks the found passages; None leaves them in the order of retrieval."""
    chosen = settings.ranker
    if chosen.kind == "none":
        return None
    if chosen.kind == "reader":
        return ReaderRanker.of(reader)
    if not chosen.model:
        raise UserError('ranker.kind is "cross-encoder" but ranker.model is empty: name the model')
    from rag.cross_encoder import CrossEncoderRanker

    return CrossEncoderRanker(
        chosen.model, local_files_only=not chosen.allow_download, device=chosen.device or None
    )


def build_support(reader: OpenVINOReader, embedder: Embedder) -> Support:
    """What judges whether cited words carry the meaning of a sentence."""
    return ReaderSupport(reader, embedder)


def build_llm(settings: Settings) -> "LLM":
    """The language model that drafts; UserError when its settings do not suffice."""
    chosen = settings.llm
    if chosen.kind == "openai":
        from rag.llm import openai_compatible

        if not chosen.model:
            raise UserError('llm.kind is "openai" but llm.model is empty: name the model to ask')
        return openai_compatible(
            chosen.base_url,
            chosen.model,
            chosen.api_key.get_secret_value(),
            timeout=chosen.timeout,
            max_tokens=chosen.max_tokens,
        )
    from rag.gguf import GGUF, embedded

    if chosen.kind == "embedded":
        return embedded(max_tokens=chosen.max_tokens)
    if not chosen.path:
        raise UserError('llm.kind is "gguf" but llm.path is empty: give the path of a .gguf file')
    return GGUF(path=str(Path(chosen.path).expanduser()), max_tokens=chosen.max_tokens)


def build_drafter(settings: Settings) -> Drafter:
    """What writes the answer: an LLM, or nobody (the evidence is quoted)."""
    if settings.answer.mode == "draft":
        from rag.draft import LLMDrafter

        return LLMDrafter(build_llm(settings), timeout=settings.llm.timeout)
    return QuoteDrafter(settings.answer.sentences)


def build_condense(settings: Settings) -> Condense | None:
    """What resolves a question in its conversation; None asks every question as it stands."""
    chosen = settings.conversation.resolve
    if chosen == "off":
        return None
    if chosen == "llm" and settings.answer.mode == "draft":
        return LLMCondenser(build_llm(settings))
    return condense


def build_assistant(
    settings: Settings,
    library: Library,
    around: Callable[[Retriever], Retriever] = lambda retriever: retriever,
) -> Assistant:
    """Everything that answers questions from `library`; `around` may wrap its retriever."""
    embedder = build_embedder(settings)
    reader = build_reader(settings)
    retriever = around(build_retriever(settings, library, embedder))
    ranker, finder = build_ranker(settings, reader), EvidenceFinder(reader, library.words)
    threshold = settings.answer.threshold
    return Assistant(
        retriever,
        finder,
        build_drafter(settings),
        Verifier(build_support(reader, embedder), settings.answer.support),
        ranker=ranker,
        ranked=settings.retrieval.ranked,
        passages=settings.retrieval.passages,
        threshold=threshold,
        ways=all_ways(reader, library.words),
        condense=build_condense(settings),
        outlets=library.catalogue.outlets,
        prints=library.catalogue.cluster,
        events=EventDates(retriever, finder, ranker=ranker, threshold=threshold),
        spell=Speller(library.words, retriever),
    )
