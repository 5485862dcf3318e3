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

Step = Callable[[Turn], Turn]


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
) -> AsyncIterator[Turn]:
    """`turn`, again and again, each time further, and at the end with its answer.

    It waits in `line` as `who`; then `ask` runs in a thread of `pool`. A failure ends the turn with
    one line for the user. Where the caller goes away, the line is left, and `ask` is stopped at
    its next stage or sentence.
    """
    loop = asyncio.get_running_loop()
    steps: asyncio.Queue[Step | None] = asyncio.Queue()
    gone = threading.Event()

    def put(step: Step) -> None:
        if gone.is_set():
            raise Stopped
        loop.call_soon_threadsafe(steps.put_nowait, step)

    def wait(place: int) -> None:
        steps.put_nowait(lambda turn: turn.wait(place))

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
        waits = line or Line(1)
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

    answering = asyncio.ensure_future(answered())
    answering.add_done_callback(lambda _: steps.put_nowait(None))
    try:
        while (step := await steps.get()) is not None:
            turn = step(turn)
            yield turn
        yield await _ended(turn, answering)
    finally:
        gone.set()
        answering.cancel()


async def _ended(turn: Turn, answering: "asyncio.Future[Answer]") -> Turn:
    try:
        return turn.finish(await answering)
    except BylineError as error:
        return turn.fail(str(error))
    except Exception:
        logger.exception("no answer to %r", turn.question)
        return turn.fail(UNEXPECTED)
