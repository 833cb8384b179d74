"""What a kernel is, and the lanes that can run it."""

from __future__ import annotations

import functools
import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

COMPILED = "compiled"
CUDA = "cuda"


@dataclass(frozen=True, eq=False)
class Kernel(Generic[P, R]):
    """One operation on arrays, by its formula.

    Attributes:
        name: Its name, that of its modules, and of the functions in them.
        plain: The formula over the array module, which is its first argument.
        lanes: The lanes that have a form of their own: a module of the same name in the package
            of the same name beside this one. Elsewhere the formula runs.
    """

    name: str
    plain: Callable[Concatenate[Any, P], R]
    lanes: frozenset[str] = frozenset()


class Lane(ABC):
    """Turns kernels into functions that compute."""

    name: str
    """``"plain"``, ``"compiled"`` or ``"cuda"``."""

    def __init__(self) -> None:
        self._bound: dict[Kernel[..., Any], Callable[..., Any]] = {}

    def bind(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        """Return the function; asked again for the same kernel, the same function."""
        if kernel not in self._bound:
            self._bound[kernel] = self._build(kernel)
        return self._bound[kernel]

    @abstractmethod
    def _build(self, kernel: Kernel[P, R]) -> Callable[P, R]: ...


class PlainLane(Lane):
    """Runs the formulas as they stand, over an array module.

    Args:
        xp: The array module.
    """

    name = "plain"

    def __init__(self, xp: Any) -> None:
        super().__init__()
        self._xp = xp

    def _build(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        return functools.partial(kernel.plain, self._xp)


class CompiledLane(PlainLane):
    """Runs loops that numba compiles to machine code, once, and keeps on disk.

    Raises:
        Exception: numba is not installed (ModuleNotFoundError, whose name is ``"numba"``), does not
            import, or does not compile: whatever it raises then.
    """

    name = COMPILED

    def __init__(self) -> None:
        import numba
        import numpy as np

        from tinyclf.nn.kernels.compiled.add_bias_relu import add_bias_relu

        super().__init__(np)
        self.version: str = numba.__version__
        # A trial by the commonest kernel: what it takes, the first training would take as well.
        add_bias_relu(np.zeros((1, 1), np.float32), np.zeros(1, np.float32))

    def _build(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        if COMPILED not in kernel.lanes:
            return super()._build(kernel)
        module = importlib.import_module(f"{__package__}.{COMPILED}.{kernel.name}")
        return cast("Callable[P, R]", getattr(module, kernel.name))


class CudaLane(PlainLane):
    """Runs kernels on an NVIDIA card; each is built by ``build(cupy)`` in its module.

    Args:
        cupy: The module.
    """

    name = CUDA

    def _build(self, kernel: Kernel[P, R]) -> Callable[P, R]:
        if CUDA not in kernel.lanes:
            return super()._build(kernel)
        module = importlib.import_module(f"{__package__}.{CUDA}.{kernel.name}")
        return cast("Callable[P, R]", module.build(self._xp))
