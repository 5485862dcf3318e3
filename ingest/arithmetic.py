"""In what arithmetic models are served: bf16 where the processor has it, else f32.

The two differ in the third digit of a score, which can turn an answer that is close to a threshold.
BYLINE_ARITHMETIC=f32 serves as a processor without bf16 would: to see what such a machine answers.
"""

import os
from typing import Any

from ingest.errors import UserError

VARIABLE = "BYLINE_ARITHMETIC"
CHOICES = ("", "bf16", "f32")


def arithmetic(core: Any) -> str:
    """`bf16` or `f32`, for an `openvino.Core`'s INFERENCE_PRECISION_HINT.

    Raises UserError for a value of BYLINE_ARITHMETIC that is neither.
    """
    asked = os.environ.get(VARIABLE, "")
    if asked not in CHOICES:
        raise UserError(f"{VARIABLE}={asked}: choose bf16 or f32, or leave it away")
    capable = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    # Asked for where there is none, bf16 would be emulated, slowly.
    return "f32" if asked == "f32" or not capable else "bf16"


def this_machines() -> str:
    """The arithmetic that models are served in here."""
    import openvino

    return arithmetic(openvino.Core())
