"""Plain LlamaIndex as an assistant that `eval` can measure: what its users write first.

`VectorStoreIndex` over Chroma, MiniLM through sentence-transformers, the default splitter (1,024
tokens) and, with a language model, `CitationQueryEngine` as it comes: two chunks, cut into sources
of 512 tokens, its own prompt. What it writes is read as Byline reads a draft, marks and refusals.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import LLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import BaseNode, NodeWithScore
from llama_index.vector_stores.chroma import ChromaVectorStore

from benchmarks.plain import PlainEmbedding
from eval.library import Shelf
from ingest.library import Library
from ingest.types import Article, Passage
from rag.condense import History
from rag.draft import read_draft
from rag.scope import Scope
from rag.types import Answer, Citation, Hit, Sentence, Verdict

AT_ONCE = 200
"""Chunks that are embedded before they are kept."""


class PlainAssistant:
    """Asks and searches plain LlamaIndex; without a language model it can only search."""

    def __init__(
        self, index: VectorStoreIndex, articles: Mapping[str, Article], llm: LLM | None
    ) -> None:
        self._index = index
        self._articles = articles
        self._engine = CitationQueryEngine.from_args(index, llm=llm) if llm else None

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: History = (),
        scope: Scope | None = None,
    ) -> Answer:
        """What the query engine writes, with the sources that it marks; a refusal abstains."""
        if self._engine is None:
            return Answer(question)
        reply = self._engine.query(question)
        sources = dict(enumerate(reply.source_nodes, 1))
        drafted = list(read_draft(str(reply)))
        sentences = tuple(
            Sentence(one.text, tuple(n for n in one.cites if n in sources), Verdict.SUPPORTED)
            for one in drafted
        )
        marked = sorted({number for one in sentences for number in one.citations})
        citations = tuple(self._citation(number, sources[number]) for number in marked)
        return Answer(
            question, sentences, citations, abstained=not drafted, confidence=float(bool(drafted))
        )

    def _citation(self, number: int, source: NodeWithScore) -> Citation:
        """A source by where its chunk stands in its article."""
        article = self._articles[str(source.node.ref_doc_id)]
        chunk = source.node.get_content().split(":", 1)[1].strip()
        start = article.text.find(chunk)
        if start < 0:
            raise ValueError(f"a source of {article.id} does not stand in it: {chunk[:60]!r}")
        return Citation(number, article.id, start, start + len(chunk), chunk, 1.0, article.title)

    def search(
        self, question: str, k: int = 10, *, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        """The `k` nearest chunks."""
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [
            Hit(
                passage_of(scored.node),
                self._articles[str(scored.node.ref_doc_id)],
                scored.score or 0,
            )
            for scored in found
        ]


class PlainShelf(Shelf):
    """The library's articles, in the chunks that plain LlamaIndex cuts."""

    def __init__(self, source: Library, nodes: Sequence[BaseNode]) -> None:
        super().__init__(source)
        self._chunks: dict[str, list[Passage]] = {}
        for node in nodes:
            passage = passage_of(node)
            self._chunks.setdefault(passage.article_id, []).append(passage)

    def passages(self, article_id: str) -> list[Passage]:
        """The chunks of an article."""
        return self._chunks.get(article_id, [])


def passage_of(node: Any) -> Passage:
    """A chunk by where it stands in its article."""
    article, start, end = str(node.ref_doc_id), node.start_char_idx or 0, node.end_char_idx or 0
    return Passage(f"{article}:{start}", article, 0, node.get_content(), start, end)


def plain(source: Library, folder: Path) -> tuple[VectorStoreIndex, PlainShelf]:
    """The articles of `source` in an index in `folder`; what was embedded before is taken over."""
    documents = [Document(text=a.text, id_=a.id) for a in source.articles()]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    client = chromadb.PersistentClient(str(folder))
    # The same articles are cut alike, so their number tells which chunks are still to come.
    collection = client.get_or_create_collection(f"plain-{source.fingerprint()}")
    store = ChromaVectorStore(collection)
    index = VectorStoreIndex.from_vector_store(store, embed_model=PlainEmbedding())
    for at in range(collection.count(), len(nodes), AT_ONCE):
        index.insert_nodes(nodes[at : at + AT_ONCE])
    return index, PlainShelf(source, nodes)
