"""The walk from a question to an answer."""

from collections.abc import Callable, Sequence
from datetime import date

from rag.types import Answer, Hit, Sentence


class Assistant:
    """Answers questions from a library; built by `rag.build.build_assistant(settings)`."""

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        on_sentence: Callable[[Sentence], None] | None = None,
    ) -> Answer:
        """Answer `question`; `on_sentence` hears each sentence as soon as it has passed."""
        raise NotImplementedError

    def search(self, question: str, k: int = 10) -> Sequence[Hit]:
        """The `k` best passages, best first."""
        raise NotImplementedError
