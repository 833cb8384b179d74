"""Every faster form of a kernel, to be held against its formula."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.nn.card.stand_in import card_backend
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import Backend, CupyBackend, NumpyBackend
from tinyclf.nn.kernels.kernel import Kernel

BACKENDS: dict[str, Callable[[], Backend]] = {
    "compiled": lambda: NumpyBackend(compiled=True),
    "cuda": CupyBackend,
    "cuda sources": lambda: card_backend("stand-in"),
}


@pytest.fixture(scope="session", params=BACKENDS)
def fast_backend(request: pytest.FixtureRequest) -> Backend:
    """A backend whose kernels have forms of their own."""
    try:
        return BACKENDS[request.param]()
    except DeviceError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def agrees(fast_backend: Backend) -> Callable[..., None]:
    """Runs a kernel and its formula on copies of the same arrays, and compares all of them.

    The formula always computes in float64, whatever the arrays' precision; ``tolerance`` is
    relative to the largest number of each array. What is returned is compared, too; the arguments
    whose places are in ``scratch`` are not.
    """

    def check(
        kernel: Kernel[..., Any],
        *arguments: Any,
        tolerance: float = 1e-12,
        scratch: tuple[int, ...] = (),
    ) -> None:
        exact = [_in_f8(argument) for argument in arguments]
        moved = [
            fast_backend.asarray(argument.copy("K"))
            if isinstance(argument, np.ndarray)
            else argument
            for argument in arguments
        ]
        if kernel.lanes.isdisjoint({fast_backend.lane.name}):
            pytest.skip(f"{kernel.name} has no {fast_backend.lane.name} form")

        expected = kernel.plain(np, *exact)
        result = fast_backend.kernel(kernel)(*moved)

        pairs = [pair for i, pair in enumerate(zip(moved, exact, strict=True)) if i not in scratch]
        for got, wanted in [(result, expected), *pairs]:
            if isinstance(wanted, np.ndarray | float | np.floating):
                largest = float(np.abs(wanted).max()) if np.size(wanted) else 0.0
                got = fast_backend.to_numpy(got)
                np.testing.assert_allclose(got, wanted, rtol=0, atol=tolerance * largest)

    return check


def _in_f8(argument: Any) -> Any:
    if isinstance(argument, np.ndarray) and argument.dtype == np.float32:
        with np.errstate(invalid="ignore"):  # an empty array to write to may hold anything
            return argument.astype(np.float64)
    return argument.copy() if isinstance(argument, np.ndarray) else argument
