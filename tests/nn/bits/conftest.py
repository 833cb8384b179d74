"""Bits are computed on in main memory: with numba's loops, and without."""

import pytest

from tinyclf.errors import DeviceError
from tinyclf.nn.backend import NumpyBackend


@pytest.fixture(scope="session", params=[False, True], ids=["numpy", "compiled"])
def cpu(request: pytest.FixtureRequest) -> NumpyBackend:
    try:
        return NumpyBackend(compiled=request.param)
    except DeviceError as error:
        pytest.skip(str(error))
