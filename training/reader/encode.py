"""Examples to batches of tensors; the input format itself is `rag.reader_input`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer
from torch import Tensor

from rag.reader_input import WINDOW, Input, Pieces, join, pieces, room

IGNORE = -1


@dataclass(frozen=True)
class Example:
    """One thing to read and what should come out; offsets are characters of the passage."""

    question: str
    passage: str
    header: str = ""
    spans: tuple[tuple[int, int, float], ...] | None = None  # () for no answer, None: no loss
    relevance: int = IGNORE  # 1, 0 or IGNORE
    support: int = IGNORE  # index into SUPPORT_CLASSES, or IGNORE
    weight: float = 1.0
    window: int = WINDOW  # most tokens of the input
    shift: float = 0.5  # where a cut window begins, 0 to 1, among those that hold the first span


@dataclass
class Targets:
    """An input, and where its span starts and ends, as weighted token places."""

    input: Input
    starts: list[tuple[int, float]] = field(default_factory=list)
    ends: list[tuple[int, float]] = field(default_factory=list)


def encode(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[Targets]:
    """Examples to tokens, each cut to a window that holds its first gold span."""
    questions = pieces(tokenizer, [one.question for one in examples])
    headers = pieces(tokenizer, [one.header for one in examples])
    passages = pieces(tokenizer, [one.passage for one in examples])
    return [_join(*parts) for parts in zip(examples, questions, headers, passages, strict=True)]


def _join(example: Example, question: Pieces, header: Pieces, passage: Pieces) -> Targets:
    sentence = example.support != IGNORE
    spans = [
        (*_token_span(passage.offsets, start, end), weight)
        for start, end, weight in example.spans or ()
    ]
    free = len(passage.ids) - room(question, header, example.window, sentence=sentence)
    first = 0
    if free > 0 and not sentence:
        start, end = spans[0][:2] if spans else (len(passage.ids), 0)
        earliest = max(0, end + 1 - (len(passage.ids) - free))
        latest = max(earliest, min(free, start))
        first = earliest + round(example.shift * (latest - earliest))
    made = Targets(
        join(question, header, passage, first=first, window=example.window, sentence=sentence)
    )
    if example.spans is not None:
        shift, count = made.input.passage_at - first, len(made.input.offsets)
        inside = [(s, e, w) for s, e, w in spans if first <= s and e < first + count]
        total = sum(weight for _, _, weight in inside)
        made.starts = [(s + shift, w / total) for s, _, w in inside] or [(0, 1.0)]
        made.ends = [(e + shift, w / total) for _, e, w in inside] or [(0, 1.0)]
    return made


def _token_span(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """First and last token that touch the characters start to end."""
    touching = [at for at, (first, last) in enumerate(offsets) if first < end and last > start]
    return (touching[0], touching[-1]) if touching else (0, 0)


@dataclass(frozen=True)
class Batch:
    """Padded tensors of B examples and T tokens, with their targets."""

    ids: Tensor
    mask: Tensor
    segments: Tensor
    starts: Tensor  # (B, T) a distribution over places, all zero without a span loss
    ends: Tensor
    relevance: Tensor  # (B,) 1, 0 or IGNORE
    support: Tensor  # (B,) class or IGNORE
    groups: Tensor  # (B,) same number: same question
    weights: Tensor  # (B,)


def collate(examples: Sequence[Example], made: Sequence[Targets], groups: Sequence[int]) -> Batch:
    """Pads to the longest example, in steps of 8 tokens."""
    length = -(-max(len(one.input.ids) for one in made) // 8) * 8
    shape = (len(made), length)
    ids, mask, segments = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    starts, ends = torch.zeros(shape), torch.zeros(shape)
    for row, one in enumerate(made):
        count = len(one.input.ids)
        ids[row, :count] = torch.tensor(one.input.ids)
        mask[row, :count] = 1
        segments[row, :count] = torch.tensor(one.input.segments)
        for table, places in ((starts, one.starts), (ends, one.ends)):
            for place, weight in places:
                table[row, place] += weight
    return Batch(
        ids,
        mask,
        segments,
        starts,
        ends,
        torch.tensor([one.relevance for one in examples]),
        torch.tensor([one.support for one in examples]),
        torch.tensor(list(groups)),
        torch.tensor([one.weight for one in examples]),
    )
