"""What tells whether the articles answer a question at all, from the evidence that was found.

A question that nothing answers is often near to something that is told: another year, another
name. So beside how sure the reader is, it counts the names and numbers of the question that are not
told where the best sentence stands, and whether other passages give the same answer. Shares of the
question's words told there, its rarest word missing, and a negation on one side only added nothing
(docs/benchmarks.md).
"""

from collections.abc import Sequence

from ingest.lexical import query_words, stems
from rag.names import find_names, name_stands_in
from rag.numbers import find_numbers, same_amount
from rag.question import Question
from rag.reading import NO_SPAN
from rag.types import Evidence, Hit

LOWEST = -20.0
"""No span logit counts less: where no token of a sentence can be an answer it is far lower."""
AGREEING = 2
"""More passages with the same answer say no more."""


def relevance_of(hit: Hit) -> float:
    """The reader's logit; LOWEST where it read nothing."""
    return hit.reading.relevance if hit.reading else LOWEST


def span_of(item: Evidence) -> float:
    """The logit of the best answer in the sentence, at least LOWEST."""
    return max(LOWEST, item.answer.score if item.answer else NO_SPAN)


def signs(question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the model of confidence sees; `evidence`, best first, is not empty."""
    best = evidence[0]
    around = f"{best.hit.article.title}\n{best.hit.passage.text}"
    return {
        "span": max(map(span_of, evidence)),
        "relevance": max(relevance_of(item.hit) for item in evidence),
        "agreeing": _agreeing(best, evidence) / AGREEING,
        "names_untold": _names_untold(question.text, around),
        "numbers_untold": _numbers_untold(question.text, around),
    }


def _agreeing(best: Evidence, evidence: Sequence[Evidence]) -> int:
    """Other passages whose sentence has the same answer, which the reader takes for one."""
    answer = _answer_words(best)
    if not answer:
        return 0
    passages = {
        item.hit.passage.id
        for item in evidence[1:]
        if item.hit.passage.id != best.hit.passage.id
        and item.text != best.text
        and span_of(item) > 0
        and _answer_words(item) == answer
    }
    return min(AGREEING, len(passages))


def _answer_words(item: Evidence) -> tuple[str, ...]:
    if item.answer is None:
        return ()
    said = item.hit.article.text[item.answer.start : item.answer.end]
    return tuple(stem for word in query_words(said) for stem in stems(word))


def _names_untold(question: str, text: str) -> float:
    names = [name.text for name in find_names(question)]
    return sum(not name_stands_in(name, text) for name in names) / len(names) if names else 0.0


def _numbers_untold(question: str, text: str) -> float:
    asked, told = find_numbers(question), find_numbers(text)
    untold = sum(not any(same_amount(one, other) for other in told) for one in asked)
    return untold / len(asked) if asked else 0.0
