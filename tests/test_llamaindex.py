from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import Document

from ingest.embed import OpenVINOEmbedder
from ingest.library import Library
from rag.llamaindex import BylineEmbedding, BylineRetriever
from rag.retrieve import HybridRetriever
from tests.fakes import article, library_of


@pytest.fixture
def library(tmp_path: Path, embedder: OpenVINOEmbedder) -> Iterator[Library]:
    texts = ["The ferry sank off the cape.", "Puffins came back to the island."]
    told = [article(text, identity=f"a{i}", title=f"T{i}") for i, text in enumerate(texts)]
    library = library_of(told, embedder, tmp_path / "library")
    yield library
    library.close()


def test_the_retriever_gives_nodes_with_their_source(
    library: Library, embedder: OpenVINOEmbedder
) -> None:
    retriever = BylineRetriever(HybridRetriever(library, embedder), k=2)
    assert isinstance(retriever, BaseRetriever)
    first, _ = retriever.retrieve("Which birds returned to the island?")
    assert first.node.get_content() == "Puffins came back to the island."
    assert first.node.metadata["title"] == "T1"
    assert first.node.metadata["article_id"] == "a1"
    assert first.score is not None


def test_the_embedding_model_serves_a_llamaindex_index(embedder: OpenVINOEmbedder) -> None:
    documents = [Document(text="The ferry sank off the cape."), Document(text="Puffins came back.")]
    index = VectorStoreIndex.from_documents(documents, embed_model=BylineEmbedding(embedder))
    (node,) = index.as_retriever(similarity_top_k=1).retrieve("Which birds returned?")
    assert node.node.get_content() == "Puffins came back."
