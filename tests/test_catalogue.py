import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest

from ingest.catalogue import Catalogue
from ingest.types import Article, Passage
from tests.fakes import article

FULL = Article(
    id="a1",
    text="Ice closed the harbour. Ferries stopped.",
    title="Ice closes harbour",
    source="Alder Post",
    url="https://alder.example/ice",
    authors=("Ida Moe", "Per Lund"),
    published=date(2024, 1, 5),
    modified=date(2024, 1, 6),
    fetched=datetime(2024, 2, 1, 12, 30, tzinfo=UTC),
    language="en",
    extra={"section": "Weather"},
)


@dataclass(frozen=True)
class Stored:
    """What is put into the catalogue."""

    article: Article
    build: str = "b1"
    origin: str = "o"
    passages: tuple[Passage, ...] = ()


PASSAGE = Passage("a1-b-0000", "a1", 0, "Ice closed the harbour.", 0, 23)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "catalogue.sqlite")


def test_an_article_comes_back_as_it_was_put(catalogue: Catalogue) -> None:
    catalogue.put([Stored(FULL, origin="file:///x/ice.md", passages=(PASSAGE,))])
    assert catalogue.article("a1") == FULL
    assert catalogue.passages(["a1-b-0000", "unknown"]) == {"a1-b-0000": (PASSAGE, FULL)}
    assert catalogue.build_of("a1") == "b1"
    assert catalogue.count_articles() == catalogue.count_passages() == 1


@pytest.mark.parametrize("reference", ["a1", "https://alder.example/ice", "ice.md", "x/ice.md"])
def test_an_article_is_found_by_id_url_or_file(catalogue: Catalogue, reference: str) -> None:
    catalogue.put([Stored(FULL, origin="file:///x/ice.md")])
    found = catalogue.find(reference)
    assert found is not None
    assert found.id == "a1"
    assert catalogue.find("ce.md") is None
    assert catalogue.find("%") is None


def test_putting_again_replaces_passages_and_keeps_versions(catalogue: Catalogue) -> None:
    catalogue.put([Stored(FULL, passages=(PASSAGE,))])
    second = article("New text.", title="Ice", version=2)
    catalogue.put([Stored(second, "b2", "o", (Passage("a1-c-0000", "a1", 0, "New text.", 0, 9),))])
    assert catalogue.passage_ids() == {"a1-c-0000"}
    assert catalogue.versions("a1") == [(1, FULL.text), (2, "New text.")]


def test_deleting_forgets_the_source_too(catalogue: Catalogue) -> None:
    catalogue.put([Stored(FULL, passages=(PASSAGE,))])
    catalogue.put_source("o", "digest", ["a1"])
    assert catalogue.source("o") == ("digest", ["a1"])
    catalogue.delete("a1")
    assert catalogue.source("o") == ("", [])  # it will be read again
    assert catalogue.count_articles() == catalogue.count_passages() == 0


def test_the_fingerprint_follows_every_change(catalogue: Catalogue) -> None:
    seen = {catalogue.fingerprint()}
    catalogue.put([Stored(FULL)])
    seen.add(catalogue.fingerprint())
    catalogue.put([Stored(FULL, "b2")])
    seen.add(catalogue.fingerprint())
    assert len(seen) == 3


def test_a_failed_transaction_leaves_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        catalogue.put(
            [Stored(article("x", identity="a0")), Stored(FULL, passages=(PASSAGE, PASSAGE))]
        )
    assert catalogue.count_articles() == 0


def test_articles_come_newest_first_and_undated_last(catalogue: Catalogue) -> None:
    for identity, day in (("a", None), ("b", date(2023, 1, 1)), ("c", date(2024, 1, 1))):
        catalogue.put([Stored(article("x", identity=identity, published=day))])
    assert [item.id for item in catalogue.articles()] == ["c", "b", "a"]


def test_other_threads_can_read(catalogue: Catalogue) -> None:
    catalogue.put([Stored(FULL)])
    found: list[Article | None] = []
    thread = Thread(target=lambda: found.append(catalogue.article("a1")))
    thread.start()
    thread.join()
    assert found == [FULL]
