"""The condition encoder: a second EfficientNet-Lite0, which learned on drawings what damage is.

What it is, on what it was trained and how well it does stands in its model card, beside its weights
in ``resources/models``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from tinyclf.data.encoder.shipped import shipped_arrays, shipped_path

NAME = "condition-encoder.safetensors"
SHA256 = "a5301862d3855e0820e7936191062a6202ad067e4dbbec6620fb848686055573"


def condition_weights(sha256: str = SHA256) -> Mapping[str, NDArray[Any]]:
    """Return the weights by name, f4.

    Args:
        sha256: What their file's hash must be; that of the shipped ones if not given.

    Raises:
        ModelError: they are missing or others.
    """
    return shipped_arrays(shipped_path(NAME), sha256, "The weights of the condition encoder")
