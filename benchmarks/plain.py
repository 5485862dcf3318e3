"""The baseline: what LlamaIndex users write first.

`VectorStoreIndex` over Chroma with its default sentence splitter, MiniLM served by
sentence-transformers. Measured in the same run as Byline, on the same articles and questions.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import chromadb
from llama_index.core import Document, SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import PrivateAttr
from sentence_transformers import SentenceTransformer

from ingest.models import DEFAULT_EMBEDDING_MODEL, model_folder


class PlainEmbedding(BaseEmbedding):
    """MiniLM through sentence-transformers on the CPU, as it comes."""

    _model: SentenceTransformer = PrivateAttr()

    def __init__(self) -> None:
        super().__init__(embed_batch_size=32)
        self._model = SentenceTransformer(str(model_folder(DEFAULT_EMBEDDING_MODEL)), device="cpu")

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return vectors


def plain_retriever(
    documents: Sequence[Document], folder: Path, k: int, chunk_tokens: int | None = None
) -> BaseRetriever:
    """Dense retrieval of the best `k` chunks; `chunk_tokens` None is LlamaIndex's default, 1024."""
    embedding = PlainEmbedding()
    collection = chromadb.PersistentClient(str(folder)).create_collection("plain")
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
    splitter = SentenceSplitter(chunk_size=chunk_tokens, chunk_overlap=20) if chunk_tokens else None
    index = VectorStoreIndex.from_documents(
        documents,
        storage,
        embed_model=embedding,
        transformations=[splitter] if splitter else None,
    )
    return index.as_retriever(similarity_top_k=k, embed_model=embedding)


def baseline(articles: Path, folder: Path, questions: Sequence[str]) -> dict[str, float]:
    """Seconds to ingest the files of `articles`, and median milliseconds to retrieve 10."""
    PlainEmbedding()  # so that importing and loading the model is not timed
    began = time.perf_counter()
    documents = SimpleDirectoryReader(str(articles)).load_data()
    retriever = plain_retriever(documents, folder, 10)
    seconds = time.perf_counter() - began
    retriever.retrieve(questions[0])
    times = [_timed(retriever.retrieve, question) for question in questions]
    return {"ingest_seconds": seconds, "p50": round(1000 * median(times), 1)}


def _timed(retrieve: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    retrieve(question)
    return time.perf_counter() - began
