"""Everything that training needs to go on, in one file that is never half written."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn


class Average:
    """Exponential moving average of a network's weights (Polyak and Juditsky 1992)."""

    def __init__(self, network: nn.Module, decay: float, every: int) -> None:
        self.decay, self.every, self.seen = decay, every, 0
        self.weights = {name: value.clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Counts one step; every few steps, moves the average towards the weights."""
        self.seen += 1
        if self.seen % self.every:
            return
        # Early on the average is short, so that it does not remember the start.
        decay = min(self.decay**self.every, self.seen / (self.seen + 10 * self.every))
        now: dict[str, Tensor] = network.state_dict()
        names = list(self.weights)
        torch._foreach_lerp_(
            [self.weights[name] for name in names], [now[name] for name in names], 1 - decay
        )


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes beside the old file, then renames over it."""
    state["rng"] = {"torch": torch.get_rng_state(), "python": random.getstate(),
                    "numpy": np.random.get_state()}  # fmt: skip
    half = path.with_suffix(".half")
    with half.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def load(path: Path) -> dict[str, Any]:
    """The state saved last; also sets the random generators to where they were."""
    state: dict[str, Any] = torch.load(path, weights_only=False)
    torch.set_rng_state(state["rng"]["torch"])
    random.setstate(state["rng"]["python"])
    np.random.set_state(state["rng"]["numpy"])
    return state
