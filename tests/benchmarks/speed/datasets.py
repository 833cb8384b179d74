"""The pictures that recipes learn from, by name."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from numpy.typing import NDArray

from tests.benchmarks.speed import cifar, mnist

MNIST, CIFAR = "mnist", "cifar"

_DATASETS: dict[str, ModuleType] = {MNIST: mnist, CIFAR: cifar}

Part = tuple[NDArray[Any], NDArray[Any]]


def shape(name: str) -> tuple[int, int, int]:
    """Return the shape of a picture: channels, pixels down and across."""
    found: tuple[int, int, int] = _DATASETS[name].SHAPE
    return found


def training(name: str) -> Part:
    """Return bytes x (n, channels, down, across) and classes y (n,) of 0 to 9.

    Raises:
        AbsentError: the files are not here; says where they would have to be.
    """
    part: Part = _DATASETS[name].training()
    return part


def test(name: str) -> Part:
    """Return others to judge by; as :func:`training`."""
    part: Part = _DATASETS[name].test()
    return part
