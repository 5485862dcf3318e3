"""An answer as it grows: its place in the line, its stage, and each sentence that has passed."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress

from ingest.errors import BylineError
from rag.types import Answer
from ui.line import Line
from ui.protocols import Assistant
from ui.turn import Turn

logger = logging.getLogger(__name__)

UNEXPECTED = "Something went wrong while answering. Please ask again; the server's log says more."

TOLD_SECONDS = 1.0
"""So often somebody in the line is told their place at the most."""

Step = Callable[[Turn], Turn]


class Leaving:
    """Lets anybody, from any thread, say that an answer is not waited for any more."""

    def __init__(self) -> None:
        self.said = False
        self._wake: Callable[[], object] = lambda: None

    def __call__(self) -> None:
        """Say it."""
        self.said = True
        self._wake()

    def wakes(self, wake: Callable[[], object]) -> None:
        """Call `wake` when it is said."""
        self._wake = wake


class Stopped(Exception):
    """Raised inside `ask` where nobody waits for the answer any more."""


async def stream_answer(
    assistant: Assistant,
    turn: Turn,
    pool: Executor,
    *,
    history: Sequence[tuple[str, str]] = (),
    line: Line | None = None,
    who: str = "",
    leaving: Leaving | None = None,
) -> AsyncIterator[Turn]:
    """`turn`, again and again, each time further, and at the end with its answer.

    It waits in `line` as `who`; then `ask` runs in a thread of `pool`. A failure ends the turn with
    one line for the user. Where the caller goes away or `leaving` says so, the line is left, and
    `ask` is stopped at its next stage or sentence.
    """
    loop = asyncio.get_running_loop()
    steps: asyncio.Queue[Step | None] = asyncio.Queue()
    gone, through = threading.Event(), asyncio.Event()

    def put(step: Step) -> None:
        if gone.is_set():
            raise Stopped
        loop.call_soon_threadsafe(steps.put_nowait, step)

    def wait(place: int) -> None:
        if not place:
            through.set()
        steps.put_nowait(lambda turn: turn.wait(place))

    def end(_: object = None) -> None:
        through.set()
        steps.put_nowait(None)

    def ask() -> Answer:
        return assistant.ask(
            turn.question,
            as_of=turn.chosen.as_of,
            history=history,
            scope=turn.scope,
            infer_scope=not turn.chosen.literal,
            on_stage=lambda stage, count: put(lambda turn: turn.enter(stage, count)),
            on_sentence=lambda sentence, cited: put(lambda turn: turn.hear(sentence, cited)),
        )

    async def answered() -> Answer:
        waits = line if line is not None else Line(1)
        async with waits.served(who, wait):
            job = pool.submit(ask)
            try:
                return await asyncio.wrap_future(job)
            except asyncio.CancelledError:
                gone.set()
                if not job.cancelled():
                    # The place in the line is held until the thread has really let go.
                    with suppress(Exception):
                        await asyncio.wrap_future(job)
                raise

    left = leaving or Leaving()
    left.wakes(lambda: loop.call_soon_threadsafe(end))
    answering = asyncio.ensure_future(answered())
    answering.add_done_callback(end)
    try:
        while ready := await _ready(steps):
            for step in ready:
                turn = step(turn)
            yield turn
            if turn.place:  # with every answer the whole line moves: all would be told all the time
                with suppress(TimeoutError):
                    await asyncio.wait_for(through.wait(), TOLD_SECONDS)
        if not left.said:
            yield await _ended(turn, answering)
    finally:
        gone.set()
        answering.cancel()


async def _ready(steps: "asyncio.Queue[Step | None]") -> list[Step]:
    """The next steps, as many as are there, in their order; none at the end."""
    found = []
    step = await steps.get()
    while step is not None:
        found.append(step)
        if steps.empty():
            return found
        step = steps.get_nowait()
    if found:
        steps.put_nowait(None)  # to be heard after these
    return found


async def _ended(turn: Turn, answering: "asyncio.Future[Answer]") -> Turn:
    try:
        return turn.finish(await answering)
    except BylineError as error:
        return turn.fail(str(error))
    except Exception:
        logger.exception("no answer to %r", turn.question)
        return turn.fail(UNEXPECTED)
