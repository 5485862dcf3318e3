"""Turns questions, sentences and passages into token arrays: the input format, in one place.

`[CLS] question [SEP] (header [SEP]) passage [SEP]`; the header, title and date, belongs to the
first segment, so spans never fall into it. A sentence to be checked is led by `[unused1]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

CLS, SEP, SENTENCE = 101, 102, 2
WINDOW, QUESTION, HEADER = 320, 64, 24  # most tokens of a whole input, a question, a header
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


@dataclass
class Tokens:
    """One encoded example; `offsets` maps passage tokens to characters of the passage."""

    ids: list[int]
    passage_at: int
    offsets: list[tuple[int, int]]
    starts: list[tuple[int, float]] = field(default_factory=list)
    ends: list[tuple[int, float]] = field(default_factory=list)


def encode(tokenizer: Tokenizer, examples: Sequence[Example], window: int = WINDOW) -> list[Tokens]:
    """Examples to tokens, each cut to the window around its first gold span."""
    questions = tokenizer.encode_batch([one.question for one in examples], add_special_tokens=False)
    headers = tokenizer.encode_batch([one.header for one in examples], add_special_tokens=False)
    passages = tokenizer.encode_batch([one.passage for one in examples], add_special_tokens=False)
    return [
        _join(example, question.ids, header.ids, passage, window)
        for example, question, header, passage in zip(
            examples, questions, headers, passages, strict=True
        )
    ]


def lead(question: list[int], header: list[int], *, sentence: bool) -> list[int]:
    """The ids before the passage."""
    ids = [CLS, *([SENTENCE] if sentence else []), *question[:QUESTION], SEP]
    return ids + ([*header[:HEADER], SEP] if header else [])


def _join(
    example: Example, question: list[int], header: list[int], passage: Encoding, window: int
) -> Tokens:
    ids = lead(question, header, sentence=example.support != IGNORE)
    room = window - len(ids) - 1
    spans = [
        (*_token_span(passage.offsets, start, end), weight)
        for start, end, weight in example.spans or ()
    ]
    first = 0
    if len(passage.ids) > room and spans:
        middle = (spans[0][0] + spans[0][1]) // 2
        first = min(max(0, middle - room // 2), len(passage.ids) - room)
    kept = slice(first, first + room)
    tokens = Tokens([*ids, *passage.ids[kept], SEP], len(ids), passage.offsets[kept])
    if example.spans is not None:
        shift, count = len(ids) - first, len(tokens.offsets)
        inside = [(s, e, w) for s, e, w in spans if first <= s and e < first + count]
        total = sum(weight for _, _, weight in inside)
        tokens.starts = [(s + shift, w / total) for s, _, w in inside] or [(0, 1.0)]
        tokens.ends = [(e + shift, w / total) for _, e, w in inside] or [(0, 1.0)]
    return tokens


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


def collate(examples: Sequence[Example], tokens: Sequence[Tokens], groups: Sequence[int]) -> Batch:
    """Pads to the longest example, in steps of 8 tokens."""
    length = -(-max(len(one.ids) for one in tokens) // 8) * 8
    shape = (len(tokens), length)
    ids, mask, segments = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    starts, ends = torch.zeros(shape), torch.zeros(shape)
    for row, one in enumerate(tokens):
        count = len(one.ids)
        ids[row, :count] = torch.tensor(one.ids)
        mask[row, :count] = 1
        segments[row, one.passage_at : count - 1] = 1
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
