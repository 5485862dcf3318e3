"""Clusters of copies, as the catalogue keeps them."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.catalogue import Catalogue
from ingest.copies import Copies
from ingest.sketch import ALIKE, FEWEST, bands, shared, shingles, word_digest
from ingest.types import Article, Passage
from tests.fakes import article

NAMES = ["ferry", "harbour", "mayor", "bridge", "storm", "budget", "museum", "school", "orchard"]


@dataclass(frozen=True)
class Stored:
    article: Article
    build: str = "b"
    origin: str = "o"
    passages: Sequence[Passage] = ()


def story(seed: int, sentences: int = 12) -> list[str]:
    """Sentences that no other seed has."""
    choose = random.Random(seed).choice
    return [
        f"The {choose(NAMES)} {seed}x{n} met the {choose(NAMES)} and {choose(NAMES)} of town "
        f"{seed}y{n} near {choose(NAMES)} {n}z{seed}."
        for n in range(sentences)
    ]


def text(*parts: Sequence[str]) -> str:
    return " ".join(sentence for part in parts for sentence in part)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    yield catalogue
    catalogue.close()


def put(catalogue: Catalogue, identity: str, words: str, day: int | None = None) -> None:
    published = date(2024, 1, day) if day else None
    catalogue.put([Stored(article(words, identity=identity, published=published))])


def repeats(catalogue: Catalogue) -> dict[str, str | None]:
    return {item.id: item.duplicate_of for item in catalogue.articles()}


def test_an_exact_copy_repeats_the_one_published_first(catalogue: Catalogue) -> None:
    put(catalogue, "later", "Ice closed the harbour.", 6)
    put(catalogue, "first", "ICE closed the harbour", 5)
    put(catalogue, "undated", "Ice closed the harbour.")
    put(catalogue, "other", "Trams are late.", 1)
    assert repeats(catalogue) == {
        "first": None, "later": "first", "undated": "first", "other": None,
    }  # fmt: skip
    assert [item.id for item in catalogue.cluster("later")] == ["first", "later", "undated"]
    assert catalogue.clusters() == [["first", "later", "undated"]]
    assert [item.id for item in catalogue.cluster("other")] == ["other"]
    assert catalogue.cluster("unknown") == []


def test_of_one_day_the_one_seen_first_counts(catalogue: Catalogue) -> None:
    put(catalogue, "b", text(story(1)), 5)
    put(catalogue, "a", text(story(1)), 5)
    assert repeats(catalogue)["a"] == "b"


def test_cuts_and_added_paragraphs_are_copies(catalogue: Catalogue) -> None:
    whole = story(1)
    put(catalogue, "whole", text(whole), 1)
    put(catalogue, "cut", text(whole[:6]), 2)
    put(catalogue, "added", text(story(2, 5), whole), 3)
    put(catalogue, "other", text(story(3)), 4)
    assert repeats(catalogue) == {
        "whole": None, "cut": "whole", "added": "whole", "other": None,
    }  # fmt: skip


def test_a_follow_up_that_repeats_the_background_is_no_copy(catalogue: Catalogue) -> None:
    put(catalogue, "first", text(story(1)), 1)
    put(catalogue, "later", text(story(2), story(1)[8:]), 2)
    assert repeats(catalogue) == {"first": None, "later": None}


def test_a_round_up_does_not_join_what_it_sums_up(catalogue: Catalogue) -> None:
    put(catalogue, "one", text(story(1)), 1)
    put(catalogue, "two", text(story(2)), 1)
    put(catalogue, "both", text(story(1), story(2)), 2)
    assert repeats(catalogue)["two"] is None
    assert repeats(catalogue)["one"] is None


def test_short_texts_have_exact_copies_only(catalogue: Catalogue) -> None:
    put(catalogue, "a", "Rain is expected in the north on Monday.", 1)
    put(catalogue, "b", "Rain is expected in the north on Tuesday.", 2)
    assert catalogue.clusters() == []


def test_an_earlier_copy_takes_the_lead_when_it_arrives(catalogue: Catalogue) -> None:
    put(catalogue, "c", text(story(1)[:8]), 9)
    put(catalogue, "b", text(story(1)), 8)
    put(catalogue, "a", text(story(1), story(2, 3)), 7)
    assert repeats(catalogue) == {"a": None, "b": "a", "c": "a"}


def test_when_the_first_is_deleted_the_next_leads(catalogue: Catalogue) -> None:
    for day, identity in enumerate("abc", 1):
        put(catalogue, identity, text(story(1)[: 13 - day]), day)
    catalogue.delete("a")
    assert repeats(catalogue) == {"b": None, "c": "b"}
    catalogue.delete("b")
    assert repeats(catalogue) == {"c": None}


def test_a_changed_text_leaves_its_cluster(catalogue: Catalogue) -> None:
    for day, identity in enumerate("abc", 1):
        put(catalogue, identity, text(story(1)), day)
    put(catalogue, "a", text(story(2)), 1)
    assert repeats(catalogue) == {"a": None, "b": None, "c": "b"}
    put(catalogue, "a", text(story(1)), 3)
    assert repeats(catalogue) == {"b": None, "a": "b", "c": "b"}


def test_a_changed_date_changes_the_lead(catalogue: Catalogue) -> None:
    put(catalogue, "a", text(story(1)), 1)
    put(catalogue, "b", text(story(1)[:9]), 2)
    put(catalogue, "a", text(story(1)), 3)
    assert repeats(catalogue) == {"b": None, "a": "b"}


FIRST_FORMAT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    id TEXT PRIMARY KEY, build TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, authors TEXT NOT NULL, published TEXT, modified TEXT, fetched TEXT,
    language TEXT NOT NULL, version INTEGER NOT NULL, duplicate_of TEXT, extra TEXT NOT NULL,
    origin TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE versions (
    article_id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    fetched TEXT, PRIMARY KEY (article_id, version));
CREATE TABLE passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TABLE sources (origin TEXT PRIMARY KEY, digest TEXT NOT NULL, articles TEXT NOT NULL);
CREATE TABLE pending (passage_id TEXT PRIMARY KEY);
"""


