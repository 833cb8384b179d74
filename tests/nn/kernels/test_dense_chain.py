"""One input through layers of any widths, compiled, is the formula's."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.kernels.examples import ACTIVATIONS
from tinyclf.nn.kernels.activations import NONE, Activation
from tinyclf.nn.kernels.dense_chain import dense_chain


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 2e-6)])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    widths=st.lists(st.sampled_from([1, 2, 7, 33, 520]), min_size=2, max_size=6),
    activation=st.sampled_from(ACTIVATIONS),
    by_outputs_from=st.sampled_from([0, 30, 1000]),
)
def test_outputs_are_the_formula_s(agrees, dtype, tolerance, widths, activation, by_outputs_from):
    rng = np.random.default_rng(len(widths))
    shapes = [(o, i + 1) for i, o in pairwise(widths)]
    W = np.concatenate([rng.standard_normal(shape).ravel() / shape[1] ** 0.5 for shape in shapes])
    x = rng.standard_normal(widths[0])
    activations = np.array([activation] * len(shapes))

    agrees(
        dense_chain,
        W.astype(dtype),
        np.array(widths),
        activations,
        by_outputs_from,
        x.astype(dtype),
        tolerance=tolerance,
    )


@pytest.mark.parametrize("by_outputs_from", [0, 1000])
def test_a_narrow_layer_after_a_wide_one_gets_its_bias(agrees, by_outputs_from):
    widths = np.array([2, 5, 1, 3])
    W = np.ones(5 * 3 + 1 * 6 + 3 * 2)

    agrees(
        dense_chain,
        W,
        widths,
        np.array([Activation(NONE)] * 3, np.float64),
        by_outputs_from,
        np.array([1.0, 2.0]),
    )
