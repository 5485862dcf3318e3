"""Stores the big weights of an OpenVINO model as 8-bit integers, one scale a row.

The CPU plugin widens them again when it loads the model, so arithmetic stays in bf16: half the
bytes in git, the same speed. Symmetric rounding: scale = max |row| / 127.
"""

from __future__ import annotations

import numpy as np
import openvino as ov
from openvino import opset13 as ops

SMALLEST = 10_000  # weights below this many numbers stay as they are


def shrink(model: ov.Model) -> int:
    """Replaces large two-dimensional constants in place; returns how many."""
    count = 0
    for node in model.get_ordered_ops():
        if node.get_type_name() != "Constant" or node.get_element_type() != ov.Type.f32:
            continue
        values = node.data
        if values.ndim != 2 or values.size < SMALLEST:
            continue
        scales = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-8) / 127
        whole = np.round(values / scales).astype(np.int8)
        readers = node.output(0).get_target_inputs()
        stored = ops.constant(whole, dtype=np.int8)
        if len(readers) == 1 and next(iter(readers)).get_node().get_type_name() == "Gather":
            _after_gather(next(iter(readers)).get_node(), stored, scales)
        else:
            wide = ops.convert(stored, "f32")
            scaled = ops.multiply(wide, ops.constant(scales.astype(np.float32)))
            for reader in readers:
                reader.replace_source_output(scaled.output(0))
        count += 1
    model.validate_nodes_and_infer_types()
    return count


def _after_gather(gather: ov.Node, stored: ov.Node, scales: np.ndarray) -> None:
    """Looks up 8-bit rows and their scales, and multiplies only what was looked up."""
    targets = gather.output(0).get_target_inputs()
    ids, axis = gather.input_value(1), gather.input_value(2)
    rows = ops.convert(ops.gather(stored, ids, axis), "f32")
    factors = ops.gather(ops.constant(scales.astype(np.float32)), ids, axis)
    found = ops.multiply(rows, factors)
    for target in targets:
        target.replace_source_output(found.output(0))
