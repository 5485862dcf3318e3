"""Who has a say: the sentences that tell of what was asked, and not of another flood."""

from collections.abc import Sequence

from ingest.lexical import query_words, stems
from rag.conflict.corrections import corrects_that, takes_back
from rag.conflict.measure import NEARLY_AS_GOOD, Measure
from rag.copies import is_copy
from rag.numbers import find_numbers
from rag.question import Question
from rag.statements import Disputed
from rag.types import Evidence
from rag.verbs import verb_stems

AS_MUCH_TOLD = 0.75
"""... and tells at least this share of what the best one tells of the question."""
IN_OTHER_WORDS = 0.1
"""A report of the same days that counts the same has a say from this share of the best merit."""
SURE = 2.0
"""... or from this logit of its answer: as a passage that needs no other read (`rag.rank`)."""
SAME_STORY = 14
"""Days between two reports of one event."""


def with_a_say(
    question: Question, evidence: Sequence[Evidence], measure: Measure
) -> list[Evidence]:
    """The sentences of `evidence`, best first, whose values of the form `measure` count."""
    valued = [item for item in evidence if measure.value(question, item)]
    if not valued:
        return []
    best = valued[0]
    if best.merit < measure.floor * evidence[0].merit:
        return []
    floor = measure.floor * best.merit
    wanted = AS_MUCH_TOLD * _told(question, best)
    return [
        item
        for item in valued
        if (
            (item.merit >= floor or corrects_that(item, best))
            and (
                _tells_the_same(question, item, best)
                if measure.strict
                else _told(question, item) >= wanted
            )
        )
        or (
            measure.disputed is Disputed.NUMBER
            and (_of_the_same_story(question, item, best) or takes_back(item, best))
        )
    ]


def _of_the_same_story(question: Question, item: Evidence, best: Evidence) -> bool:
    """Whether another report of the same days counts the same, in words of its own.

    "1,600 were taken to safety" is no near copy of "1,240 were evacuated", but it answers the same
    question: its names are told, the reader finds a number, and it is sure of that or the number
    counts the same noun or unit.
    """
    ours, theirs = item.hit.article.published, best.hit.article.published
    if ours is None or theirs is None or abs((ours - theirs).days) > SAME_STORY:
        return False
    if item.hit.article.source == best.hit.article.source or is_copy(item, best):
        return False
    if item.merit < IN_OTHER_WORDS * best.merit:
        return False
    score = item.answer.score if item.answer is not None else 0.0
    sure = score >= SURE or item.merit >= NEARLY_AS_GOOD * best.merit
    return names_told(question, item) and (sure or _counts_the_same(item, best))


def _counts_the_same(item: Evidence, best: Evidence) -> bool:
    ours, theirs = _counted(item), _counted(best)
    return ours is not None and ours == theirs


def _counted(item: Evidence) -> str | None:
    """The unit of the number that the reader finds, or the stem of the noun that it counts."""
    if item.answer is None:
        return None
    start, end = item.answer.start - item.start, item.answer.end - item.start
    read = [n for n in find_numbers(item.text) if n.start < end and start < n.end]
    if len(read) != 1:
        return None
    if read[0].unit:
        return read[0].unit
    following = query_words(item.text[read[0].end :][:40])
    return next(iter(stems(following[0])), None) if following else None


def _told(question: Question, item: Evidence) -> int:
    """How many of the question's words the sentence or its title has."""
    return len(question.stems.intersection(stems(f"{item.hit.article.title} {item.text}")))


def _tells_the_same(question: Question, item: Evidence, best: Evidence) -> bool:
    """Whether the sentence has what the best one has of the question, and its passage the rest."""
    asked = {base for stem in question.stems for base in verb_stems(stem)}
    core = asked.intersection(verb_stems(best.text))
    besides = asked.intersection(verb_stems(around(best)))
    return core <= set(verb_stems(item.text)) and besides <= set(verb_stems(around(item)))


def names_told(question: Question, item: Evidence) -> bool:
    """Whether all capitalised words of the question stand in or around the sentence."""
    names = {s for word in question.text.split()[1:] if word[:1].isupper() for s in stems(word)}
    return names <= set(stems(around(item)))


def around(item: Evidence) -> str:
    """The sentence with its passage and the title of its article."""
    return f"{item.hit.article.title}\n{item.hit.passage.text}\n{item.text}"
