import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.newsroom import BRIDGE, BRIDGE_ANSWER, BRIDGE_ASKED, FERRY, SAILS, SAILS_ANSWER
from ui.conversations import TITLE_CHARS, Conversations
from ui.seen import seen_key
from ui.turn import Turn


@pytest.fixture
def kept() -> Iterator[Conversations]:
    kept = Conversations()
    yield kept
    kept.close()


def begun(kept: Conversations, owner: str = "ann") -> str:
    identity = kept.begin(owner, SAILS)
    kept.put(identity, Turn(1, SAILS).finish(SAILS_ANSWER))
    return identity


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    before = Conversations(tmp_path / "kept.sqlite")
    identity = begun(before)
    before.put(identity, Turn(2, SAILS).stop(), [FERRY])
    turns, key = before.turns(identity), seen_key(FERRY)
    before.close()
    after = Conversations(tmp_path / "kept.sqlite")
    assert after.turns(identity) == turns
    assert after.kept(key) == FERRY
    assert [c.title for c in after.listed("ann")] == [SAILS]
    after.close()


def test_nobody_sees_what_is_not_theirs(kept: Conversations) -> None:
    identity = begun(kept)
    assert kept.owns("ann", identity)
    assert not kept.owns("bea", identity)
    assert kept.listed("bea") == []
    assert not kept.rename("bea", identity, "Mine")
    assert not kept.delete("bea", identity)
    assert kept.title(identity) == SAILS


def test_the_last_changed_comes_first_and_counts_its_turns(kept: Conversations) -> None:
    first, second = begun(kept), begun(kept)
    kept.put(first, Turn(2, BRIDGE_ASKED).finish(BRIDGE_ANSWER))
    assert [(c.id, c.turns) for c in kept.listed("ann")] == [(first, 2), (second, 1)]


def test_search_finds_all_words_in_questions_answers_and_titles(kept: Conversations) -> None:
    identity = begun(kept)
    kept.rename("ann", identity, "Islands of the NORTH")
    for query in ("islands", "Ticket CROWNS", "ferry islands", "north"):
        assert [c.id for c in kept.listed("ann", query)] == [identity], query
    assert kept.listed("ann", "ferry bridge") == []
    assert kept.listed("ann", "%") == []


def test_a_deleted_conversation_is_gone_and_stays_gone(kept: Conversations) -> None:
    identity = begun(kept)
    kept.judge(identity, 1, good=True)
    assert kept.delete("ann", identity)
    kept.put(identity, Turn(2, SAILS).stop())  # an answer that ends after it
    assert kept.turns(identity) == ()
    assert list(kept.judged()) == []


def test_opinions_are_kept_with_the_answer(kept: Conversations) -> None:
    identity = begun(kept)
    kept.judge(identity, 1, good=True)
    kept.judge(identity, 1, good=False, reason=" Out of date ")
    ((turn, opinion),) = kept.judged()
    assert turn.answer == SAILS_ANSWER
    assert (opinion.good, opinion.reason) == (False, "Out of date")
    assert kept.opinions(identity) == {1: opinion}
    kept.withdraw(identity, 1)
    assert kept.opinions(identity) == {}


def test_an_article_is_kept_as_it_was(kept: Conversations) -> None:
    identity, changed = begun(kept), replace(FERRY, text="Another text.", version=2)
    kept.put(identity, Turn(1, SAILS).stop(), [FERRY, changed])
    assert seen_key(changed) != seen_key(FERRY)
    assert kept.kept(seen_key(FERRY)) == FERRY
    assert kept.kept(seen_key(changed)) == changed
    assert kept.kept("nothing") is None


def test_an_article_is_kept_as_long_as_an_answer_shows_it(kept: Conversations) -> None:
    one, other = begun(kept), begun(kept)
    kept.put(one, Turn(1, SAILS).stop(), [FERRY, BRIDGE])
    kept.put(other, Turn(1, SAILS).stop(), [FERRY])
    kept.delete("ann", one)
    assert kept.kept(seen_key(BRIDGE)) is None
    assert kept.kept(seen_key(FERRY)) == FERRY
    kept.put(other, Turn(1, SAILS).stop(), [BRIDGE])  # asked again
    assert kept.kept(seen_key(FERRY)) is None
    assert kept.kept(seen_key(BRIDGE)) == BRIDGE
    kept.put(one, Turn(1, SAILS).stop(), [FERRY])  # an answer that ends after its conversation
    assert kept.kept(seen_key(FERRY)) is None


def test_a_file_of_an_older_byline_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    key, lost = seen_key(FERRY), seen_key(BRIDGE)
    with closing(Conversations(path)) as before:
        identity = begun(before)
        turn = replace(Turn(1, SAILS).stop(), seen={FERRY.id: key})
        before.put(identity, turn, [FERRY, BRIDGE])
    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        rows.execute("DROP TABLE sights")
    with closing(Conversations(path)) as after:
        assert after.kept(key) == FERRY
        assert after.kept(lost) is None
        after.delete("ann", identity)
        assert after.kept(key) is None


def test_what_is_deleted_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    with closing(Conversations(path)) as kept:
        identity = kept.begin("ann", "The xylophone affair")
        kept.put(identity, Turn(1, "Who took the xylophone?").stop(), [FERRY])
        kept.delete("ann", identity)
    assert b"xylophone" not in path.read_bytes()


def test_titles_are_one_line_and_not_endless(kept: Conversations) -> None:
    identity = kept.begin("ann", "a\n b" + "x" * 200)
    assert kept.title(identity).startswith("a bx")
    assert len(kept.title(identity)) == TITLE_CHARS
