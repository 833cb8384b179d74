"""Rounding off behind a tanh is what the activations themselves do in front of it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.inference.tanh_stability import stable_sigmoid, stable_tanh
from tinyclf.nn.kernels.activations import TANH, Activation
from tinyclf.nn.kernels.activations import activation as apply
from tinyclf.nn.layers import Sigmoid, Tanh
from tinyclf.nn.stability import EXACT, Stability

SETTINGS = [Stability(*each) for each in product([0.0, 4e-6, 1e-2], [0.0, 1e-7, 1e-2])]


@pytest.fixture
def z():
    return np.concatenate([np.linspace(-30, 30, 4001), [-0.0, 0.0, 1e-300, -700.0, 700.0]])


def rounded(activation, z):
    t = np.empty_like(z)
    apply(np, activation)(z, t)
    return t


@pytest.mark.parametrize("stability", SETTINGS, ids=str)
def test_a_sigmoid_rounds_off_the_same(z, stability):
    t = rounded(stable_sigmoid(stability), z / 2)

    y, _ = Sigmoid(stability).forward({}, z, backend=NumpyBackend(), rng=None)
    np.testing.assert_allclose(0.5 + 0.5 * t, y, rtol=0, atol=1e-15)


@pytest.mark.parametrize("stability", SETTINGS, ids=str)
def test_a_tanh_rounds_off_the_same(z, stability):
    t = rounded(stable_tanh(stability), z)

    y, _ = Tanh(stability).forward({}, z, backend=NumpyBackend(), rng=None)
    np.testing.assert_allclose(t, y, rtol=0, atol=1e-15)


def test_exact_forms_round_nothing_off():
    assert stable_tanh(EXACT) == stable_sigmoid(EXACT) == Activation(TANH)
