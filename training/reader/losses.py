"""What the reader is asked to get right, as one number a batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from training.reader.encode import IGNORE, Batch
from training.reader.network import Reading


def loss(reading: Reading, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of the tasks' losses, and each of them for the log."""
    parts = {
        "span": span_loss(reading, batch),
        "relevance": relevance_loss(reading, batch),
        "pair": pair_loss(reading, batch),
        "support": support_loss(reading, batch),
    }
    shares = {"span": 1.0, "relevance": 0.3, "pair": 0.2, "support": 0.7}
    total = torch.stack([shares[name] * part for name, part in parts.items()]).sum()
    return total, {name: float(part.detach()) for name, part in parts.items()}


def span_loss(reading: Reading, batch: Batch) -> Tensor:
    """Mean cross-entropy of start and end against the annotators' distribution of places."""
    asked = batch.starts.sum(1)  # 1 where there is a span target, else 0
    start = -(batch.starts * F.log_softmax(reading.start, dim=1)).sum(1)
    end = -(batch.ends * F.log_softmax(reading.end, dim=1)).sum(1)
    # Divided by the batch size, not by the number of targets: support examples add nothing here.
    return ((start + end) / 2 * asked * batch.weights).sum() / len(asked)


def relevance_loss(reading: Reading, batch: Batch) -> Tensor:
    """Binary cross-entropy where relevance is known."""
    known = batch.relevance != IGNORE
    each = F.binary_cross_entropy_with_logits(
        reading.relevance, batch.relevance.clamp(min=0).float(), reduction="none"
    )
    return (each * known).sum() / len(known)


def pair_loss(reading: Reading, batch: Batch) -> Tensor:
    """The right passage above the wrong ones of the same question: log(1 + exp(wrong - right))."""
    same = batch.groups[:, None] == batch.groups[None, :]
    pairs = same & (batch.relevance[:, None] == 1) & (batch.relevance[None, :] == 0)
    margins = reading.relevance[None, :] - reading.relevance[:, None]
    return (F.softplus(margins) * pairs).sum() / len(batch.groups)


def support_loss(reading: Reading, batch: Batch) -> Tensor:
    """Cross-entropy over supported, contradicted and neither."""
    known = batch.support != IGNORE
    each = F.cross_entropy(reading.support, batch.support.clamp(min=0), reduction="none")
    return (each * known * batch.weights).sum() / len(known)
