"""Raw kernels: one source for both precisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array

C_NAMES = {np.dtype(np.float32): "float", np.dtype(np.float64): "double"}


def raw_kernels(cupy: Any, name: str, source: str, **constants: int) -> Callable[[Array], Any]:
    """Return what gives, for an array, the kernel for its precision.

    Args:
        cupy: The module.
        name: Of the function in the source.
        source: CUDA C++ over the type ``real``; compiled at the first launch.
        constants: What the source calls by these names, and whoever launches it, too.
    """
    defined = "".join(f"#define {constant} {value}\n" for constant, value in constants.items())
    kernels = {
        dtype: cupy.RawKernel(f"typedef {c_name} real;\n{defined}{source}", name)
        for dtype, c_name in C_NAMES.items()
    }
    return lambda array: kernels[array.dtype]
