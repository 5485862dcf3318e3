"""`python -m training.reader.export --name main --to models/reader`: checkpoint to OpenVINO files.

Writes `reader.xml` and `reader.bin` (weights in 16-bit floats), the tokenizer and `reader.json`.
No torch is needed to serve them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import openvino as ov
import torch
from torch import Tensor, nn

from training.reader import checkpoint
from training.reader.encode import HEADER, QUESTION, WINDOW
from training.reader.network import ReaderNet
from training.reader.paths import CACHE, MINILM
from training.reader.shrink import shrink

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


def write(network: ReaderNet, folder: Path, *, eight_bit: bool = True) -> None:
    """The model, tokenizer and settings into a folder; thresholds already there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    model = convert(network)
    if eight_bit:
        shrink(model)
    ov.save_model(model, folder / "reader.xml", compress_to_fp16=True)
    shutil.copy(MINILM / "tokenizer.json", folder / "tokenizer.json")
    settings = folder / "reader.json"
    kept = json.loads(settings.read_text()) if settings.exists() else {}
    kept |= {"window": WINDOW, "question": QUESTION, "header": HEADER, "stride": 96}
    settings.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Reads the command line and exports."""
    parser = argparse.ArgumentParser(prog="python -m training.reader.export", description=__doc__)
    parser.add_argument("--name", default="main")
    parser.add_argument("--weights", choices=("average", "network"), default="average")
    parser.add_argument("--sixteen-bit", action="store_true", help="46 MB instead of 24")
    parser.add_argument("--to", type=Path, default=Path("models/reader"))
    asked = parser.parse_args()
    write(trained(asked.name, asked.weights), asked.to, eight_bit=not asked.sixteen_bit)
    size = sum(file.stat().st_size for file in asked.to.iterdir()) / 1e6
    print(f"{asked.to}: {size:.1f} MB")


if __name__ == "__main__":
    main()
