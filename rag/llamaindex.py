"""Byline's parts as LlamaIndex parts, to lift into LlamaIndex code of your own.

The walk itself uses the plain classes behind them, because importing LlamaIndex costs 1.3 s, half
of a cold question (docs/decisions/002-llamaindex-at-the-edge.md).
"""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from ingest.embed import Embedder
from rag.retrieve import HybridRetriever
from rag.types import Hit


class BylineRetriever(BaseRetriever):
    """Dense and BM25 retrieval, fused, as a LlamaIndex retriever."""

    def __init__(self, retriever: HybridRetriever, k: int = 10) -> None:
        """`k` nodes come back for each query."""
        super().__init__()
        self._retriever = retriever
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._retriever.retrieve(query_bundle.query_str, self._k)
        return [_node(hit) for hit in hits]


class BylineEmbedding(BaseEmbedding):
    """Byline's embedder as a LlamaIndex embedding model."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name, embed_batch_size=256)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.embed(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _node(hit: Hit) -> NodeWithScore:
    article = hit.article
    node = TextNode(
        id_=hit.passage.id,
        text=hit.passage.text,
        start_char_idx=hit.passage.start,
        end_char_idx=hit.passage.end,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "source": article.source,
            "url": article.url,
            "published": article.published.isoformat() if article.published else "",
            **{f"signal_{name}": value for name, value in hit.signals.items()},
        },
    )
    return NodeWithScore(node=node, score=hit.score)
