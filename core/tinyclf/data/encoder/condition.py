"""The condition encoder: a second EfficientNet-Lite0, which learned on drawings what damage is.

What it is, on what it was trained and how well it does stands in its model card, beside its weights
in ``resources/models``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

import tinyclf
from tinyclf.errors import ModelError

NAME = "condition-encoder.safetensors"


def condition_weights(sha256: str) -> Mapping[str, NDArray[Any]]:
    """Return the weights by name, f4.

    Args:
        sha256: What their file's hash must be.

    Raises:
        ModelError: they are missing or others.
    """
    try:
        contents = _path().read_bytes()
    except OSError as error:
        raise ModelError(
            "The weights of the condition encoder are missing: install tiny-classifier again."
        ) from error
    if hashlib.sha256(contents).hexdigest() != sha256:
        raise ModelError(
            f"The weights {_path()} are not the published ones: install tiny-classifier again."
        )
    return {name: tensor.astype(np.float32) for name, tensor in load(contents).items()}


def _path() -> Path:
    """Return where they lie: inside the package when installed, in resources in a checkout."""
    package = Path(tinyclf.__file__).resolve().parent
    installed = package / "models" / NAME
    return installed if installed.is_file() else package.parents[1] / "resources" / "models" / NAME
