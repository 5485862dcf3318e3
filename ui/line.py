"""The line of those who wait for an answer: fair by person, and each told their place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Told = Callable[[int], None]
"""Hears a place in the line: 1 is next, 0 means that the turn has come."""


@dataclass(eq=False, slots=True)
class _Ticket:
    who: str
    round: int
    told: Told
    called: asyncio.Event = field(default_factory=asyncio.Event)


class Line:
    """So many are served at once; the others wait, and nobody waits behind one person's many.

    Start-time fair queueing with equal costs (Goyal, Vin and Cheng, SIGCOMM 1996): a person's
    second question waits for the second round, in which everybody has had their first. Use it
    within one event loop.
    """

    def __init__(self, served_at_once: int) -> None:
        self._free = served_at_once
        self._waiting: list[_Ticket] = []
        self._round = 0
        self._last: dict[str, int] = {}
        """The round of each person's last ticket."""

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @asynccontextmanager
    async def served(self, who: str, told: Told = lambda place: None) -> AsyncIterator[None]:
        """Wait until it is the turn of `who`, and hold a place while the block runs.

        `told` hears the place in the line whenever it changes. Whoever is cancelled while waiting
        leaves the line.
        """
        ticket = self._join(who, told)
        try:
            self._call()
            self._tell()
            await ticket.called.wait()
            yield
        finally:
            if ticket.called.is_set():
                self._free += 1
            else:
                self._waiting.remove(ticket)
            self._call()
            self._tell()

    def _join(self, who: str, told: Told) -> _Ticket:
        ticket = _Ticket(who, max(self._round, self._last.get(who, -1) + 1), told)
        self._last[who] = ticket.round
        self._waiting.append(ticket)
        # A stable sort: within a round, who came first goes first.
        self._waiting.sort(key=lambda waiting: waiting.round)
        return ticket

    def _call(self) -> None:
        while self._free and self._waiting:
            ticket = self._waiting.pop(0)
            self._free -= 1
            self._round = ticket.round
            ticket.called.set()
            ticket.told(0)
        if not self._waiting:
            # Nobody waits: what was asked so far counts for nothing any more.
            self._last = {who: last for who, last in self._last.items() if last >= self._round}

    def _tell(self) -> None:
        for place, ticket in enumerate(self._waiting, 1):
            ticket.told(place)
