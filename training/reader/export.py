"""`python -m training.reader.export --name main --to models/reader`: checkpoint to OpenVINO files.

Writes `reader.xml` and `reader.bin`, the tokenizer, `reader.json`, and `reference.json` (what the
trained network says of a few inputs). No torch is needed to serve them. Arithmetic in 8 bits
(`--arithmetic int8`) is faster and a little less exact than weights in 8 bits that are widened to
16 when the model is loaded (`--arithmetic bf16`).
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import openvino as ov
import torch
from torch import Tensor, nn

from rag.reader_input import WINDOW
from training.reader import checkpoint
from training.reader.network import ReaderNet
from training.reader.paths import CACHE, MINILM
from training.reader.reference import write_reference
from training.reader.shrink import shrink
from training.reader.sums import write_sums

NAMES = ("start", "end", "relevance", "support")


class Served(nn.Module):
    """The network with a plain tuple of outputs, as the converter wants it."""

    def __init__(self, network: ReaderNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> tuple[Tensor, ...]:
        """The logits in the order of NAMES."""
        return tuple(self.network(ids, mask, segments))


def trained(name: str, weights: str = "average") -> ReaderNet:
    """The network of a run; weights is "average" or "network" (the last step's)."""
    network = ReaderNet(dropout=0)
    network.load_state_dict(checkpoint.load(CACHE / "runs" / name / "last.pt")[weights])
    return network.eval()


def convert(network: ReaderNet) -> ov.Model:
    """An OpenVINO model of any batch size and length; inputs ids, mask, segments (B, T) int64."""
    example = (torch.ones(2, 16, dtype=torch.long),) * 3
    model = ov.convert_model(
        Served(network), example_input=example, input=[([-1, -1], ov.Type.i64)] * 3
    )
    for port, name in zip(model.inputs, ("ids", "mask", "segments"), strict=True):
        port.get_tensor().set_names({name})
    for port, name in zip(model.outputs, NAMES, strict=True):
        port.get_tensor().set_names({name})
    return model


def write(network: ReaderNet, folder: Path, arithmetic: str) -> None:
    """The model, tokenizer and settings into a folder; thresholds already there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    model = convert(network)
    if arithmetic == "int8":
        from training.reader.quantize import quantized

        model = quantized(model)
    shrink(model)
    ov.save_model(model, folder / "reader.xml", compress_to_fp16=True)
    shutil.copy(MINILM / "tokenizer.json", folder / "tokenizer.json")
    settings = folder / "reader.json"
    untaught = {"doubt_slope": -1.0, "doubt_offset": 0.0}
    kept = untaught | (json.loads(settings.read_text()) if settings.exists() else {})
    kept |= {"window": WINDOW, "stride": 96}
    settings.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    write_reference(network, folder)
    write_sums(folder)


def main() -> None:
    """Reads the command line and exports."""
    parser = argparse.ArgumentParser(prog="python -m training.reader.export", description=__doc__)
    parser.add_argument("--name", default="main")
    parser.add_argument("--weights", choices=("average", "network"), default="average")
    parser.add_argument("--arithmetic", choices=("int8", "bf16"), default="bf16")
    parser.add_argument("--to", type=Path, default=Path("models/reader"))
    asked = parser.parse_args()
    write(trained(asked.name, asked.weights), asked.to, asked.arithmetic)
    size = sum(file.stat().st_size for file in asked.to.iterdir()) / 1e6
    print(f"{asked.to}: {size:.1f} MB")


if __name__ == "__main__":
    main()
