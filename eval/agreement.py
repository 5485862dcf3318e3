"""How far two judges agree, and how far one agrees with itself."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from eval.statistics import bootstrap_of


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """kappa = (p_o - p_e) / (1 - p_e) over the labels of two judges (Cohen 1960).

    p_o is the share on which they agree, p_e the share on which they would by chance, were each to
    give its labels as often and blindly. 1 is full agreement, 0 that of chance; None of nothing,
    and where both only ever give one and the same label, as chance would agree on everything too.
    """
    if not pairs:
        return None
    total = len(pairs)
    agreed = sum(a == b for a, b in pairs) / total
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    return None if chance == 1.0 else (agreed - chance) / (1 - chance)


def kappa_interval(pairs: Sequence[tuple[Hashable, Hashable]]) -> tuple[float, float] | None:
    """The 95% percentile bootstrap interval of `cohen_kappa` over the cases; None where undefined.

    A few dozen labels leave it wide.
    """

    def of(rows: Any) -> Any:
        found = [cohen_kappa([pairs[row] for row in sample]) for sample in rows]
        return np.array([np.nan if kappa is None else kappa for kappa in found])

    return bootstrap_of(of, len(pairs))


def noise(repeats: Mapping[str, Sequence[Hashable]]) -> float | None:
    """The share of cases on which one judge, asked again, does not always say the same."""
    asked = [labels for labels in repeats.values() if len(labels) > 1]
    return sum(len(set(labels)) > 1 for labels in asked) / len(asked) if asked else None
