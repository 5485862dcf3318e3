import asyncio
from collections.abc import Callable, Coroutine

import pytest

from ui.line import Line


def run(scene: Callable[[], Coroutine[None, None, None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 10))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_each_is_told_their_place_until_their_turn_comes() -> None:
    async def scene() -> None:
        line, places, leave = Line(1), dict[str, list[int]](), asyncio.Event()

        async def visit(who: str) -> None:
            async with line.served(who, places.setdefault(who, []).append):
                if who == "first":
                    await leave.wait()

        visits = [asyncio.create_task(visit(who)) for who in ("first", "second", "third")]
        await settle()
        assert places == {"first": [0], "second": [1, 1], "third": [2]}
        assert len(line) == 2
        leave.set()
        await asyncio.gather(*visits)
        assert places["second"][-1] == places["third"][-1] == 0
        assert 1 in places["third"]

    run(scene)


def test_nobody_waits_behind_one_persons_many() -> None:
    async def scene() -> None:
        line, served, leave = Line(1), list[str](), asyncio.Event()

        async def visit(who: str, label: str) -> None:
            async with line.served(who):
                served.append(label)
                await leave.wait()

        labels = [("ann", "ann 1"), ("ann", "ann 2"), ("ann", "ann 3"), ("bea", "bea 1")]
        visits = []
        for who, label in labels:
            visits.append(asyncio.create_task(visit(who, label)))
            await settle()
        leave.set()
        await asyncio.gather(*visits)
        assert served == ["ann 1", "bea 1", "ann 2", "ann 3"]

    run(scene)


def test_thirty_at_once_are_all_served_two_at_a_time() -> None:
    async def scene() -> None:
        line, now, most, served = Line(2), 0, 0, list[int]()

        async def visit(number: int) -> None:
            nonlocal now, most
            async with line.served(str(number)):
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.001)
                now -= 1
                served.append(number)

        await asyncio.gather(*(visit(number) for number in range(30)))
        assert sorted(served) == list(range(30))
        assert most == 2
        assert len(line) == 0

    run(scene)


def test_who_leaves_gives_up_their_place() -> None:
    async def scene() -> None:
        line, leave, served = Line(1), asyncio.Event(), list[str]()

        async def visit(who: str) -> None:
            async with line.served(who):
                served.append(who)
                await leave.wait()

        first, second, third = (asyncio.create_task(visit(who)) for who in "abc")
        await settle()
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert len(line) == 1
        first.cancel()  # whoever leaves while being served makes room
        await settle()
        assert served == ["a", "c"]
        leave.set()
        await third

    run(scene)
