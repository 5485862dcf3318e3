"""The reader in 8-bit integers, weights and activations, calibrated on training questions.

Post-training quantization by NNCF with SmoothQuant (Xiao et al. 2023), which moves the outliers of
activations into the weights. Twice the arithmetic speed of bf16 where the CPU has VNNI or AMX.
Needs the extra `training` of pyproject.toml.
"""

from __future__ import annotations

import random

import nncf
import numpy as np
import openvino as ov
from numpy.typing import NDArray

from training.reader.encode import Example, collate, encode
from training.reader.paths import tokenizer
from training.reader.sources import shifts, squad_training
from training.reader.support_task import support_source

EXAMPLES, BATCH, SEED = 512, 4, 11


def quantized(model: ov.Model) -> ov.Model:
    """A new model that computes its matrix products in 8-bit integers."""
    return nncf.quantize(
        model,
        nncf.Dataset(_batches()),
        model_type=nncf.ModelType.TRANSFORMER,
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=EXAMPLES // BATCH,
    )


def _batches() -> list[dict[str, NDArray[np.int64]]]:
    """Questions and sentences to check, three to one, as the model is fed."""
    randomness = random.Random(SEED)
    asked = [*squad_training(), *shifts("wiki", "train"), *shifts("reddit", "train")]
    examples = [
        Example(one.text, one.passage) for one in randomness.sample(asked, EXAMPLES * 3 // 4)
    ]
    source = support_source()["support"]
    while len(examples) < EXAMPLES:
        examples += source.make(randomness.randrange(source.count), randomness)
    randomness.shuffle(examples)
    words = tokenizer()
    batches = []
    for first in range(0, EXAMPLES, BATCH):
        chosen = examples[first : first + BATCH]
        batch = collate(chosen, encode(words, chosen), range(BATCH))
        batches.append(
            {"ids": batch.ids.numpy(), "mask": batch.mask.numpy(),
             "segments": batch.segments.numpy()}
        )  # fmt: skip
    return batches