def test_an_older_library_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with sqlite3.connect(path) as rows:
        rows.executescript(FIRST_FORMAT)
        rows.executemany(
            "INSERT INTO articles VALUES (?, 'b', '', '', '', '[]', NULL, NULL, NULL, '', 1, NULL, "
            "'{}', 'o', 'Ice closed the harbour.')",
            [("a",), ("b",)],
        )
        rows.execute("""INSERT INTO sources VALUES ('o', 'digest', '["a", "b"]')""")
    rows.close()
    catalogue = Catalogue(path)
    assert catalogue.adopt() == 2
    assert repeats(catalogue) == {"a": None, "b": "a"}
    assert catalogue.adopt() == 0
    assert catalogue.source("o") == ("digest", ["a", "b"])
    catalogue.close()


PARTS = st.lists(st.sampled_from([0, 4, 8]), min_size=1, max_size=3, unique=True)
STEPS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.one_of(st.none(), st.tuples(st.integers(1, 2), PARTS, st.integers(1, 4))),
    ),
    min_size=1,
    max_size=14,
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_whatever_comes_changes_and_goes_the_clusters_are_true(
    steps: list[tuple[str, tuple[int, list[int], int] | None]],
) -> None:
    catalogue = Catalogue(Path(":memory:"))
    for identity, change in steps:
        if change is None:
            catalogue.delete(identity)
            continue
        seed, parts, day = change
        whole = story(seed)
        put(catalogue, identity, text(*(whole[at : at + 4] for at in parts)), day)
    articles = {item.id: item for item in catalogue.articles()}
    known = {identity: shingles(item.text) for identity, item in articles.items()}
    for identity, item in articles.items():
        if item.duplicate_of is None:
            continue
        first = articles[item.duplicate_of]
        assert first.duplicate_of is None
        assert first.published is not None
        assert item.published is not None
        assert first.published <= item.published
        assert shared(known[identity], known[first.id]) > 0
    leading = [item for item in articles.values() if item.duplicate_of is None]
    digests = [word_digest(item.text) for item in leading]
    assert len(set(digests)) == len(digests)
    for one in leading:
        for other in leading:
            if one.id != other.id and set(bands(known[one.id])) & set(bands(known[other.id])):
                assert shared(known[one.id], known[other.id]) == 0
    catalogue.close()


def test_what_is_shared_is_worked_out_by_hand() -> None:
    words = [f"w{n}" for n in range(FEWEST + 3)]
    whole, half = " ".join(words), " ".join(words[: len(words) // 2])
    assert len(shingles(whole)) == FEWEST
    assert shared(shingles(whole), shingles(whole)) == 1.0
    assert shared(shingles(whole), shingles(half)) == 0.0  # too short to tell
    long = " ".join(f"w{n}" for n in range(103))  # 100 runs
    part = " ".join(f"w{n}" for n in range(53))  # 50 of them
    mixed = part + " " + " ".join(f"x{n}" for n in range(50))  # 100 runs, 50 shared
    assert shared(shingles(long), shingles(part)) == 1.0
    assert shared(shingles(long), shingles(mixed)) == 0.5
    few = " ".join(f"w{n}" for n in range(33))  # 30 of 100: Jaccard 0.3
    assert ALIKE < 0.3
    assert shared(shingles(long), shingles(few)) == 1.0
    fewer = " ".join(f"w{n}" for n in range(24))
    assert shared(shingles(long), shingles(fewer)) == 0.0


def test_case_and_punctuation_are_aside() -> None:
    assert word_digest("“Ice” closed, it says.") == word_digest("ICE closed it SAYS")
    assert word_digest("Ice closed") != word_digest("closed Ice")
    assert word_digest("!!") != word_digest("??")


def test_ten_thousand_reprints_leave_one_text_in_the_index(catalogue: Catalogue) -> None:
    catalogue.put([Stored(article(text(story(1)), identity=f"{n:05d}")) for n in range(300)])
    with catalogue.transaction() as rows:
        assert len(Copies(rows)._led_by(word_digest(text(story(1))))) == 1
        assert rows.execute("SELECT count(DISTINCT words) FROM bands").fetchone()[0] == 1
    assert len(catalogue.cluster("00000")) == 300
