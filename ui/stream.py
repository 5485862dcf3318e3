"""An answer as it grows: each sentence as soon as it has passed the check."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Executor

from ingest.errors import BylineError
from rag.types import Answer, Citation, Sentence
from ui.protocols import Assistant
from ui.turn import Turn

logger = logging.getLogger(__name__)

UNEXPECTED = "Something went wrong while answering. Please ask again; the server's log says more."


class Stopped(Exception):
    """Raised inside `ask` where nobody waits for the answer any more."""


async def stream_answer(assistant: Assistant, turn: Turn, pool: Executor) -> AsyncIterator[Turn]:
    """`turn`, again and again, with one sentence more each time, and at the end its answer.

    `ask` runs in a thread of `pool`. A failure ends the turn with one line for the user. Where the
    caller goes away, `ask` is stopped at its next sentence.
    """
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[tuple[Sentence, tuple[Citation, ...]] | None] = asyncio.Queue()
    gone = threading.Event()

    def hear(sentence: Sentence, citations: tuple[Citation, ...]) -> None:
        if gone.is_set():
            raise Stopped
        loop.call_soon_threadsafe(pieces.put_nowait, (sentence, citations))

    def ask() -> Answer:
        return assistant.ask(turn.question, history=turn.history, on_sentence=hear)

    asking = loop.run_in_executor(pool, ask)
    asking.add_done_callback(lambda _: pieces.put_nowait(None))
    try:
        while (piece := await pieces.get()) is not None:
            turn = turn.hear(*piece)
            yield turn
        yield await _ended(turn, asking)
    finally:
        gone.set()
        # Takes effect only where no thread has begun yet; a running `ask` finds `gone`.
        asking.cancel()


async def _ended(turn: Turn, asking: "asyncio.Future[Answer]") -> Turn:
    try:
        return turn.finish(await asking)
    except BylineError as error:
        return turn.fail(str(error))
    except Exception:
        logger.exception("no answer to %r", turn.question)
        return turn.fail(UNEXPECTED)
