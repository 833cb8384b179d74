import os
import subprocess
import sys

import numpy as np
import pytest

from tests.nn.card.stand_in import stand_in_backend
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


@pytest.fixture
def lanes_anew():
    """Lanes are looked up anew, in the test and after it."""
    backend_module._compiled_lane.cache_clear()
    yield
    backend_module._compiled_lane.cache_clear()


@pytest.mark.usefixtures("lanes_anew")
def test_without_numba_numpy_computes_and_nothing_is_said(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "numba", None)

    assert NumpyBackend().lane.name == "plain"
    assert caplog.messages == []
    with pytest.raises(DeviceError, match=r"not installed.*pip install 'tiny-classifier\[fast\]'"):
        NumpyBackend(compiled=True)


@pytest.mark.usefixtures("lanes_anew")
@pytest.mark.parametrize("fault", [ImportError, OSError, AttributeError, RuntimeError, SystemError])
def test_a_broken_numba_is_done_without_or_named_where_it_is_asked_for(monkeypatch, caplog, fault):
    def broken():
        raise fault("it does not fit this NumPy\nand so on")

    monkeypatch.setattr(backend_module, "CompiledLane", broken)

    assert [NumpyBackend().lane.name, NumpyBackend().lane.name] == ["plain", "plain"]
    [warning] = caplog.messages
    assert warning.startswith("numba does not work here (it does not fit this NumPy); without it")
    with pytest.raises(DeviceError, match="--force-reinstall numba"):
        NumpyBackend(compiled=True)


NUMBA_THAT_CANNOT_COMPILE = """
__version__ = "0.65.0"

def njit(loops, **settings):
    def compiled_at_first_call(*arguments):
        raise RuntimeError("LLVM knows no such target")

    return compiled_at_first_call
"""

TRAINING = """
import numpy as np
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import Adam

rng = np.random.default_rng(0)
x, y = rng.standard_normal((20, 2)).astype("f4"), np.arange(20) % 2
objective = Objective(mlp(2, (4,), 2), SoftmaxCrossEntropy(2))
for backend in NumpyBackend(), NumpyBackend():
    theta = objective.initialize(y, rng, "f4", backend=backend)
    gradient = np.empty_like(theta)
    objective.value_and_gradient(theta, x, y, gradient, backend=backend, rng=rng)
    Adam().start(theta, backend=backend)(theta, gradient, 0.02)
    assert objective.probabilities(theta, x, backend=backend).shape == (20, 2)
"""


def test_a_numba_that_cannot_compile_is_named_once_and_training_goes_on(tmp_path):
    (tmp_path / "numba" / "core").mkdir(parents=True)
    (tmp_path / "numba" / "__init__.py").write_text(NUMBA_THAT_CANNOT_COMPILE)
    (tmp_path / "numba" / "core" / "caching.py").write_text("class IndexDataCacheFile: pass")
    path = os.pathsep.join([str(tmp_path), *sys.path])

    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", TRAINING],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    [warning] = told.stderr.splitlines()
    assert warning.startswith("numba does not work here (LLVM knows no such target); without it")


@pytest.mark.parametrize("compiled", [None, False])
def test_a_copy_finds_its_lane_anew(compiled, copied):
    backend = NumpyBackend(compiled=compiled)
    lane = backend.lane

    again = copied(backend)

    assert "lane" not in vars(again)
    assert again.lane is lane


def test_a_copy_of_a_card_s_backend_has_a_lane_of_its_own(monkeypatch, copied):
    backend = stand_in_backend()
    monkeypatch.setitem(sys.modules, "cupy", backend.xp)

    again = copied(backend)

    assert again.xp is backend.xp
    assert again.lane is not backend.lane


def test_whether_kernels_are_compiled_is_yes_or_no():
    with pytest.raises(ConfigError, match="Whether kernels are compiled must be True or False"):
        NumpyBackend(compiled="no")
