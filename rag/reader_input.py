"""The reader's input format, in one place for training and serving.

`[CLS] question [SEP] (header [SEP]) passage [SEP]` as word pieces. The header is the article's
title and date. A sentence to be checked takes the question's place and is led by `[unused1]`.

A token's segment says which side it is on and, beside a sentence to be checked, whether its word
stands on the other side too: the exact-match feature of Chen et al. 2017 (DrQA), which a small
encoder does not find by itself. A question is read without it: there it would be a short cut to the
passage that only sounds like an answer (docs/decisions/004).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Ints = NDArray[np.int64]

CLS, SEP, SENTENCE = 101, 102, 2
WINDOW, QUESTION, HEADER = 320, 64, 24
"""Most tokens of a whole input, of a question, of a header."""
PASSAGE, SHARED = 1, 2
"""A segment is their sum: 1 inside the passage, 2 where a sentence's word stands on both sides."""
_POWERS = 1_000_003 ** np.arange(4, dtype=np.int64)


@dataclass(frozen=True)
class Pieces:
    """A text as word pieces."""

    ids: Ints
    words: Ints
    """For each piece a number that stands for the whole word it belongs to."""
    offsets: list[tuple[int, int]]
    """For each piece its characters in the text."""


@dataclass(frozen=True)
class Input:
    """One input of the reader; `offsets` belong to the tokens from `passage_at` on."""

    ids: list[int]
    segments: list[int]
    passage_at: int
    offsets: list[tuple[int, int]]


def pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Each text as word pieces, without special tokens."""
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [Pieces(np.array(e.ids, np.int64), _words(e), e.offsets) for e in encoded]


def join(
    lead: Pieces, header: Pieces, passage: Pieces, *, first: int, window: int, sentence: bool
) -> Input:
    """The input that holds the passage from its piece `first` on, cut at `window` tokens."""
    asked, head = lead.ids[:QUESTION], header.ids[:HEADER]
    shared = SHARED * sentence
    other_side = np.concatenate([header.words[:HEADER], passage.words])
    ids = [CLS, *([SENTENCE] if sentence else []), *asked, SEP]
    segments = [0] * (len(ids) - len(asked) - 1)
    segments += [*(shared * np.isin(lead.words[:QUESTION], other_side)), 0]
    if len(head):
        ids += [*head, SEP]
        segments += [*(shared * np.isin(header.words[:HEADER], lead.words)), 0]
    at, room = len(ids), window - len(ids) - 1
    kept = slice(first, first + room)
    ids += [*passage.ids[kept], SEP]
    segments += [*(PASSAGE + shared * np.isin(passage.words[kept], lead.words)), 0]
    return Input(ids, segments, at, passage.offsets[kept])


def room(lead: Pieces, header: Pieces, window: int, *, sentence: bool) -> int:
    """How many pieces of a passage fit beside `lead` and `header`."""
    head = min(len(header.ids), HEADER)
    return window - min(len(lead.ids), QUESTION) - (head + 1 if head else 0) - 3 - sentence


def _words(encoding: Encoding) -> Ints:
    ids = np.array(encoding.ids, np.int64)
    if not len(ids):
        return ids
    word_ids = np.array(encoding.word_ids, np.int64)
    starts = np.flatnonzero(np.diff(word_ids, prepend=-1))
    lengths = np.diff(np.append(starts, len(ids)))
    place = np.arange(len(ids)) - np.repeat(starts, lengths)
    # Wraps around on overflow, which is as good a fingerprint.
    sums = np.add.reduceat(ids * _POWERS[place % len(_POWERS)], starts)
    return np.repeat(sums, lengths)
