"""Where arrays live and who computes with them: NumPy, or CuPy on an NVIDIA card.

The formulas are written once over ``backend.xp``, the array module. A backend is passed to
whatever computes; there is no current one. This is the only file that imports CuPy, and only when
a card is asked for.
"""

from __future__ import annotations

import functools
import logging
import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ParamSpec, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, DeviceError, InputError
from tinyclf.nn.arrays import Array, Shape
from tinyclf.nn.kernels.kernel import CompiledLane, CudaLane, Kernel, Lane, PlainLane
from tinyclf.nn.ranges import require_flag

P = ParamSpec("P")
R = TypeVar("R")

GENERATORS_OF_64_BITS = (
    np.random.PCG64,
    np.random.PCG64DXSM,
    np.random.Philox,
    np.random.SFC64,
)
"""Those of NumPy whose raw words are random throughout; the others leave half of a word 0."""


class Backend(Protocol):
    """An array module, and the few things that differ between them."""

    @property
    def device(self) -> str:
        """The name it is chosen by: ``"cpu"`` or ``"cuda"``."""

    @property
    def xp(self) -> Any:
        """The array module: ``numpy`` or ``cupy``."""

    @property
    def lane(self) -> Lane:
        """Who runs the kernels."""

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` as this backend's, copied only where place or dtype differ."""

    def constant(self, values: tuple[float, ...], dtype: npt.DTypeLike) -> Array:
        """Return numbers that are the same at every step, as this backend's: not to be changed."""

    def to_numpy(self, array: Array) -> npt.NDArray[Any]:
        """Return an array of this backend as NumPy's."""

    def generator(self, seed: int) -> np.random.Generator:
        """Return a generator of random numbers that draws on this backend (for dropout)."""

    def noise(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return random numbers from 0 to 65,535, uint16, of this shape.

        Args:
            rng: Any generator of this backend's module; :meth:`generator` gives a quick one.
            shape: Of the numbers.

        Raises:
            InputError: it is no such generator.
        """

    def raising(self) -> AbstractContextManager[object]:
        """Return a context in which overflow, division by zero and NaN raise, where they can.

        Underflow never does, whatever the caller's ``numpy.errstate``: what is lost is tiny.
        Neither CuPy nor compiled kernels can tell; the loss is checked after each step as well.
        """

    def kernel(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        """Return the function that computes a kernel fastest here."""


class NumpyBackend:
    """Arrays in main memory, computed on by the processor.

    Args:
        compiled: Whether kernels that numba compiles are used where they are faster. None stands
            for yes where the extra ``fast`` is installed; without it everything runs on NumPy. So
            it does where numba is there but does not work, which is logged once, as a warning.

    Raises:
        ConfigError: ``compiled`` is none of True, False and None.
        DeviceError: they are asked for, but numba is not installed, or does not work.
    """

    device = "cpu"
    xp: Any = np

    def __init__(self, *, compiled: bool | None = None) -> None:
        if compiled is not None:
            compiled = require_flag("Whether kernels are compiled", compiled)
        self._compiled = compiled
        _raise_mmap_threshold()
        if compiled:
            _ = self.lane

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make one like it: pickled, it is without its lane, which finds itself anew."""
        return functools.partial(type(self), compiled=self._compiled), ()

    @functools.cached_property
    def lane(self) -> Lane:
        """Who runs the kernels: looked up at first use, for numba takes a moment to load."""
        if self._compiled is False:
            return _plain_lane()
        compiled = _compiled_lane()
        if isinstance(compiled, Lane):
            return compiled
        if self._compiled:
            raise DeviceError(why_not_compiled(compiled))
        _warn_if_broken(compiled)
        return _plain_lane()

    def kernel(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        """Return the compiled function of a kernel where there is one, else its formula."""
        return self.lane.bind(kernel)

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` as NumPy's, copied only where the dtype differs."""
        return np.asarray(array, dtype)

    def constant(self, values: tuple[float, ...], dtype: npt.DTypeLike) -> Array:
        """Return ``values`` (n,) as NumPy's."""
        return np.asarray(values, dtype)

    def to_numpy(self, array: Array) -> npt.NDArray[Any]:
        """Return ``array`` as it is."""
        return array

    def generator(self, seed: int) -> np.random.Generator:
        """Return NumPy's default generator."""
        return np.random.default_rng(seed)

    def noise(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return random numbers from 0 to 65,535, four of each 64 bits that are drawn."""
        if not isinstance(rng, np.random.Generator):
            raise InputError(
                f"Randomness must come from backend.generator, not a {type(rng).__name__}."
            )
        if not isinstance(rng.bit_generator, GENERATORS_OF_64_BITS):
            return rng.integers(0, 65_536, shape, np.uint16)
        count = math.prod(shape)
        words = rng.bit_generator.random_raw(-(-count // 4))
        return words.view(np.uint16)[:count].reshape(shape)

    def raising(self) -> AbstractContextManager[object]:
        """Return a context in which overflow, division by zero and NaN raise."""
        return np.errstate(over="raise", divide="raise", invalid="raise", under="ignore")


class CupyBackend:
    """Arrays in the memory of an NVIDIA card, computed on by it.

    Raises:
        DeviceError: CuPy is not installed, or no card answers.
    """

    device = "cuda"

    def __init__(self) -> None:
        self.xp: Any = _cupy_with_a_card()
        self.lane: Lane = CudaLane(self.xp)

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make one like it: pickled, it is without CuPy and its lane."""
        return type(self), ()

    def kernel(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        """Return the card's function of a kernel where there is one, else its formula."""
        return self.lane.bind(kernel)

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` on the card."""
        moved: Array = self.xp.asarray(array, dtype)
        return moved

    def constant(self, values: tuple[float, ...], dtype: npt.DTypeLike) -> Array:
        """Return ``values`` (n,) on the card."""
        return self.asarray(values, dtype)

    def to_numpy(self, array: Array) -> npt.NDArray[Any]:
        """Return an array of the card in main memory."""
        fetched: npt.NDArray[Any] = self.xp.asnumpy(array)
        return fetched

    def generator(self, seed: int) -> np.random.Generator:
        """Return CuPy's default generator."""
        generator: np.random.Generator = self.xp.random.default_rng(seed)
        return generator

    def noise(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return random numbers from 0 to 65,535, drawn on the card."""
        drawn: Array = rng.integers(0, 65_536, shape).astype(self.xp.uint16)
        return drawn

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


def why_not_compiled(reason: Exception) -> str:
    """Return in words why there is no :class:`CompiledLane`, from what it raised, and the cure."""
    if _is_absence(reason):
        return (
            "numba is not installed; without it NumPy computes alone, more slowly. "
            "Install it with pip install 'tiny-classifier[fast]'."
        )
    first_line = (str(reason).splitlines() or [type(reason).__name__])[0]
    return (
        f"numba does not work here ({first_line}); without it NumPy computes alone, more slowly. "
        "Install it anew with pip install --force-reinstall numba."
    )


@functools.cache
def _raise_mmap_threshold() -> None:
    """Change the allocator of the whole process: have glibc keep freed blocks of up to 32 MiB.

    It gives large freed blocks back to the system at once, and so is handed new ones at every
    training step, page by page, which can take as long as the step itself. From what size on, its
    threshold for mmap, it learns from the blocks it sees freed: one of almost 32 MiB, the most it
    heeds, is enough. Nothing is written to that block, so that it costs nothing. From then on the
    process may hold on to memory that it no longer uses. Where there is no glibc, nothing changes.
    """
    np.empty(31 << 20, np.uint8)


@functools.cache
def _plain_lane() -> Lane:
    return PlainLane(np)


@functools.cache
def _compiled_lane() -> Lane | Exception:
    """Return the lane, or why there is none."""
    try:
        return CompiledLane()
    except Exception as error:  # a broken installation fails in any way: also beyond ImportError
        return error


@functools.cache
def _warn_if_broken(reason: Exception) -> None:
    if not _is_absence(reason):
        logging.getLogger(__name__).warning(why_not_compiled(reason))


def _is_absence(reason: Exception) -> bool:
    return isinstance(reason, ModuleNotFoundError) and reason.name == "numba"


def _cupy_with_a_card() -> Any:
    try:
        import cupy
    except ImportError as error:
        raise DeviceError(
            "CuPy, which computes on NVIDIA cards, is not installed. "
            "Install it with pip install 'tiny-classifier[cuda12]' (or [cuda13], as the driver "
            "has it), or choose the device cpu."
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
