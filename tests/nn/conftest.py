"""What the tests of the neural core share: the backends, and slopes measured instead of derived."""

import copy
import pickle
from collections.abc import Callable

import numpy as np
import pytest

from tinyclf.errors import DeviceError
from tinyclf.nn.backend import Backend, CupyBackend, NumpyBackend

BACKENDS: dict[str, Callable[[], Backend]] = {
    "numpy": lambda: NumpyBackend(compiled=False),
    "compiled": lambda: NumpyBackend(compiled=True),
    "cuda": CupyBackend,
}


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    """Every backend there is: what the core promises, each of them keeps."""
    try:
        return BACKENDS[request.param]()
    except DeviceError as error:
        pytest.skip(str(error))


COPIES: dict[str, Callable[[object], object]] = {
    "copy": copy.deepcopy,
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),  # noqa: S301
}


@pytest.fixture(scope="session", params=COPIES)
def copied(request: pytest.FixtureRequest) -> Callable[[object], object]:
    """Return a copy of something, in each of the two ways that Python has for anything."""
    return COPIES[request.param]


@pytest.fixture(scope="session")
def slope() -> Callable[..., np.ndarray]:
    """∂f/∂point by central differences, for f from a float64 array to a number."""

    def measure(f: Callable[[np.ndarray], float], point: np.ndarray) -> np.ndarray:
        gradient = np.empty_like(point)
        step = 1e-6
        for place in np.ndindex(point.shape):
            up, down = point.copy(), point.copy()
            up[place] += step
            down[place] -= step
            gradient[place] = (f(up) - f(down)) / (2 * step)
        return gradient

    return measure
