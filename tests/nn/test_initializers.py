import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.initializers import Glorot, He


@pytest.mark.parametrize(
    ("initializer", "variance"),
    [(He(), 2 / 300), (He(0.1), 0.02 / 300), (Glorot(), 2 / 500), (Glorot(2), 8 / 500)],
)
def test_noise_has_the_variance_of_the_paper(initializer, variance):
    weights = initializer.draw((300, 200), 300, 200, np.random.default_rng(0))

    assert weights.shape == (300, 200)
    assert weights.mean() == pytest.approx(0, abs=0.001)
    assert weights.var() == pytest.approx(variance, rel=0.02)


@pytest.mark.parametrize("kind", [He, Glorot])
@pytest.mark.parametrize("gain", [-1.0, 1e6, float("nan")])
def test_a_gain_out_of_range_is_refused(kind, gain):
    with pytest.raises(ConfigError, match="from 0"):
        kind(gain)


def test_he_keeps_signals_alive_through_fifty_layers():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((50, 256))

    for _ in range(50):
        x = np.maximum(x @ He().draw((256, 256), 256, 256, rng), 0)

    assert 0.1 < np.sqrt((x**2).mean()) < 10
