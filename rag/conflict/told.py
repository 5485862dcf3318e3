"""A value and those who tell it."""

from dataclasses import dataclass, replace

from rag.copies import is_copy
from rag.types import Evidence


@dataclass(frozen=True, slots=True)
class Told:
    """A value, and the sentences of different sources that give it, the best first."""

    value: str
    evidence: tuple[Evidence, ...]
    copies: tuple[Evidence, ...] = ()
    """Sentences that repeat one of these: they have no vote."""


def joined_by(told: Told, item: Evidence) -> Told:
    """`told` with `item` as a further source or, where it repeats one, as a copy."""
    if any(item.hit.article.id == other.hit.article.id for other in (*told.evidence, *told.copies)):
        return told
    if any(is_copy(item, other) for other in told.evidence):
        return replace(told, copies=(*told.copies, item))
    return replace(told, evidence=(*told.evidence, item))
