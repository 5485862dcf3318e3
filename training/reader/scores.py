"""SQuAD's exact match and F1, as its official script has them (Rajpurkar et al. 2016, 2018)."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence


def plain(text: str) -> str:
    """Lower case, no punctuation, no articles, single spaces."""
    kept = "".join(char for char in text.lower() if char not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", kept).split())


def exact(given: str, golds: Sequence[str]) -> float:
    """1.0 if the answer equals any gold; golds empty means "no answer"."""
    return float(any(plain(given) == plain(gold) for gold in golds or [""]))


def f1(given: str, golds: Sequence[str]) -> float:
    """The best token F1 against any gold: 2pr / (p + r)."""
    return max(_f1(plain(given).split(), plain(gold).split()) for gold in golds or [""])


def _f1(given: list[str], gold: list[str]) -> float:
    if not given or not gold:
        return float(given == gold)
    same = (Counter(given) & Counter(gold)).total()
    if same == 0:
        return 0.0
    precision, recall = same / len(given), same / len(gold)
    return 2 * precision * recall / (precision + recall)
