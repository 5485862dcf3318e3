from typing import Any

import pytest

from ingest.arithmetic import VARIABLE, arithmetic, this_machines
from ingest.errors import UserError


class Core:
    """An `openvino.Core` of a processor with these capabilities."""

    def __init__(self, *capabilities: str) -> None:
        self._capabilities = capabilities

    def get_property(self, device: str, name: str) -> Any:
        assert (device, name) == ("CPU", "OPTIMIZATION_CAPABILITIES")
        return list(self._capabilities)


MODERN, OLD = Core("FP32", "BF16"), Core("FP32")


@pytest.mark.parametrize(
    ("core", "asked", "served"),
    [
        (MODERN, "", "bf16"),
        (OLD, "", "f32"),
        (MODERN, "f32", "f32"),
        (MODERN, "bf16", "bf16"),
        (OLD, "bf16", "f32"),
    ],
)
def test_bf16_where_it_is_and_nobody_minds(
    core: Core, asked: str, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, asked)
    assert arithmetic(core) == served


def test_another_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "fp16")
    with pytest.raises(UserError, match="BYLINE_ARITHMETIC=fp16: choose bf16 or f32"):
        this_machines()
