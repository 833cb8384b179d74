"""What was measured on, and with what: for the head of the table."""

from __future__ import annotations

import importlib.metadata
import sys

LIBRARIES = {
    "numpy": "numpy",
    "numba": "numba",
    "torch": "torch",
    "sklearn": "scikit-learn",
    "onnxruntime": "onnxruntime",
}
"""The libraries worth naming: their modules and the names they are installed by."""


def libraries() -> dict[str, str]:
    """Return the versions of those this process has loaded, and what their arithmetic runs on."""
    found = {
        name: importlib.metadata.version(name)
        for module, name in LIBRARIES.items()
        if module in sys.modules
    }
    if "numpy" in found:
        found |= _blas()
    if "torch" in found:
        import torch

        found["torch"] += f" ({torch.backends.cpu.get_cpu_capability()})"
    return found


def _blas() -> dict[str, str]:
    """Return which library NumPy multiplies with, and the processor it takes this one for."""
    import threadpoolctl

    for pool in threadpoolctl.threadpool_info():
        if pool["user_api"] == "blas" and "numpy" in pool["filepath"]:
            kernels = pool.get("architecture", "unknown")
            return {"NumPy's BLAS": f"{pool['internal_api']} {pool['version']} ({kernels} kernels)"}
    return {}


def processor() -> str:
    """Return the processor's name and how many cores this process may use."""
    from tinyclf.benchmark.machine.memory import cores
    from tinyclf.benchmark.machine.processor import processor_name

    return f"{processor_name()}, {cores()} core{'s' * (cores() != 1)}"
