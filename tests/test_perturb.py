from datetime import date

from eval.perturb import Hiding, Outcome, Perturbed, outcome_of, perturb, summary
from rag.condense import History
from rag.scope import Scope
from rag.types import Answer, Citation, Hit, Sentence, Verdict
from tests.fakes import evidence

FERRY = evidence("The ferry sank in March.", identity="a1").hit
WRECK = evidence("The wreck was sold in May.", identity="a2").hit


class Finds:
    """Finds the same hits for every question."""

    def __init__(self, *hits: Hit) -> None:
        self._hits = hits

    def retrieve(
        self, question: str, k: int, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        return list(self._hits[:k])


def answer(text: str, article_id: str, quote: str = "") -> Answer:
    citation = Citation(1, article_id, 0, len(text), quote or text, 1.0)
    return Answer("q", (Sentence(text, (1,), Verdict.QUOTED),), (citation,))


class QuotesTheFirst:
    """Answers with the first passage that its retriever finds."""

    def __init__(self, retriever: Hiding, says: str = "") -> None:
        self._retriever = retriever
        self._says = says

    def ask(self, question: str, *, as_of: date | None = None, history: History = ()) -> Answer:
        hits = self._retriever.retrieve(question, 1)
        if not hits:
            return Answer(question, abstained=True)
        text = hits[0].passage.text
        return answer(self._says or text, hits[0].article.id, text)

    def search(self, question: str, k: int = 10, *, as_of: date | None = None) -> list[Hit]:
        return self._retriever.retrieve(question, k)


def outcomes(*hits: Hit, says: str = "") -> list[Outcome]:
    hiding = Hiding(Finds(*hits))
    return [done.outcome for done in perturb(["q"], QuotesTheFirst(hiding, says), hiding)]


def test_an_answer_minds_that_its_passage_is_gone() -> None:
    assert outcomes(FERRY, WRECK) == [Outcome.CHANGED]
    assert outcomes(FERRY) == [Outcome.ABSTAINED]
    assert outcomes() == []  # not answered at all


def test_words_that_stay_without_their_citation_are_a_failure() -> None:
    assert outcomes(FERRY, WRECK, says="It sank.") == [Outcome.UNMOVED]
    assert outcome_of(answer("It sank.", "a1"), answer("It sank.", "a1")) is Outcome.UNMOVED


def test_a_copy_elsewhere_may_carry_the_same_words() -> None:
    assert outcome_of(answer("It sank.", "a1"), answer("It sank.", "a3")) is Outcome.COPIED


def test_the_share_that_minds_is_of_the_answered() -> None:
    told = answer("It sank.", "a1")
    done = [
        Perturbed("q", outcome, told, told)
        for outcome in (Outcome.CHANGED, Outcome.ABSTAINED, Outcome.COPIED, Outcome.UNMOVED)
    ]
    figures = summary(done)
    assert figures["answered"] == 4
    assert figures["minds"] == 0.75
    assert summary([])["minds"] is None
