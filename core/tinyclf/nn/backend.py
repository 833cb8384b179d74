"""Where arrays live and who computes with them: NumPy, or CuPy on an NVIDIA card.

The formulas are written once over ``backend.xp``, the array module. A backend is passed to
whatever computes; there is no current one. This is the only file that imports CuPy, and only when
a card is asked for.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, DeviceError
from tinyclf.nn.arrays import Array


class Backend(Protocol):
    """An array module, and the few things that differ between them."""

    @property
    def device(self) -> str:
        """The name it is chosen by: ``"cpu"`` or ``"cuda"``."""

    @property
    def xp(self) -> Any:
        """The array module: ``numpy`` or ``cupy``."""

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` as this backend's, copied only where place or dtype differ."""

    def to_numpy(self, array: Array) -> npt.NDArray[Any]:
        """Return an array of this backend as NumPy's."""

    def generator(self, seed: int) -> np.random.Generator:
        """Return a generator of random numbers that draws on this backend (for dropout)."""

    def raising(self) -> AbstractContextManager[object]:
        """Return a context in which overflow, division by zero and NaN raise, where they can.

        CuPy cannot tell; there the loss is checked after each step instead.
        """


class NumpyBackend:
    """Arrays in main memory, computed on by the processor."""

    device = "cpu"
    xp: Any = np

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` as NumPy's, copied only where the dtype differs."""
        return np.asarray(array, dtype)

    def to_numpy(self, array: Array) -> npt.NDArray[Any]:
        """Return ``array`` as it is."""
        return array

    def generator(self, seed: int) -> np.random.Generator:
        """Return NumPy's default generator."""
        return np.random.default_rng(seed)

    def raising(self) -> AbstractContextManager[object]:
        """Return a context in which overflow, division by zero and NaN raise."""
        return np.errstate(over="raise", divide="raise", invalid="raise")


class CupyBackend:
    """Arrays in the memory of an NVIDIA card, computed on by it.

    Raises:
        DeviceError: CuPy is not installed, or no card answers.
    """

    device = "cuda"

    def __init__(self) -> None:
        self.xp: Any = _cupy_with_a_card()

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` on the card."""
        moved: Array = self.xp.asarray(array, dtype)
        return moved

    def to_numpy(self, array: Array) -> npt.NDArray[Any]:
        """Return an array of the card in main memory."""
        fetched: npt.NDArray[Any] = self.xp.asnumpy(array)
        return fetched

    def generator(self, seed: int) -> np.random.Generator:
        """Return CuPy's default generator."""
        generator: np.random.Generator = self.xp.random.default_rng(seed)
        return generator

    def raising(self) -> AbstractContextManager[object]:
        """Return a context that changes nothing: CuPy cannot tell."""
        return nullcontext()


def choose_backend(device: str) -> Backend:
    """Return the backend of a device.

    Args:
        device: ``"cpu"`` or ``"cuda"``.

    Raises:
        ConfigError: there is no such device name.
        DeviceError: the device is not there; the message says what to do.
    """
    if device == "cpu":
        return NumpyBackend()
    if device == "cuda":
        return CupyBackend()
    raise ConfigError(f"There is no device '{device}': choose cpu or cuda.")


def _cupy_with_a_card() -> Any:
    try:
        import cupy
    except ImportError as error:
        raise DeviceError(
            "CuPy, which computes on NVIDIA cards, is not installed. "
            "Install it with pip install 'tiny-classifier[cuda12]', or choose the device cpu."
        ) from error
    try:
        cupy.cuda.runtime.getDeviceCount()
        cupy.zeros(1)
    except Exception as error:  # CuPy's own errors, which cannot be named without importing it
        raise DeviceError(
            f"No NVIDIA card answers ({error}). "
            "Install or update the card's driver, or choose the device cpu."
        ) from error
    return cupy
