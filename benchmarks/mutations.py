"""Ways to break a file, for `benchmarks.malformed`: each takes its bytes and gives others."""

import random
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]


def _truncated(data: bytes, chosen: random.Random) -> bytes:
    return data[: chosen.randrange(1, max(2, len(data)))]


def _flipped(data: bytes, chosen: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chosen.randrange(1, 40)):
        changed[chosen.randrange(len(changed))] = chosen.randrange(256)
    return bytes(changed)


def _repeated(data: bytes, chosen: random.Random) -> bytes:
    start = chosen.randrange(len(data))
    end = min(len(data), start + chosen.randrange(1, 400))
    return data[:end] + data[start:end] * chosen.randrange(1, 2000) + data[end:]


def _nul(data: bytes, chosen: random.Random) -> bytes:
    place = chosen.randrange(len(data))
    return data[:place] + b"\0" * chosen.randrange(1, 5000) + data[place:]


def _cut_out(data: bytes, chosen: random.Random) -> bytes:
    start = chosen.randrange(len(data))
    return data[:start] + data[start + chosen.randrange(1, 500) :]


def _mixed(data: bytes, chosen: random.Random) -> bytes:
    tail = "Größe naïve Ελλάδα Москва 東京 \u202ereversed\u202c".encode(
        chosen.choice(["cp1252", "utf-16", "koi8_r", "shift_jis", "utf-8"]), "replace"
    )
    place = chosen.randrange(len(data))
    return data[:place] + tail + data[place:]


def _numbers(data: bytes, chosen: random.Random) -> bytes:
    """Lengths and offsets made absurd, as attackers do."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return _flipped(data, chosen)
    place = chosen.choice(digits)
    return data[:place] + b"9" * chosen.randrange(1, 12) + data[place + 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    _truncated, _flipped, _repeated, _nul, _cut_out, _mixed, _numbers,
)  # fmt: skip
