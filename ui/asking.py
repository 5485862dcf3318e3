"""Questions of conversations: asked, answered while somebody waits, and kept."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from ingest.errors import BylineError
from rag.types import Answer
from ui.chosen import Chosen
from ui.conversations import Conversations
from ui.line import Line
from ui.protocols import Assistant, Library
from ui.seen import seen_key
from ui.stream import Leaving, stream_answer
from ui.suggest import OFFERED, candidates, suggested
from ui.turn import QUESTION_CHARS, Turn, told

logger = logging.getLogger(__name__)

ASKED_AT_ONCE = max(2, min(os.cpu_count() or 2, 8))
"""Questions answered at the same time, over all readers; the next ones wait in a line."""
SEEK_SECONDS = 5.0
"""So long questions that may follow are looked for at the most."""
TOO_LONG = f"A question may have up to {QUESTION_CHARS:,} characters; please shorten it."


Key = tuple[str, int]
"""A conversation's id and the number of a turn."""


class Asking:
    """Asks for readers, keeps what they were answered, and lets a reader stop."""

    def __init__(
        self,
        assistant: Assistant,
        library: Library,
        conversations: Conversations,
        at_once: int = ASKED_AT_ONCE,
    ) -> None:
        self._assistant = assistant
        self._library = library
        self.conversations = conversations
        self.line = Line(at_once)
        self.pool = ThreadPoolExecutor(at_once, thread_name_prefix="byline-ask")
        self._live: dict[Key, Turn] = {}
        """The turns that are being answered, as far as they have got."""
        self._waited: dict[Key, tuple[str, Leaving]] = {}
        """The tab that waits for each, and what ends it."""

    def conversation(self, owner: str, wanted: str, question: str) -> str:
        """The conversation `wanted`, where it is theirs; else a new one that `question` begins."""
        if self.conversations.owns(owner, wanted):
            return wanted
        return self.conversations.begin(owner, question)

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Every turn of a conversation, those that are being answered as far as they have got."""
        return tuple(
            self._current(conversation, turn) for turn in self.conversations.turns(conversation)
        )

    async def ask(
        self,
        conversation: str,
        question: str,
        chosen: Chosen,
        who: str,
        number: int = 0,
        tab: str = "",
    ) -> AsyncIterator[Turn]:
        """The turn of `question`, again and again, each time further; it is kept as it ends.

        `number` is that of a turn that it takes the place of; 0 puts it behind the others. Where
        the caller goes away, or `tab` is closed, it is stopped, and what had been checked is kept.
        """
        turns = self.conversations.turns(conversation)
        number = number or max((turn.number for turn in turns), default=0) + 1
        earlier = [turn for turn in turns if turn.number < number]
        turn = Turn(number, question[:QUESTION_CHARS], chosen)
        if len(question) > QUESTION_CHARS:
            yield self._keep(conversation, turn.fail(TOO_LONG))
            return
        self.conversations.withdraw(conversation, number)
        self.conversations.put(conversation, turn)
        key = conversation, number
        self._live[key] = turn
        leaving = Leaving()
        self._waited[key] = tab, leaving
        try:
            growing = stream_answer(
                self._assistant,
                turn,
                self.pool,
                history=told(earlier),
                line=self.line,
                who=who,
                leaving=leaving,
            )
            async for grown in growing:
                if key not in self._live:
                    return  # stopped meanwhile
                turn = self._keep(conversation, grown) if grown.finished else grown
                self._live[key] = turn
                yield turn
        finally:
            self._end(key)

    async def next_questions(self, conversation: str, number: int) -> Turn | None:
        """The turn with questions that may follow it; None where there is no such turn.

        They are looked for the first time that somebody wants them, and only while nobody waits.
        """
        turns = self.turns(conversation)
        turn = next((turn for turn in turns if turn.number == number), None)
        if turn is None or turn.answer is None or turn.sought or len(self.line):
            return turn
        seek = partial(self._seek, turn, told(turns[: turns.index(turn) + 1]))
        offered: tuple[str, ...] = ()
        try:
            async with self.line.served(""):
                offered = await asyncio.get_running_loop().run_in_executor(self.pool, seek)
        except Exception:  # nothing that anybody asked for has failed
            logger.exception("no questions to follow %r", turn.question)
        turn = replace(turn, next=offered, sought=True)
        self.conversations.amend(conversation, turn)
        return turn

    def _seek(self, turn: Turn, history: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        articles = [kept for key in turn.seen.values() if (kept := self.conversations.kept(key))]
        if turn.answer and turn.answer.usage:
            # A language model may have to be paid for each: they are not asked before.
            return tuple(found.question for found in candidates(turn, articles)[:OFFERED])
        until = time.monotonic() + SEEK_SECONDS

        def ask(question: str) -> Answer | None:
            if len(self.line) or time.monotonic() > until:
                return None
            try:
                return self._assistant.ask(
                    question, as_of=turn.chosen.as_of, history=history, scope=turn.scope
                )
            except BylineError:
                return None

        return tuple(suggested(turn, articles, ask))

    def stop(self, conversation: str) -> None:
        """End what is being answered in a conversation."""
        for key in [key for key in list(self._live) if key[0] == conversation]:
            self._end(key)

    def leave(self, tab: str) -> None:
        """End what a tab that has been closed was waiting for."""
        for key, (waits, _) in list(self._waited.items()):
            if waits == tab:
                self._end(key)

    def _end(self, key: Key) -> None:
        _, leaving = self._waited.pop(key, ("", None))
        if leaving is not None:
            leaving()
        turn = self._live.pop(key, None)
        if turn is not None and not turn.finished:
            self._keep(key[0], turn.stop())

    def _current(self, conversation: str, turn: Turn) -> Turn:
        # What was neither ended nor is being answered was cut off with the server.
        return self._live.get((conversation, turn.number)) or turn.stop()

    def _keep(self, conversation: str, turn: Turn) -> Turn:
        """Keep the turn, with the articles that it shows as they are now."""
        found = [self._library.article(identity) for identity in turn.article_ids()]
        articles = [article for article in found if article is not None]
        seen = {article.id: seen_key(article) for article in articles}
        turn = replace(turn, seen=seen)
        self.conversations.put(conversation, turn, articles)
        return turn
