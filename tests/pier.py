"""One article about a pier, its library, and answers about it: for the tests of `eval`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from eval.gold import Case, Kind
from eval.scores import MEANS
from ingest.types import Article, Passage
from rag.condense import History
from rag.scope import Scope
from rag.types import Answer, Citation, Hit, Sentence, Verdict

TEXT = "Odile Brand built the pier in 1998. It leaks. Nobody was hurt on 5 May 2021."
BUILT, LEAKS, HURT = TEXT[:35], TEXT[36:45], TEXT[46:]
PIER = Article(id="a1", text=TEXT, title="Pier", source="Post", published=date(2021, 5, 7))

WHO = Case("who", "Who built the pier?", Kind.FACT, ("Odile Brand",), "pier.md", (BUILT,))
WHEN = Case("when", "When was nobody hurt?", Kind.DATE, ("5 May 2021",), "pier.md", (HURT,))
PAID = Case("paid", "Who paid?", Kind.UNANSWERABLE)
INJURED = Case("injured", "Who was hurt?", Kind.FALSE_PREMISE, (), "pier.md", (HURT,))


def passage(quote: str, name: str = "", article_id: str = "a1") -> Passage:
    """The words `quote` of the article as a passage."""
    start = TEXT.find(quote)
    return Passage(name or f"p{start}", article_id, 0, quote, start, start + len(quote))


class Shelf:
    """A library of the one article, cut into its three sentences."""

    def __init__(self, fingerprint: str = "f1") -> None:
        self._fingerprint = fingerprint

    def find(self, reference: str) -> Article | None:
        return PIER if reference == "pier.md" else None

    def article(self, article_id: str) -> Article | None:
        return PIER if article_id == PIER.id else None

    def passages(self, article_id: str) -> list[Passage]:
        return [passage(quote) for quote in (BUILT, LEAKS, HURT)]

    def count(self) -> int:
        return 1

    def outlets(self) -> list[str]:
        return ["Post"]

    def collections(self) -> list[str]:
        return ["Harbour", "Sport"]

    def collections_of(self, article_id: str) -> list[str]:
        return ["Harbour"]

    def fingerprint(self) -> str:
        return self._fingerprint


def cite(quote: str, number: int = 1, support: float = 1.0, article_id: str = "a1") -> Citation:
    """A citation of the first place where the article says `quote`."""
    start = TEXT.find(quote)
    return Citation(number, article_id, start, start + len(quote), quote, support)


def answer_of(*pairs: tuple[str, Sequence[Citation]], **fields: Any) -> Answer:
    """An answer of sentences, each with its citations."""
    sentences = [
        Sentence(text, tuple(c.number for c in cited), Verdict.SUPPORTED) for text, cited in pairs
    ]
    citations = {c.number: c for _, cited in pairs for c in cited}
    return Answer("q", tuple(sentences), tuple(citations.values()), **fields)


def quoting(quote: str, short: str = "") -> Answer:
    """An answer that is one sentence of the article."""
    return answer_of((quote, [cite(quote, support=0.8)]), short=short, confidence=0.8)


QUIET = Answer("q", abstained=True, reason="The articles do not say.", confidence=0.1)
REPLIES: dict[str, Any] = {
    WHO.question: quoting(BUILT, "Odile Brand"),
    WHEN.question: quoting(HURT, "7 May 2021"),
    PAID.question: quoting(LEAKS),
    INJURED.question: quoting(HURT),
}


def hit(quote: str, name: str = "", article_id: str = "a1") -> Hit:
    """The words `quote` as a passage that was found."""
    return Hit(passage(quote, name, article_id), PIER, 1.0)


class Desk:
    """Answers from a table; an exception in the table is raised, of a list the next is taken."""

    def __init__(self, replies: dict[str, Any] = REPLIES) -> None:
        self._replies = replies
        self.asked: list[str] = []
        self.days: list[date | None] = []
        self.scopes: list[Scope | None] = []

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: History = (),
        scope: Scope | None = None,
    ) -> Answer:
        self.scopes.append(scope)
        self.asked.append(question)
        self.days.append(as_of)
        self.history = list(history)
        reply = self._replies.get(question, QUIET)
        if isinstance(reply, list):
            reply = reply.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        assert isinstance(reply, Answer)
        return replace(reply, scope=scope) if scope else reply

    def search(
        self, question: str, k: int = 10, *, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        self.days.append(as_of)
        self.scopes.append(scope)
        return [hit(quote) for quote in (LEAKS, BUILT, HURT)][:k]


def anything_goes(
    sentence: str, span: str, *, context: str = "", published: date | None = None
) -> list[str]:
    """A check that finds no fault."""
    return []


def words_missing(
    sentence: str, span: str, *, context: str = "", published: date | None = None
) -> list[str]:
    """A check as strict as can be: every word of the sentence stands in the span."""
    return [word for word in sentence.split() if word not in span]


NOTHING: dict[str, float | None] = dict.fromkeys(MEANS)
