"""Rounding off behind a tanh is what the activations themselves do in front of it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.inference.tanh_stability import TanhStability
from tinyclf.nn.layers import Sigmoid, Tanh
from tinyclf.nn.stability import EXACT, Stability

SETTINGS = [Stability(*each) for each in product([0.0, 4e-6, 1e-2], [0.0, 1e-7, 1e-2])][1:]


@pytest.fixture
def z():
    return np.concatenate([np.linspace(-30, 30, 4001), [-0.0, 0.0, 1e-300, -700.0, 700.0]])


@pytest.mark.parametrize("stability", SETTINGS, ids=str)
def test_a_sigmoid_rounds_off_the_same(z, stability):
    t = np.tanh(z / 2)

    TanhStability.of_sigmoid(stability).apply(np, t)

    y, _ = Sigmoid(stability).forward({}, z, backend=NumpyBackend(), rng=None)
    np.testing.assert_allclose(0.5 + 0.5 * t, y, rtol=0, atol=1e-15)


@pytest.mark.parametrize("stability", SETTINGS, ids=str)
def test_a_tanh_rounds_off_the_same(z, stability):
    t = np.tanh(z)

    TanhStability.of_tanh(stability).apply(np, t)

    y, _ = Tanh(stability).forward({}, z, backend=NumpyBackend(), rng=None)
    np.testing.assert_allclose(t, y, rtol=0, atol=1e-15)


def test_exact_forms_round_nothing_off():
    assert TanhStability.of_tanh(EXACT) is None
    assert TanhStability.of_sigmoid(EXACT) is None
