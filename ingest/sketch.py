"""What is compared to find copies: a text's words, their runs (shingles), and a MinHash of these.

MinHash: Broder, "On the resemblance and containment of documents" (1997), by datasketch. Banding:
Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.
"""

import hashlib
import re
import struct
import zlib
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint32]
"""Hashes of a text's runs of words: sorted, each once."""

RUN = 4
"""Words of a shingle."""
SHARED = 0.44
"""Copies share this much of the shorter text's shingles (containment), so cuts do not matter..."""
ALIKE = 0.22
"""...and this much of all shingles of both (Jaccard), so one that only quotes another is no copy.
Both were chosen on half of the planted syndications: `python -m benchmarks.copies`."""
PERMUTATIONS = 128
ROWS = 2
"""Values of a MinHash that must all agree for two texts to meet: few, so that a text cut to a third
(Jaccard 0.33) meets its whole with probability 0.9995, and texts just ALIKE with 0.96."""
FEWEST = 24
"""Shingles from which a text is looked at for near copies; a shorter one has exact copies only."""
BAND = 4 * ROWS
"""Bytes of the values of one band, and where each one's begin, by its place in the sketch."""
_PLACES = [(at.to_bytes(4, "big"), 4 * at) for at in range(0, PERMUTATIONS - ROWS + 1, ROWS)]
_WORD = re.compile(r"\w+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def words(text: str) -> list[str]:
    """The words of a text, case and punctuation aside."""
    return [word.lower() for word in _WORD.findall(text)]


def word_digest(text: str) -> str:
    """16 hex digits that two texts share exactly when they have the same words in the same order.

    A text without any word is compared as it stands.
    """
    return hashlib.sha256(" ".join(words(text) or [text]).encode()).hexdigest()[:16]


def shingles(text: str, run: int = RUN) -> Shingles:
    """Hashes of all runs of `run` words; a text with fewer words has none."""
    hashes = np.array([_hash(word) for word in words(text)], dtype=np.uint64)
    if len(hashes) < run:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(len(hashes) - run + 1, dtype=np.uint64)
    for place in range(run):
        mixed = mixed * _MULTIPLIER + hashes[place : place + len(mixed)]
    mixed *= _MULTIPLIER
    found: Shingles = np.unique((mixed >> np.uint64(32)).astype(np.uint32))
    return found


@lru_cache(maxsize=50_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def shared(first: Shingles, second: Shingles) -> float:
    """How much of the shorter text the other has, in [0, 1], where they are copies; else 0."""
    least = min(len(first), len(second))
    if least < FEWEST:
        return 0.0
    both = len(np.intersect1d(first, second, assume_unique=True))
    if both < SHARED * least or both < ALIKE * (len(first) + len(second) - both):
        return 0.0
    return both / least


def bands(found: Shingles) -> list[int]:
    """64 numbers (63 bits); texts that share one are worth comparing. None for a short text."""
    if len(found) < FEWEST:
        return []
    sketch = _blank().copy()
    sketch.update_batch(found.tolist())
    values = sketch.hashvalues.astype(">u4").tobytes()
    digests = b"".join(
        hashlib.blake2b(place + values[at : at + BAND], digest_size=8).digest()
        for place, at in _PLACES
    )
    return [number >> 1 for number in struct.unpack(f">{len(_PLACES)}Q", digests)]


@cache
def _blank() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)
