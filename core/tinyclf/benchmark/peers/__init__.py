"""Other libraries at the same work: same shapes, same inputs, one file each, all alike.

Each file has a ``refusal`` that says what the library cannot do, without importing it, ``COPIES``,
how many of the drawn weights it holds at most while its network is made, and then
``inference``, ``training`` or both, which return the passes in the process that measures. What only
our core has is left out: epsilons, and looking meanwhile whether all is finite.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, TypeAlias

from tinyclf.benchmark.peers import onnx_runtime, pytorch, scikit_learn
from tinyclf.errors import ConfigError

if TYPE_CHECKING:
    from tinyclf.benchmark.kinds import Inference, Training
    from tinyclf.benchmark.work import Workload

    Network: TypeAlias = Inference | Training

PEERS: dict[str, Any] = {
    "pytorch": pytorch,
    "onnxruntime": onnx_runtime,
    "scikit-learn": scikit_learn,
}
"""The libraries by the names that settings give them."""

MODULES = {"pytorch": "torch", "onnxruntime": "onnxruntime", "scikit-learn": "sklearn"}
"""What each is imported as."""


def available() -> tuple[str, ...]:
    """Return the names of those that are installed; none is imported."""
    return tuple(name for name, module in MODULES.items() if importlib.util.find_spec(module))


def refusal(case: Network) -> str:
    """Return why the library of a case cannot do it, in a sentence; empty if it can, and for ours.

    Nothing is imported: whether it is installed shows when it is measured.
    """
    if case.library not in PEERS:
        return ""
    reason: str = PEERS[case.library].refusal(case)
    return reason


def copies(library: str) -> int:
    """Return how many copies of the drawn weights a library holds at most, for forward passes."""
    number: int = PEERS[library].COPIES
    return number


def inference(case: Inference) -> Workload:
    """Return the forward passes of another library, with the weights and inputs of our core.

    Raises:
        ConfigError: it cannot do them.
        DeviceError: the device is not there.
        ImportError: it is not installed.
    """
    workload: Workload = _peer(case).inference(case)
    return workload


def training(case: Training) -> Workload:
    """Return the training of another library, on the examples of our core.

    Raises:
        ConfigError: it cannot do it.
        DeviceError: the device is not there.
        ImportError: it is not installed.
    """
    workload: Workload = _peer(case).training(case)
    return workload


def _peer(case: Network) -> Any:
    """Return the module of a case's library."""
    reason = refusal(case)
    if reason:
        raise ConfigError(reason)
    return PEERS[case.library]
