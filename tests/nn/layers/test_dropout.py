import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.layers import Dropout


@pytest.fixture
def dropped(backend):
    def run(rate, x, seed):
        rng = None if seed is None else backend.generator(seed)
        y, _ = Dropout(rate).forward({}, backend.asarray(x), backend=backend, rng=rng)
        return backend.to_numpy(y)

    return run


def test_inference_drops_nothing(dropped):
    assert (dropped(0.9, np.ones((10, 10)), seed=None) == 1).all()


def test_training_drops_the_given_share_and_keeps_the_mean(dropped):
    y = dropped(0.3, np.ones((300, 300)), seed=0)

    assert (y == 0).mean() == pytest.approx(0.3, abs=0.01)
    assert y.mean() == pytest.approx(1, abs=0.02)
    assert set(np.unique(y)) == {0, 1 / 0.7}


def test_a_seed_drops_the_same_in_both_precisions(dropped):
    x = np.ones((20, 20))

    in_f4, in_f8 = (dropped(0.5, x.astype(dtype), seed=3) for dtype in (np.float32, np.float64))

    np.testing.assert_array_equal(in_f4 == 0, in_f8 == 0)


@pytest.mark.parametrize("rate", [-0.1, 1.0, float("nan")])
def test_a_rate_out_of_range_is_refused(rate):
    with pytest.raises(ConfigError, match="at least 0 and less than 1"):
        Dropout(rate)
