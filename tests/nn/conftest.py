"""What the tests of the neural core share: the backends, and slopes measured instead of derived."""

from collections.abc import Callable

import numpy as np
import pytest

from tinyclf.errors import DeviceError
from tinyclf.nn.backend import Backend, choose_backend


@pytest.fixture(scope="session", params=["cpu", "cuda"])
def backend(request: pytest.FixtureRequest) -> Backend:
    try:
        return choose_backend(request.param)
    except DeviceError:
        pytest.skip("no CuPy, or no NVIDIA card")


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
