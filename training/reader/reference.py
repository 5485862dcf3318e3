"""What the trained network says of a few inputs, kept beside the served model to compare with."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from rag.reading import Reading, Stretch
from training.reader.encode import Example, collate, encode
from training.reader.network import ReaderNet
from training.reader.paths import tokenizer

GOLD = Path(__file__).resolve().parents[2] / "examples" / "gold.jsonl"
PAIRS = 30


@torch.inference_mode()
def write_reference(network: ReaderNet, folder: Path) -> None:
    """Writes reference.json: questions of the sample gold set beside their quotes, with logits."""
    network.eval()
    pairs: list[dict[str, object]] = []
    for line in GOLD.read_text().splitlines():
        case = json.loads(line)
        if case["quotes"] and len(pairs) < PAIRS:
            pairs.append(_said(network, case["question"], " ".join(case["quotes"])))
    (folder / "reference.json").write_text(json.dumps(pairs, indent=1) + "\n")


def _said(network: ReaderNet, lead: str, passage: str) -> dict[str, object]:
    read, judged = Example(lead, passage), Example(lead, passage, support=0)
    outs = []
    for one in (read, judged):
        made = encode(tokenizer(), [one])
        batch = collate([one], made, [0])
        outs.append((network(batch.ids, batch.mask, batch.segments), made[0].input))
    (reading, told), (judging, _) = outs
    inside = slice(told.passage_at, told.passage_at + len(told.offsets))
    none = (reading.start[0, 0] + reading.end[0, 0]) / 2
    stretch = Stretch(
        (reading.start[0, inside] - none).numpy(),
        (reading.end[0, inside] - none).numpy(),
        np.array(told.offsets),
    )
    return {
        "lead": lead,
        "passage": passage,
        "relevance": round(float(reading.relevance[0]), 4),
        "span": round(Reading(0.0, 0.0, (stretch,)).best_span().score, 4),
        "supported": round(float(torch.softmax(judging.support[0], 0)[0]), 4),
    }
