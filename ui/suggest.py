"""Questions that may follow an answer, drawn from the articles it rests on, and answered by them.

Each is asked before it is offered: what the assistant does not answer, or from other words than
those it was made from, nobody is invited to ask.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from ingest.types import Article
from rag.names import name_stands_in
from rag.types import Answer, Citation
from ui.questions import Candidate, questions_of
from ui.turn import Turn

OFFERED = 3
"""How many questions are offered at most."""
TRIED = 8
"""So many are asked at most to find them."""
KINDS = ("why", "much", "when", "many", "where", "by", "who", "said", "sum")
"""The forms of question, those first that ask most of an article."""


def candidates(turn: Turn, articles: Sequence[Article]) -> list[Candidate]:
    """Questions about what `articles` tell beside the answer, the forms by turns; those of the
    articles cited first come first.

    A name that the question or the answer already has is not asked about again, nor is a sentence
    that the answer quotes. Nothing before the answer's end.
    """
    if turn.answer is None:
        return []
    known = " ".join([turn.question, turn.answer.short, *(s.text for s in turn.sentences)])
    by_kind: dict[str, list[Candidate]] = {kind: [] for kind in KINDS}
    asked = {_folded(turn.question)}
    for article in articles:
        for found in questions_of(article):
            told = found.about and name_stands_in(found.about, f"{known} {article.source}")
            quoted = found.kind != "sum" and _quotes(turn.citations, found)
            if told or quoted or _folded(found.question) in asked:
                continue
            asked.add(_folded(found.question))
            known = f"{known} {found.about}"
            by_kind[found.kind].append(found)
    rounds = zip_longest(*by_kind.values())
    return [found for one_each in rounds for found in one_each if found][:TRIED]


def answered(found: Candidate, answer: Answer) -> bool:
    """Whether `answer` answers the question, from the sentence that it was made from.

    What somebody said may be quoted from any sentence that names them. A short answer is among the
    words that the question leaves out; a date may be written another way. A summary of an article
    quotes no other.
    """
    if found.kind == "sum":
        return {c.article_id for c in answer.citations} == {found.article_id}
    named = any(name_stands_in(found.about, c.quote) for c in answer.citations)
    if not _quotes(answer.citations, found) and not (found.kind == "said" and named):
        return False
    short = answer.short
    return not short or found.kind in ("when", "said") or short.casefold() in found.value.casefold()


def suggested(
    turn: Turn, articles: Sequence[Article], ask: Callable[[str], Answer | None]
) -> Iterator[str]:
    """Up to three questions that `ask` answers; it ends where `ask` has no answer to give."""
    offered = 0
    for found in candidates(turn, articles):
        answer = ask(found.question)
        if answer is None:
            return
        if answered(found, answer):
            yield found.question
            offered += 1
        if offered == OFFERED:
            return


def _quotes(citations: Sequence[Citation], found: Candidate) -> bool:
    """Whether the words that the question was made from are among those cited."""
    return any(
        citation.article_id == found.article_id
        and citation.start < found.end
        and found.start < citation.end
        for citation in citations
    )


def _folded(question: str) -> str:
    return question.casefold().strip(" ?")
