"""Words of passages in tantivy: BM25 with English stemming."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from ingest.types import Article, Passage

_ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(40))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
WRITER_BYTES = 64_000_000
TITLE_BOOST = 0.5
_WORD = re.compile(r"\w+")
STOP_WORDS = frozenset(
    "a an and any are as at be been being but by can could did do does for from had has have he "
    "her his how i if in into is it its may me might must my no not of on or our she should so "
    "some such than that the their them then there these they this those to was we were what when "
    "where which while who whom whose why will with would you your s t "
    "many much say says said tell tells told according".split()
)


class LexicalIndex:
    """The words of all passages, by passage id."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        schema = (
            tantivy.SchemaBuilder()
            .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
            .add_text_field("title", tokenizer_name="en_stem", index_option="freq")
            .add_text_field("text", tokenizer_name="en_stem", index_option="freq")
            .build()
        )
        self._index = tantivy.Index(schema, path=str(folder))
        self._writer: tantivy.IndexWriter | None = None

    def add(self, article: Article, passages: Sequence[Passage]) -> None:
        """Index the passages of one article; visible after `commit`."""
        writer = self._open_writer()
        for passage in passages:
            writer.delete_documents_by_term("id", passage.id)
            writer.add_document(
                tantivy.Document(id=passage.id, title=article.title, text=passage.text)
            )

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget these passages; gone after `commit`, unknown ids are no error."""
        writer = self._open_writer()
        for identity in passage_ids:
            writer.delete_documents_by_term("id", identity)

    def commit(self) -> None:
        """Make all changes since the last commit durable and visible."""
        if self._writer is not None:
            self._writer.commit()
            self._index.reload()

    def discard(self) -> None:
        """Forget all changes since the last commit, and the writer with them."""
        self._writer = None

    def close(self) -> None:
        """Let go of the writer; background merges end first."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None

    def frequency(self, stem: str) -> float:
        """Share of passages whose text has `stem` (see `stems`), in [0, 1]."""
        searcher = self._index.searcher()
        total = searcher.num_docs
        return searcher.doc_freq("text", stem) / total if total else 0.0

    def reload(self) -> None:
        """See what another process has committed."""
        self._index.reload()

    def best(
        self, question: str, k: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `k` passages with the highest BM25 score: `(id, score)`, best first.

        With `among`, only of these passages.
        """
        words = query_words(question)
        if not words or k <= 0:
            return []
        query, _ = self._index.parse_query_lenient(
            " ".join(words), ["title", "text"], field_boosts={"title": TITLE_BOOST, "text": 1.0}
        )
        if among is not None:
            these = tantivy.Query.term_set_query(self._index.schema, "id", list(among))
            must = tantivy.Occur.Must
            query = tantivy.Query.boolean_query(
                [(must, query), (must, tantivy.Query.const_score_query(these, 0.0))]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, k).hits
        return [(searcher.doc(address)["id"][0], float(score)) for score, address in hits]

    def ids(self) -> set[str]:
        """Ids of all indexed passages."""
        searcher = self._index.searcher()
        total = searcher.num_docs
        if total == 0:
            return set()
        hits = searcher.search(tantivy.Query.all_query(), total).hits
        return {searcher.doc(address)["id"][0] for _, address in hits}

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(WRITER_BYTES, 1)
        return self._writer


def query_words(question: str) -> list[str]:
    """The words of a question that are worth looking up: lower case, no stop words.

    Lower case also keeps AND, OR and NOT from being read as operators.
    """
    words = [word.lower() for word in _WORD.findall(question)]
    return [word for word in words if word not in STOP_WORDS] or words


def stems(text: str) -> list[str]:
    """The words of `text` as the index holds them: lower case, English stems, in order."""
    return list(_ANALYZER.analyze(text))
