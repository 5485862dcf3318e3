import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.newsroom import BROKEN, BUSY, SAILS, SAILS_ANSWER, Desk
from ui.line import Line
from ui.stream import UNEXPECTED, Leaving, stream_answer
from ui.turn import Turn


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


async def grown(desk: Desk, question: str, pool: ThreadPoolExecutor) -> list[Turn]:
    return [turn async for turn in stream_answer(desk, Turn(1, question), pool, line=Line(2))]


def test_each_sentence_arrives_before_the_answer(pool: ThreadPoolExecutor) -> None:
    *before, last = asyncio.run(grown(Desk(pause=0.02), SAILS, pool))
    assert [turn.stage for turn in before[:4]] == ["", "retrieve", "rank", "verify"]
    assert [len(turn.sentences) for turn in before[4:]] == [1, 2]
    assert not before[-1].finished
    assert last.answer == SAILS_ANSWER


def test_a_failure_is_told_and_not_raised(
    pool: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    *_, busy = asyncio.run(grown(Desk(), BUSY, pool))
    assert busy.problem == "the language model is busy; please ask again in a moment"
    assert not caplog.records
    *_, broken = asyncio.run(grown(Desk(), BROKEN, pool))
    assert broken.problem == UNEXPECTED
    assert "secret detail" not in broken.problem
    assert "secret detail" in caplog.text, "the log has what the page must not show"


def test_ask_stops_where_nobody_waits(pool: ThreadPoolExecutor) -> None:
    desk = Desk(pause=0.05)

    async def leave_after_one() -> None:
        turns = stream_answer(desk, Turn(1, SAILS), pool, line=Line(2))
        while not (await anext(turns)).sentences:
            pass
        await turns.aclose()  # type: ignore[attr-defined]  # an async generator has it

    asyncio.run(leave_after_one())
    pool.shutdown(wait=True)
    assert desk.said == 1


def test_a_waiting_question_that_is_left_is_never_asked(pool: ThreadPoolExecutor) -> None:
    desk, hold = Desk(), threading.Event()

    async def leave_while_waiting() -> None:
        pool.submit(hold.wait)
        reading = asyncio.create_task(grown(desk, SAILS, pool))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        hold.set()

    asyncio.run(leave_while_waiting())
    pool.shutdown(wait=True)
    assert desk.asked == []


def test_readers_are_answered_at_the_same_time() -> None:
    desk = Desk(pause=0.1)

    async def both(pool: ThreadPoolExecutor) -> None:
        await asyncio.gather(grown(desk, SAILS, pool), grown(desk, SAILS, pool))

    with ThreadPoolExecutor(2) as pool:
        alone = _seconds(lambda: asyncio.run(grown(desk, SAILS, pool)))
        together = _seconds(lambda: asyncio.run(both(pool)))
    assert together < 1.6 * alone


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_leaving_ends_it_at_once_even_while_nothing_is_said(pool: ThreadPoolExecutor) -> None:
    desk, leaving = Desk(), Leaving()
    desk.go.clear()

    async def left() -> list[Turn]:
        turns = stream_answer(desk, Turn(1, SAILS), pool, line=Line(1), leaving=leaving)
        seen = []
        async for turn in turns:
            seen.append(turn)
            if turn.sentences:
                threading.Thread(target=leaving).start()
        desk.go.set()
        return seen

    *_, last = asyncio.run(left())
    pool.shutdown(wait=True)
    assert len(last.sentences) == 1
    assert not last.finished
    assert desk.said == 1


def test_who_waits_is_told_the_last_place_and_not_each_one(pool: ThreadPoolExecutor) -> None:
    desk, line = Desk(), Line(1)

    async def places() -> list[int]:
        told = []
        async with line.served("first"):
            turns = stream_answer(desk, Turn(1, SAILS), pool, line=line, who="last")
            told.append((await anext(turns)).place)
            for place in (7, 6, 5):
                line._waiting[0].told(place)
            told.append((await anext(turns)).place)
        async for turn in turns:
            told.append(turn.place)
        return told

    began = time.monotonic()
    assert asyncio.run(places())[:3] == [1, 5, 0]
    assert time.monotonic() - began < 5
