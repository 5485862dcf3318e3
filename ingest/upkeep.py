"""Upkeep of a library: what is wrong with it, and mending it from the catalogue.

Vectors and words can be made again from the catalogue, which holds every text: no article is lost.
"""

import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.embed import Embedder
from ingest.errors import UserError
from ingest.passages import embedded_texts
from ingest.types import Article, Passage

if TYPE_CHECKING:
    from ingest.library import Library

TOGETHER = 256
"""Passages that are embedded and written at a time."""
ASK = "run `byline library verify --repair`"


def verify(library: "Library") -> list[str]:
    """What is wrong, a line each; empty when catalogue and indexes agree.

    What a killed writer left pending is not wrong: no reader sees it, and the next writer sweeps
    it.
    """
    problems = [f"the catalogue is damaged: {line}" for line in library.catalogue.damage()]
    if problems:
        return problems
    known, pending = library.catalogue.passage_ids(), library.catalogue.pending()
    for what, missing, extra in (
        ("vectors", "have no vector", "have a vector but no article"),
        ("words", "are missing from the word index", "are in the word index but in no article"),
    ):
        try:
            held = _held(library, what)
        except UserError as error:
            problems.append(str(error))
            continue
        for ids, wrong in ((known - held, missing), (held - known - pending, extra)):
            if ids:
                problems.append(f"{len(ids)} passages {wrong}: {ASK}")
    for identity, text, spans in library.catalogue.texts():
        outside = sum(not 0 <= start < end <= len(text) for start, end in spans)
        if outside:
            problems.append(f"{identity}: {outside} passages lie outside the text")
    return problems


def repair(library: "Library", embedder: Embedder) -> int:
    """Index again what is missing, delete what no article owns; how many articles that took.

    An index that cannot be read is made anew. Raises UserError while another process writes.
    """
    with library.writing(sweep=False):
        for what in ("vectors", "words"):
            try:
                _held(library, what)
            except UserError:
                _remove_index(library, what)
        known = library.catalogue.passage_ids()
        vectors, words = _held(library, "vectors"), _held(library, "words")
        mended = {
            *_embed_again(library, embedder, known - vectors),
            *_index_again(library, known - words),
        }
        library.forget((vectors | words) - known)
        library.written()
    return len(mended)


def _held(library: "Library", what: str) -> set[str]:
    """Ids in one index. Raises UserError when it cannot be read."""
    from ingest.vectors import faults

    try:
        return library.vectors.ids() if what == "vectors" else library.words.ids()
    except faults() as error:
        raise UserError(f"the {what} cannot be read ({str(error)[:200]}): {ASK}") from None


def _remove_index(library: "Library", what: str) -> None:
    library.close_index(what)
    from ingest.library import VECTORS, WORDS

    shutil.rmtree(library.folder / {"vectors": VECTORS, "words": WORDS}[what], ignore_errors=True)


def _embed_again(library: "Library", embedder: Embedder, missing: set[str]) -> set[str]:
    for some in _articles(library, missing):
        texts = [t for article, part in some for t in _texts(article, part, embedder)]
        passages = [passage for _, part in some for passage in part]
        library.vectors.upsert(passages, embedder.embed(texts))
    return _owners(missing)


def _index_again(library: "Library", missing: set[str]) -> set[str]:
    for some in _articles(library, missing):
        for article, passages in some:
            library.words.add(article, passages)
        library.words.commit()
    return _owners(missing)


def _texts(article: Article, passages: list[Passage], embedder: Embedder) -> list[str]:
    return embedded_texts(article, passages, embedder.count_tokens)


def _articles(
    library: "Library", passage_ids: set[str]
) -> Iterable[list[tuple[Article, list[Passage]]]]:
    """Passages with their articles, some hundred at a time."""
    ids = sorted(passage_ids)  # the passages of an article have one beginning
    for at in range(0, len(ids), TOGETHER):
        found = library.catalogue.passages(ids[at : at + TOGETHER])
        owned: dict[str, tuple[Article, list[Passage]]] = {}
        for passage, article in (found[identity] for identity in sorted(found)):
            owned.setdefault(article.id, (article, []))[1].append(passage)
        yield list(owned.values())


def _owners(passage_ids: set[str]) -> set[str]:
    return {identity.rsplit("-", 2)[0] for identity in passage_ids}
