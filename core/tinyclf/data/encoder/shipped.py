"""Arrays that come with the program, each file known by its hash."""

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


def shipped_path(name: str) -> Path:
    """Return where a file lies: inside the package when installed, in resources in a checkout."""
    package = Path(tinyclf.__file__).resolve().parent
    installed = package / "models" / name
    return installed if installed.is_file() else package.parents[1] / "resources" / "models" / name


def shipped_arrays(path: Path, sha256: str, what: str) -> Mapping[str, NDArray[Any]]:
    """Return the arrays of a file by name, f4.

    Args:
        path: Of the file.
        sha256: What its hash must be.
        what: The arrays in words, in the plural: "The weights of the condition encoder".

    Raises:
        ModelError: they are missing or others.
    """
    try:
        contents = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{what} are missing: install tiny-classifier again.") from error
    if hashlib.sha256(contents).hexdigest() != sha256:
        raise ModelError(
            f"{what} {path} are not the published ones: install tiny-classifier again."
        )
    return {name: array.astype(np.float32) for name, array in load(contents).items()}
