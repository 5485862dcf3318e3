"""The reader network: a six-layer BERT encoder with span, relevance and support heads.

Weights start from all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Reimers and Gurevych 2019).
Written out instead of taken from transformers so that one file shows the whole graph that
OpenVINO later converts, with fused query-key-value products for the CPU.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from rag.reader_input import PASSAGE

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
EPSILON = 1e-12
SCALE = (HIDDEN // HEADS) ** -0.5
SUPPORT_CLASSES = ("supported", "contradicted", "neither")


class Reading(NamedTuple):
    """Raw logits of one batch; B examples, T tokens."""

    start: Tensor  # (B, T) position 0, [CLS], stands for "no answer"
    end: Tensor  # (B, T)
    relevance: Tensor  # (B,)
    support: Tensor  # (B, 3) in the order of SUPPORT_CLASSES


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one drawn table; fresh draws cost 12% of a CPU step."""

    def __init__(self, share: float, size: int = 2**23) -> None:
        super().__init__()
        self.share, self.size = share, size
        self.table: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """x of any shape; the same shape comes out."""
        if not self.training or self.share == 0:
            return x
        if self.table is None or x.numel() >= self.size:
            self.size = max(self.size, 2 * x.numel())
            keep = torch.rand(self.size) >= self.share
            self.table = keep.to(torch.bfloat16) / (1 - self.share)
        first = int(torch.randint(self.size - x.numel(), ()))
        return x * self.table[first : first + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer (Devlin et al. 2019)."""

    def __init__(self, drop: PooledDropout) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.widen = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.drop = drop

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x (B, T, H); bias (B, 1, 1, T), added to attention scores, is very low at padding."""
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: the fused CPU kernel's backward pass in bf16 took 29% of a step (30 examples
        # a second this way, 19 with it). No dropout on attention weights, for the same reason.
        scores = torch.matmul(qkv[0] * SCALE, qkv[1].transpose(-1, -2))
        weights = torch.softmax(scores + bias.to(scores.dtype), dim=-1, dtype=scores.dtype)
        attended = torch.matmul(weights, qkv[2]).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attention_norm(x + self.drop(self.out(attended)))
        out: Tensor = self.norm(x + self.drop(self.narrow(F.gelu(self.widen(x)))))
        return out


class ReaderNet(nn.Module):
    """Encoder and heads. One pass over (question or sentence, passage) gives every logit."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.drop = PooledDropout(dropout)
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.segments = nn.Embedding(4, HIDDEN)
        self.embedding_norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(self.drop) for _ in range(LAYERS))
        self.span = nn.Linear(HIDDEN, 2)
        self.relevance = nn.Linear(HIDDEN, 1)
        self.support_inner = nn.Linear(HIDDEN, HIDDEN)
        self.support = nn.Linear(HIDDEN, len(SUPPORT_CLASSES))

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> Reading:
        """ids, mask and segments: (B, T) int64; mask 1 for tokens, 0 for padding."""
        x = self.encode(ids, mask, segments)
        places = torch.arange(ids.shape[1], device=ids.device)
        spans = self.span(x).float()
        # Only passage tokens and [CLS] may hold a span; -1e4 fits in bf16 and fp16.
        allowed = (segments % 2 == PASSAGE) | (places == 0)
        spans = spans.masked_fill(~allowed[:, :, None], -1e4)
        first = x[:, 0]
        support = self.support(torch.tanh(self.support_inner(first)))
        return Reading(
            spans[..., 0], spans[..., 1], self.relevance(first)[:, 0].float(), support.float()
        )

    def encode(self, ids: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """The last layer's states, (B, T, H)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(places) + self.segments(segments)
        x = self.drop(self.embedding_norm(x))
        bias = (1 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        states: Tensor = x
        return states


def from_minilm(folder: Path, dropout: float = 0.1) -> ReaderNet:
    """A network with the encoder weights of a BERT-shaped safetensors folder and new heads."""
    source = load_file(str(folder / "model.safetensors"))
    source = {name.removeprefix("bert."): value for name, value in source.items()}
    target: dict[str, Tensor] = {
        "words.weight": source["embeddings.word_embeddings.weight"],
        "positions.weight": source["embeddings.position_embeddings.weight"],
        # Segments of shared words start out as those of any other word.
        "segments.weight": source["embeddings.token_type_embeddings.weight"].repeat(2, 1),
        "embedding_norm.weight": source["embeddings.LayerNorm.weight"],
        "embedding_norm.bias": source["embeddings.LayerNorm.bias"],
    }
    renamed = {
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "widen",
        "output.dense": "narrow",
        "output.LayerNorm": "norm",
    }
    for index in range(LAYERS):
        old, new = f"encoder.layer.{index}.", f"layers.{index}."
        for part in ("weight", "bias"):
            target[f"{new}qkv.{part}"] = torch.cat(
                [source[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for theirs, ours in renamed.items():
                target[f"{new}{ours}.{part}"] = source[f"{old}{theirs}.{part}"]
    network = ReaderNet(dropout)
    missing, unexpected = network.load_state_dict(target, strict=False)
    heads = ("span.", "relevance.", "support.", "support_inner.")
    strays = [name for name in missing if not name.startswith(heads)] + unexpected
    if strays:
        raise ValueError(f"{folder}: weights do not fit the reader: {strays}")
    return network
