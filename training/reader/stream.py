"""An endless, resumable stream of batches mixed from named sources.

A unit is one question with everything to be read for it (its own passage, maybe a wrong one), or
one sentence to check. Units are drawn by share, grouped by length and packed by tokens.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer

from training.reader.encode import Batch, Example, collate, encode

Unit = list[Example]
POOL_UNITS, BATCH_TOKENS = 640, 6400


@dataclass(frozen=True)
class Source:
    """`count` units; `make(index, rng)` builds one, with random choices from `rng` alone."""

    count: int
    make: Callable[[int, random.Random], Unit]


class Stream:
    """Draws units from sources; `state()` and `restore()` carry the exact position."""

    def __init__(self, sources: Mapping[str, Source], tokenizer: Tokenizer, seed: int) -> None:
        self.sources, self.tokenizer, self.seed = sources, tokenizer, seed
        self.position = dict.fromkeys(sources, 0)
        self.pools = 0

    def state(self) -> dict[str, Any]:
        """Where the stream stands, between two pools."""
        return {"position": dict(self.position), "pools": self.pools}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from `state()`; a source that is new starts at its beginning."""
        self.position |= {n: at for n, at in state["position"].items() if n in self.position}
        self.pools = state["pools"]

    def pool(self, shares: Mapping[str, float]) -> list[Batch]:
        """The next few batches; shares are relative frequencies of the sources' units."""
        rng = random.Random(f"{self.seed}/{self.pools}")
        self.pools += 1
        names = [name for name in self.sources if shares.get(name, 0) > 0]
        drawn = rng.choices(names, [shares[name] for name in names], k=POOL_UNITS)
        units = [self._next(name, rng) for name in drawn]
        batches = list(self._pack(units))
        rng.shuffle(batches)
        return batches

    def _next(self, name: str, rng: random.Random) -> Unit:
        source = self.sources[name]
        round_, place = divmod(self.position[name], source.count)
        self.position[name] += 1
        index = _order(source.count, f"{self.seed}/{name}/{round_}")[place]
        return source.make(index, rng)

    def _pack(self, units: Sequence[Unit]) -> Iterator[Batch]:
        flat = [(group, example) for group, unit in enumerate(units) for example in unit]
        tokens = encode(self.tokenizer, [example for _, example in flat])
        longest: dict[int, int] = {}
        for (group, _), one in zip(flat, tokens, strict=True):
            longest[group] = max(longest.get(group, 0), len(one.input.ids))
        order = sorted(range(len(flat)), key=lambda at: (longest[flat[at][0]], flat[at][0]))
        while order:
            taken = 1
            while taken < len(order) and (
                (taken + 1) * longest[flat[order[taken]][0]] <= BATCH_TOKENS
            ):
                taken += 1
            chosen, order = order[:taken], order[taken:]
            yield collate(
                [flat[at][1] for at in chosen],
                [tokens[at] for at in chosen],
                [flat[at][0] for at in chosen],
            )


_orders: dict[str, list[int]] = {}


def _order(count: int, key: str) -> list[int]:
    if key not in _orders:
        stale = [old for old in _orders if old.rsplit("/", 1)[0] == key.rsplit("/", 1)[0]]
        for old in stale:
            del _orders[old]
        _orders[key] = random.Random(key).sample(range(count), count)
    return _orders[key]
