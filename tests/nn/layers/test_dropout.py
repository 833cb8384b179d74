from types import SimpleNamespace

import numpy as np
import pytest

from tinyclf.errors import ConfigError, DeviceError, InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import Dropout
from tinyclf.nn.layers.dropout import LEVELS


@pytest.fixture
def dropped(backend):
    def run(rate, x, seed):
        rng = None if seed is None else backend.generator(seed)
        y, _ = Dropout(rate).forward({}, backend.asarray(x), backend=backend, rng=rng)
        return backend.to_numpy(y)

    return run


@pytest.fixture(params=[False, True], ids=["numpy", "compiled"])
def cpu(request):
    try:
        return NumpyBackend(compiled=request.param)
    except DeviceError as error:
        pytest.skip(str(error))


def test_inference_drops_nothing(dropped):
    assert (dropped(0.9, np.ones((10, 10)), seed=None) == 1).all()


def test_training_drops_the_given_share_and_keeps_the_mean(dropped):
    y = dropped(0.3, np.ones((300, 300)), seed=0)

    assert (y == 0).mean() == pytest.approx(0.3, abs=0.01)
    assert y.mean() == pytest.approx(1, abs=0.02)
    assert set(np.unique(y)) == {0, LEVELS / (LEVELS - 19_661)}  # 19,661 = 0.3 · 65,536 rounded


@pytest.mark.parametrize(
    "kind", [np.random.MT19937, np.random.PCG64DXSM, np.random.Philox, np.random.SFC64]
)
def test_any_generator_of_numpy_keeps_the_mean(cpu, kind):
    x, rng = np.ones((300, 1000), np.float32), np.random.Generator(kind(1))

    y, _ = Dropout(0.5).forward({}, x, backend=cpu, rng=rng)

    assert y.mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("rng", [np.random.RandomState(0), 7])
def test_what_is_no_generator_is_refused(cpu, rng):
    with pytest.raises(InputError, match=r"must come from backend.generator, not a (RandomS|int)"):
        Dropout(0.5).forward({}, np.ones((2, 3)), backend=cpu, rng=rng)


@pytest.mark.parametrize("rate", [1e-5, 0.3, 0.9, 0.9999, 1 - 1 / LEVELS])
def test_the_mean_is_kept_over_all_noise_there_is(rate, backend):
    every_noise = np.arange(LEVELS, dtype=np.uint16)
    quiet = SimpleNamespace(
        xp=backend.xp,
        kernel=backend.kernel,
        noise=lambda rng, shape: backend.asarray(every_noise),
    )
    x = backend.asarray(np.ones(LEVELS))

    y, _ = Dropout(rate).forward({}, x, backend=quiet, rng=backend.generator(0))

    assert float(y.mean()) == pytest.approx(1, rel=1e-12)


def test_a_seed_drops_the_same_in_both_precisions(dropped):
    x = np.ones((20, 20))

    in_f4, in_f8 = (dropped(0.5, x.astype(dtype), seed=3) for dtype in (np.float32, np.float64))

    np.testing.assert_array_equal(in_f4 == 0, in_f8 == 0)


@pytest.mark.parametrize("rate", [-0.1, 1.0, float("nan")])
def test_a_rate_out_of_range_is_refused(rate):
    with pytest.raises(ConfigError, match="at least 0 and less than 1"):
        Dropout(rate)


def test_a_rate_that_rounds_to_everything_is_refused():
    with pytest.raises(ConfigError, match="rounded to 1 / 65,536, must be at least 0 and less"):
        Dropout(1 - 1e-6)


def test_a_rate_that_rounds_to_nothing_drops_nothing(dropped):
    assert (dropped(1e-6, np.ones((10, 10)), seed=0) == 1).all()
