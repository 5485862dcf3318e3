"""A sentence with its numbers and dates in the form in which the words it cites have them.

The exact check knows that "two thousand" is "2,000"; a model of meaning takes another form for
another fact. So it is shown one form on both sides.
"""

from collections.abc import Iterator

from rag.dates import find_dates
from rag.numbers import find_numbers, same_measure

Place = tuple[int, int, str]
"""Characters of the sentence, and what the span has in their place."""


def in_form_of(sentence: str, span: str) -> str:
    """`sentence` with each number and date that stands in `span`, too, written as it is there."""
    rewritten = sentence
    for start, end, form in sorted([*_numbers(sentence, span), *_dates(sentence, span)])[::-1]:
        rewritten = rewritten[:start] + form + rewritten[end:]
    return rewritten


def _numbers(sentence: str, span: str) -> Iterator[Place]:
    claimed = find_numbers(sentence)
    found = find_numbers(span, durations=True) if claimed else []
    for number in claimed:
        same = [other.text for other in found if same_measure(number, other)]
        if same and number.text not in same:
            yield number.start, number.end, same[0]


def _dates(sentence: str, span: str) -> Iterator[Place]:
    claimed = [one for one in find_dates(sentence) if one.value is not None]
    found = find_dates(span) if claimed else []
    for mention in claimed:
        same = [other.text for other in found if other.value == mention.value]
        if same and mention.text not in same:
            yield mention.start, mention.end, same[0]
