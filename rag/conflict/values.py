"""The values that articles give to a question, grouped, and the conflict that they are."""

from collections.abc import Sequence

from rag.conflict.agreeing import has_both, with_agreeing
from rag.conflict.corrections import corrections_first, corrects
from rag.conflict.measure import Measure, measure_of
from rag.conflict.say import with_a_say
from rag.conflict.told import Told, joined_by
from rag.copies import statement
from rag.numbers import find_numbers
from rag.question import Question
from rag.statements import Conflict, Disputed, Position
from rag.types import Evidence


def values_told(question: Question, evidence: Sequence[Evidence]) -> tuple[Told, ...]:
    """The values that the articles give, with all who give them; the best evidence's first.

    `evidence` is in order of probability. A newer article of the same outlet goes ahead of the one
    that it corrects. () where what is asked for has no values that can be compared.
    """
    measure = measure_of(question, evidence)
    if measure is None:
        return ()
    groups: list[Told] = []
    for item in with_a_say(question, evidence, measure):
        value = measure.value(question, item)
        same = next((g for g in groups if _gives(value, g, question, measure)), None)
        if same is not None:
            groups[groups.index(same)] = joined_by(same, item)
        elif not (groups and has_both(item, groups[0])):
            groups.append(Told(value, (item,)))
    if groups and measure.disputed is Disputed.NUMBER:
        others = [item for group in groups[1:] for item in group.evidence]
        rest = [item for item in evidence if item not in others]
        groups[0] = with_agreeing(question, groups[0], rest)
    return corrections_first(_one_value_each(groups))


def _one_value_each(groups: Sequence[Told]) -> tuple[Told, ...]:
    """The groups without those of articles that give a better value already.

    Nor those of another unit: £3 million is at odds with £4 million, but not with 40 people.
    """
    kept: list[Told] = []
    heard: set[str] = set()
    for told in groups:
        articles = {item.hit.article.id for item in told.evidence}
        if not articles & heard and (not kept or _of_one_unit(told.value, kept[0].value)):
            kept.append(told)
        heard |= articles
    return tuple(kept)


def _of_one_unit(value: str, other: str) -> bool:
    units, others = (
        {number.unit for number in find_numbers(words, durations=True)} for words in (value, other)
    )
    return units == others or bool(units & others)


def told_apart(question: Question, evidence: Sequence[Evidence]) -> tuple[Told, ...]:
    """`values_told` where they differ; () where the articles agree."""
    values = values_told(question, evidence)
    return values if len(values) > 1 else ()


def disputed_in(question: Question, values: Sequence[Told]) -> Conflict | None:
    """The conflict that `values` are, each with its sources; None where there is one value."""
    measure = measure_of(question, values[0].evidence) if values else None
    if measure is None or len(values) < 2:
        return None
    positions = tuple(
        Position(
            told.value,
            (
                *(statement(item) for item in told.evidence),
                *(statement(item, copy=True) for item in told.copies),
            ),
            corrected=any(corrects(newer, told) for newer in values[:at]),
        )
        for at, told in enumerate(values)
    )
    return Conflict(measure.disputed, positions)


def _gives(value: str, told: Told, question: Question, measure: Measure) -> bool:
    return measure.agree(value, measure.value(question, told.evidence[0]))
