"""Sentences that fit a passage: those that are too long are cut, between words where that can be.

Every text is counted once, so that 400,000 characters without a space cost a second and not ten.
"""

import re
from collections.abc import Callable, Iterator, Sequence

CountTokens = Callable[[Sequence[str]], list[int]]
"""Texts to their lengths in the embedding model's tokens, special tokens not counted."""

Span = tuple[int, int]
LONGEST_TOKEN = 16
"""Characters that one token stands for at most: a model that knows none of the letters calls a word
of any length unknown, which is a single token."""
_WORD = re.compile(r"\S+")


def fitting(
    text: str, spans: Sequence[Span], room: int, count_tokens: CountTokens
) -> list[tuple[Span, int]]:
    """The sentences at `spans`, each with its tokens; those of more than `room` tokens in parts."""
    countable = [span for span in spans if _fewest(span) <= room]
    sizes = dict(_sized(text, countable, count_tokens))
    found: list[tuple[Span, int]] = []
    for span in spans:
        size = sizes.get(span)
        if size is not None and size <= room:
            found.append((span, size))
        else:
            found.extend(_parts(text, span, room, count_tokens))
    return found


def _parts(
    text: str, span: Span, room: int, count_tokens: CountTokens
) -> Iterator[tuple[Span, int]]:
    """One over-long sentence as parts of about the same size."""
    words = _sized(text, list(_words(text, span, room)), count_tokens)
    grouped = list(_joined(words, room))
    for part, size in _sized(text, grouped, count_tokens):
        if size <= room or part[1] - part[0] < 2:
            yield part, size
        else:  # joined, its words have more tokens than each by itself
            middle = sum(part) // 2
            halves = (part[0], middle), (middle, part[1])
            for half in halves:
                yield from _parts(text, half, room, count_tokens)


def _words(text: str, span: Span, room: int) -> Iterator[Span]:
    """The words inside `span`; of a long one, slices that can hardly have more than `room`."""
    for word in _WORD.finditer(text, *span):
        start, end = word.span()
        for at in range(start, end, room):
            yield at, min(at + room, end)


def _joined(words: Sequence[tuple[Span, int]], room: int) -> Iterator[Span]:
    """Runs of words of at most `room` tokens, as even as the words allow."""
    if not words:
        return
    total = sum(size for _, size in words)
    goal = total / -(-total // room)
    (start, end), running = words[0]
    for (first, last), size in words[1:]:
        if running >= goal or running + size > room:
            yield start, end
            start, running = first, 0
        end, running = last, running + size
    yield start, end


def _sized(text: str, spans: Sequence[Span], count_tokens: CountTokens) -> list[tuple[Span, int]]:
    counts = count_tokens([text[start:end] for start, end in spans])
    return [(span, max(count, _fewest(span))) for span, count in zip(spans, counts, strict=True)]


def _fewest(span: Span) -> int:
    """Tokens that a span counts for at least."""
    return -(-(span[1] - span[0]) // LONGEST_TOKEN)
