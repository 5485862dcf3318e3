"""What the page and the HTTP API need from the rest of Byline, and nothing more."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from ingest.types import Article
from rag.scope import Scope
from rag.types import Answer, Citation, Hit, Sentence

OnSentence = Callable[[Sentence, tuple[Citation, ...]], None]
"""Hears one sentence that has passed the check, with the citations that carry it."""
OnStage = Callable[[str, int], None]
"""Hears the name of a stage as it begins, and how many passages it works on."""


class Assistant(Protocol):
    """Answers questions about the library."""

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: Sequence[tuple[str, str]] = (),
        scope: Scope | None = None,
        infer_scope: bool = True,
        on_sentence: OnSentence | None = None,
        on_stage: OnStage | None = None,
    ) -> Answer:
        """The checked answer; `on_sentence` is called, in this thread, as each sentence passes,
        and `on_stage` as each stage begins.

        `history` are the (question, answer) turns before; `scope` says which articles may answer,
        and so does the question itself where `infer_scope`.
        """
        ...

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        as_of: date | None = None,
        scope: Scope | None = None,
    ) -> Sequence[Hit]:
        """The `k` best passages within `scope`, best first."""
        ...


class Library(Protocol):
    """The articles that can be asked about."""

    def articles(self) -> Iterator[Article]:
        """Every ready article."""
        ...

    def article(self, article_id: str) -> Article | None:
        """One article, or None where the library does not hold it."""
        ...

    def count(self) -> int:
        """How many articles are ready."""
        ...

    def outlets(self) -> Sequence[str]:
        """The outlets of all articles, in alphabetical order."""
        ...

    def versions(self, article_id: str) -> Sequence[tuple[int, str]]:
        """All texts that an article has had: (version, text), oldest first."""
        ...

    def languages(self) -> Sequence[str]:
        """The languages of all articles, in alphabetical order."""
        ...

    def collections(self) -> Sequence[str]:
        """The names of all collections, in alphabetical order."""
        ...
