"""Corrections: a newer article of an outlet gives another value than its older one."""

from ingest.lexical import stems
from rag.conflict.measure import read_answer
from rag.conflict.told import Told
from rag.copies import cluster_of
from rag.numbers import Number, find_numbers, same_measure
from rag.types import Evidence

CORRECTING = frozenset(stems("correction corrected clarification corrects wrongly wrong"))


def corrections_first(values: tuple[Told, ...]) -> tuple[Told, ...]:
    """The leading value gives way to one that a newer article of the same outlet gives."""
    for told in values[1:]:
        if _is_newer(told, values[0]):
            lead = _newest_first(told, values[0])
            return (lead, *(other for other in values if other is not told))
    return values


def _newest_first(told: Told, old: Told) -> Told:
    """`told` with the sentence in front that replaces one of `old`."""
    said = (*told.evidence, *told.copies)
    newer = [item for item in said if replaces(item, old)]
    rest = [item for item in told.evidence if item not in newer]
    copies = tuple(item for item in told.copies if item not in newer)
    return Told(told.value, (*newer, *rest), copies)


def _is_newer(told: Told, old: Told) -> bool:
    return any(replaces(item, old) for item in (*told.evidence, *told.copies))


def replaces(item: Evidence, old: Told) -> bool:
    """Whether it is of the same outlet as a sentence of `old`, and newer."""
    ours = item.hit.article
    return any(
        bool(ours.source)
        and ours.source == theirs.source
        and cluster_of(ours) != cluster_of(theirs)
        and ours.published is not None
        and theirs.published is not None
        and ours.published > theirs.published
        for theirs in (other.hit.article for other in old.evidence)
    )


def corrects(told: Told, old: Told) -> bool:
    """Whether a newer article of the same outlet says that it corrects the older one."""
    return any(replaces(item, old) and _calls_itself_one(item) for item in told.evidence)


def _calls_itself_one(item: Evidence) -> bool:
    return not CORRECTING.isdisjoint(stems(f"{item.hit.article.title} {item.text}"))


def corrects_that(item: Evidence, best: Evidence) -> bool:
    """Whether it is of a correction that the outlet of `best` printed later."""
    return replaces(item, Told("", (best,))) and _calls_itself_one(item)


def takes_back(item: Evidence, best: Evidence) -> bool:
    """Whether it corrects the best sentence and names the figure that it takes back."""
    if not corrects_that(item, best):
        return False
    old = find_numbers(read_answer(best), durations=True)
    return any(same_measure(n, m) or n.value == m.value for n in old for m in other_numbers(item))


def other_numbers(item: Evidence) -> list[Number]:
    """The numbers of a sentence beside those of the reader's answer."""
    read = [number.text for number in find_numbers(read_answer(item), durations=True)]
    return [n for n in find_numbers(item.text, durations=True) if n.text not in read]
