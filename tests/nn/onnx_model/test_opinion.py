"""What stands around the networks is checked before it is written."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError, ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.losses import CumulativeLink
from tinyclf.nn.onnx_model import Standardize, to_onnx


@pytest.fixture
def bag(random_bag):
    """Make a bag of two networks for four inputs, with these arrays."""
    objective = mlp(4, (), 1), CumulativeLink(3)
    return lambda **arrays: random_bag(
        *objective, np.float32, 2, np.random.default_rng(0), arrays=arrays
    )


@pytest.mark.parametrize("temperature", [0, -1.0, np.nan, np.inf, 1e-45, 1e4, None, "warm", True])
def test_a_temperature_out_of_its_range_is_refused(bag, temperature):
    with pytest.raises(ConfigError, match=r"temperature must be from 0.001 to 1,000"):
        to_onnx(bag(), temperature=temperature)


@pytest.mark.parametrize("clip", [0, -1.0, np.nan, np.inf, None, "6"])
def test_a_clip_out_of_its_range_is_refused(clip):
    with pytest.raises(ConfigError, match="clip of standardized inputs must be more than 0"):
        Standardize(clip)


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("name", ["mean", "scale"])
def test_arrays_that_are_not_finite_are_refused(bag, name, value):
    arrays = {"mean": np.zeros((2, 4)), "scale": np.ones((2, 4))}
    arrays[name][1, 2] = value
    with pytest.raises(ModelError, match=f"array '{name}' must hold finite numbers"):
        to_onnx(bag(**arrays), standardize=Standardize(6.0))
