"""`python -m training.reader.train --name NAME --minutes 75`: train the reader, or go on with it.

May be stopped at any minute; the same command goes on from the last checkpoint (about every three
minutes). The learning rate follows the minutes trained, so it reaches zero when they are over.
"""

from __future__ import annotations

import argparse
import json
import math
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from torch import nn

from training.reader import checkpoint
from training.reader.encode import Batch
from training.reader.losses import loss
from training.reader.network import ReaderNet, from_minilm
from training.reader.paths import CACHE, MINILM, tokenizer
from training.reader.stream import Stream
from training.reader.support_task import support_source
from training.reader.tasks import question_sources, shares

SAVE_SECONDS = 170


def main() -> None:
    """Reads the command line and trains."""
    parser = argparse.ArgumentParser(prog="python -m training.reader.train", description=__doc__)
    parser.add_argument("--name", default="main", help="run; its files are in CACHE/runs/NAME")
    parser.add_argument(
        "--minutes", type=float, default=75, help="of training in all, all sittings"
    )
    parser.add_argument("--rate", type=float, default=1.8e-4, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--start", type=Path, help="checkpoint whose averaged weights to start from"
    )
    parser.add_argument(
        "--mix", type=float, default=0.0, help="how far the mix of sources is at the start, 0 to 1"
    )
    parser.add_argument("--support", type=float, help="share of sentences to check; questions: 1")
    Run(parser.parse_args()).go()


class Run:
    """One training run: network, optimiser, stream, average and clock."""

    def __init__(self, settings: argparse.Namespace) -> None:
        self.settings = settings
        self.folder = CACHE / "runs" / settings.name
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(settings.seed)
        torch.set_num_threads(2)
        self.network = from_minilm(MINILM)
        if settings.start:
            self.network.load_state_dict(checkpoint.load(settings.start)["average"])
        self.optimiser = torch.optim.AdamW(_groups(self.network), lr=0.0, fused=True)
        self.average = checkpoint.Average(self.network, decay=0.999, every=4)
        sources = question_sources() | support_source()
        self.stream = Stream(sources, tokenizer(), settings.seed)
        self.seconds, self.steps, self.examples = 0.0, 0, 0
        self.stopping = False
        if (self.folder / "last.pt").exists():
            self._restore(checkpoint.load(self.folder / "last.pt"))

    @property
    def progress(self) -> float:
        """Share of the training minutes used, 0 to 1."""
        share: float = self.seconds / (60 * self.settings.minutes)
        return min(1.0, share)

    def go(self) -> None:
        """Trains until the minutes are over or a signal asks to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self.network.train()
        saved = time.monotonic()
        while self.progress < 1 and not self.stopping:
            started = time.monotonic()
            batches = self.stream.pool(self._shares())
            self.seconds += time.monotonic() - started
            self._train(batches)
            if time.monotonic() - saved > SAVE_SECONDS:
                self._save()
                saved = time.monotonic()
        # A stop in the middle of a pool loses that pool's remainder and nothing else.
        self._save()
        self._log(event="done" if self.progress >= 1 else "stopped")

    def _train(self, batches: list[Batch]) -> None:
        sums: dict[str, float] = {}
        started, tokens, examples = time.monotonic(), 0, 0
        for batch in batches:
            before = time.monotonic()
            for name, value in self._step(batch).items():
                sums[name] = sums.get(name, 0.0) + value / len(batches)
            tokens += int(batch.mask.sum())
            examples += len(batch.ids)
            self.seconds += time.monotonic() - before
            if self.stopping or self.progress >= 1:
                break
        self.examples += examples
        took = time.monotonic() - started
        self._log(
            **{name: round(value, 4) for name, value in sums.items()},
            rate=round(self._rate(), 8),
            a_second=round(examples / took, 1),
            tokens_mean=round(tokens / examples),
        )

    def _step(self, batch: Batch) -> dict[str, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = self._rate()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            reading = self.network(batch.ids, batch.mask, batch.segments)
        total, parts = loss(reading, batch)
        torch.autograd.backward(total)
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.steps += 1
        self.average.update(self.network)
        return parts

    def _shares(self) -> dict[str, float]:
        given = self.settings.support
        mix = self.settings.mix + (1 - self.settings.mix) * self.progress
        return dict(shares(mix)) | ({"support": given} if given is not None else {})

    def _rate(self) -> float:
        """Warm-up over 150 steps, then half a cosine down to zero at the last minute."""
        warm = min(1.0, (self.steps + 1) / 150)
        return float(self.settings.rate * warm * 0.5 * (1 + math.cos(math.pi * self.progress)))

    def _save(self) -> None:
        checkpoint.save(
            self.folder / "last.pt",
            {
                "network": self.network.state_dict(),
                "average": self.average.weights,
                "average_seen": self.average.seen,
                "optimiser": self.optimiser.state_dict(),
                "stream": self.stream.state(),
                "clock": (self.seconds, self.steps, self.examples),
                "settings": {name: str(value) for name, value in vars(self.settings).items()},
            },
        )

    def _restore(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.average.weights, self.average.seen = state["average"], state["average_seen"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.stream.restore(state["stream"])
        self.seconds, self.steps, self.examples = state["clock"]
        self._log(event="resumed")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _log(self, **values: object) -> None:
        row = {"step": self.steps, "minutes": round(self.seconds / 60, 2),
               "examples": self.examples} | values  # fmt: skip
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")


def _groups(network: ReaderNet) -> list[dict[str, Any]]:
    """Weight decay on matrices only."""
    matrices = [value for value in network.parameters() if value.ndim > 1]
    rest = [value for value in network.parameters() if value.ndim <= 1]
    return [{"params": matrices, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}]


if __name__ == "__main__":
    main()
