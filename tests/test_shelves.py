from pathlib import Path

import pytest

from eval.library import Shelf
from ingest.errors import UserError
from ingest.library import Library
from ingest.pipeline import Ingest
from rag.retrieve import HybridRetriever
from rag.scope import Scope
from tests.fakes import WordEmbedder


def ingest(library: Library, path: Path, collection: str = "") -> None:
    Ingest(library, WordEmbedder()).run([path], collection=collection)


def titles(library: Library, *collections: str) -> list[str]:
    ids = library.catalogue.article_ids(collections=collections)
    return sorted(article.title for article in library.articles() if article.id in ids)


def test_what_is_read_goes_into_a_collection_unchanged_or_not(
    library: Library, folder: Path
) -> None:
    ingest(library, folder / "ice.txt")
    ingest(library, folder, "  Winter   news ")
    assert library.collections() == ["Winter news"]
    assert titles(library, "winter NEWS") == ["Ice closes harbour", "T0", "T1", "T2", "Trams"]
    ingest(library, folder / "tram.md", "transport")
    assert titles(library, "transport") == ["Trams"]
    assert len(titles(library, "transport", "winter news")) == 5
    assert titles(library, "nothing") == []


def test_a_new_version_stays_in_it_and_a_removed_article_does_not(
    library: Library, folder: Path
) -> None:
    ingest(library, folder, "winter")
    (folder / "ice.txt").write_text("Ice closes harbour\n\nThe harbour froze on Saturday.")
    ingest(library, folder / "ice.txt")
    article = library.find("ice.txt")
    assert article is not None
    assert article.version == 2
    assert article.title in titles(library, "winter")
    library.remove(article.id)
    ingest(library, folder / "ice.txt")
    assert article.title not in titles(library, "winter")


def test_an_article_is_put_into_others_and_names_are_written_once(
    library: Library, folder: Path
) -> None:
    ingest(library, folder, "Winter")
    before = library.fingerprint()
    tram = library.find("tram.md")
    assert tram is not None
    library.catalogue.set_collections(tram.id, ["winter", "transport", "Transport"])
    assert library.catalogue.collections_by_article()[tram.id] == ["transport", "Winter"]
    assert Shelf(library).collections_of(tram.id) == ["transport", "Winter"]
    library.catalogue.set_collections(tram.id, ["Äpfel"])
    assert titles(library, "transport") == []
    assert titles(library, "äPFEL") == ["Trams"]
    assert library.fingerprint() == before


@pytest.mark.parametrize("name", [" ", "x" * 81])
def test_no_name_is_refused_before_anything_is_read(
    library: Library, folder: Path, name: str
) -> None:
    with pytest.raises(UserError, match="1 to 80 characters"):
        ingest(library, folder, name)
    assert library.count() == 0


@pytest.mark.parametrize("few", [0, 500])
def test_only_a_collection_is_searched(
    library: Library, folder: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.retrieve.FEW", few)
    ingest(library, folder)
    ingest(library, folder / "tram.md", "transport")
    scope = Scope(collections=("Transport",))
    hits = HybridRetriever(library, WordEmbedder()).retrieve("harbour", 5, scope=scope)
    assert [hit.article.title for hit in hits] == ["Trams"]
    assert scope.written() == "Only articles in the collection “Transport” were searched."
    assert scope.to_dict()["collections"] == ["Transport"]
    assert Scope(latest=True).over(scope).collections == ("Transport",)
