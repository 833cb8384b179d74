"""Compiled and plain, packed layers give the sums that signs in floats give."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.bits.packed_network import packed_limits
from tinyclf.nn.bits.words import pack_columns, pack_rows
from tinyclf.nn.kernels.xnor_layers import xnor_layers

WIDTHS = st.lists(st.integers(1, 150), min_size=2, max_size=4)


def drawn(n, widths, seed):
    """Inputs, each layer's weights and limits, as bits and numbers."""
    rng = np.random.default_rng(seed)
    x = rng.random((n, widths[0])) < 0.5
    weights = [rng.random(shape) < 0.5 for shape in pairwise(widths)]
    limits = [rng.integers(0, i + 2, o) for i, o in pairwise(widths[:-1])]
    return x, weights, limits


def arguments(x, weights, limits, dtype=np.float64):
    widths = np.array([x.shape[1], *(W.shape[1] for W in weights)])
    return (
        pack_rows(x),
        widths,
        np.concatenate([pack_columns(W).ravel() for W in weights]),
        np.concatenate([np.empty(0, np.uint16), *map(packed_limits, limits)]),
        np.full((len(x), widths[-1]), np.nan, dtype),
    )


def in_floats(x, weights, limits):
    signs = 2.0 * x - 1
    for W, limit in zip(weights, limits, strict=False):
        sums = signs @ (2.0 * W - 1)
        signs = np.where((len(W) - sums) / 2 < limit, 1.0, -1.0)
    return signs @ (2.0 * weights[-1] - 1)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(n=st.integers(0, 5), widths=WIDTHS, seed=st.integers(0, 99))
def test_the_formula_s_sums_are_those_of_signs(n, widths, seed):
    network = drawn(n, widths, seed)
    *packed, sums = arguments(*network)

    xnor_layers.plain(np, *packed, sums)

    np.testing.assert_array_equal(sums, in_floats(*network))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@settings(deadline=None, derandomize=True, max_examples=40)
@given(n=st.integers(0, 5), widths=WIDTHS, seed=st.integers(0, 99))
def test_the_sums_are_the_formula_s(agrees, dtype, n, widths, seed):
    agrees(xnor_layers, *arguments(*drawn(n, widths, seed), dtype), tolerance=0)


@pytest.mark.parametrize("widths", [[64, 64, 64], [63, 65, 1], [600, 3], [1024, 1024, 1024]])
def test_whole_words_and_many_words_are_the_formula_s(agrees, widths):
    agrees(xnor_layers, *arguments(*drawn(3, widths, seed=0)), tolerance=0)


def test_many_rows_are_taken_in_parts(monkeypatch):
    monkeypatch.setattr("tinyclf.nn.kernels.xnor_layers.ROOM", 500)
    network = drawn(37, [130, 70, 9], 0)
    *packed, sums = arguments(*network)

    xnor_layers.plain(np, *packed, sums)

    np.testing.assert_array_equal(sums, in_floats(*network))


def test_many_rows_are_multiplied_in_parts(monkeypatch):
    monkeypatch.setattr("tinyclf.nn.kernels.xnor_layers.ROWS", 100)
    network = drawn(230, [130, 70, 9], 0)
    *packed, sums = arguments(*network)

    xnor_layers.plain(np, *packed, sums)

    np.testing.assert_array_equal(sums, in_floats(*network))


def test_products_of_the_most_ones_are_exact(agrees):
    x, weights = np.ones((130, 4095), bool), [np.ones((4095, 3), bool)]
    *packed, sums = arguments(x, weights, [])

    xnor_layers.plain(np, *packed, sums)

    assert (sums == 4095).all()
    agrees(xnor_layers, *packed, sums, tolerance=0)


def test_the_widest_layer_s_counts_do_not_overflow(agrees):
    x, weights = np.ones((1, 65_534), bool), [np.zeros((65_534, 1), bool)]
    *packed, sums = arguments(x, weights, [])

    xnor_layers.plain(np, *packed, sums)

    assert sums.tolist() == [[-65_534]]
    agrees(xnor_layers, *packed, sums, tolerance=0)
