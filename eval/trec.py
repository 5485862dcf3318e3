"""Runs as TREC run files, for trec_eval and everything that reads its form."""

from collections.abc import Iterator

from eval.importers import corpus_id
from eval.record import Record, Run


def trec_run(run: Run, *, passages: bool = False) -> str:
    """`query Q0 document rank score tag`, one line each, the best first.

    A document is an article: by its id in the corpus that `byline eval import` brought, by its
    URL where it has another, else by its id; with `passages`, a passage by its id. Scores fall
    with the rank, as trec_eval sorts by score and not by rank.
    """
    tag = _word(run.provenance.name or "byline")
    return "".join(
        f"{_word(record.case.id)} Q0 {name} {rank} {1 / rank:.6f} {tag}\n"
        for record in run.records
        for rank, name in enumerate(_documents(record, passages), 1)
    )


def _documents(record: Record, passages: bool) -> Iterator[str]:
    names = (
        hit["passage_id"] if passages else corpus_id(hit["url"]) or hit["article_id"]
        for hit in record.hits
    )
    return iter(dict.fromkeys(_word(name) for name in names))


def _word(text: str) -> str:
    """TREC's columns are parted by spaces."""
    return "_".join(text.split())
