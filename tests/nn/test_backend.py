import sys

import numpy as np
import pytest

from tinyclf.errors import ConfigError, DeviceError
from tinyclf.nn import backend as backend_module
from tinyclf.nn.backend import NumpyBackend, choose_backend


def test_arrays_go_there_and_back(backend):
    there = backend.asarray([[1, 2], [3, 4]], np.float32)

    assert there.dtype == np.float32
    assert backend.to_numpy(there).tolist() == [[1, 2], [3, 4]]


def test_a_generator_repeats_itself(backend):
    first, second = (backend.generator(7).random(5) for _ in range(2))

    np.testing.assert_array_equal(backend.to_numpy(first), backend.to_numpy(second))


def test_numpy_raises_on_overflow_and_only_there():
    backend, huge = choose_backend("cpu"), np.float32([3e38])

    with backend.raising(), pytest.raises(FloatingPointError):
        huge * 10
    with np.errstate(over="ignore"):
        assert np.isinf(huge * 10)


def test_an_unknown_device_is_refused_with_the_choice():
    with pytest.raises(ConfigError, match="no device 'tpu': choose cpu or cuda"):
        choose_backend("tpu")


def test_without_cupy_the_cure_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)

    with pytest.raises(DeviceError, match="choose the device cpu"):
        choose_backend("cuda")


def test_without_a_card_the_cure_is_named(monkeypatch):
    class CupyWithoutACard:
        @staticmethod
        def zeros(n):
            raise RuntimeError("cudaErrorNoDevice")

    monkeypatch.setitem(sys.modules, "cupy", CupyWithoutACard())

    with pytest.raises(DeviceError, match=r"No NVIDIA card answers .*choose the device cpu"):
        choose_backend("cuda")


@pytest.mark.parametrize("fault", [ImportError, OSError, AttributeError, RuntimeError, SystemError])
def test_a_broken_numba_is_done_without_or_named_where_it_is_asked_for(monkeypatch, fault):
    def broken():
        raise fault("it does not fit this NumPy")

    monkeypatch.setattr(backend_module, "CompiledLane", broken)
    backend_module._compiled_lane.cache_clear()
    try:
        assert NumpyBackend().lane.name == "plain"
        with pytest.raises(DeviceError, match=r"need numba \(it does not fit this NumPy\)"):
            NumpyBackend(compiled=True)
    finally:
        backend_module._compiled_lane.cache_clear()
