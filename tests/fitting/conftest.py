"""Small datasets that can be told apart, and settings that learn them in a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.fitting.recipes import BITS, GREY_CNN, TABLE
from tinyclf.fitting.settings import FitSettings
from tinyclf.nn.backend import NumpyBackend

SHORT = replace(TABLE, hidden=(16,), epochs=3, least_steps=90)


@pytest.fixture
def rows() -> Callable[..., Dataset]:
    """Makes a table of n rows: three classes that lie apart, on scales far from 1."""

    def make(n: int = 90, seed: int = 0) -> Dataset:
        rng = np.random.default_rng(seed)
        y = np.arange(n) % 3
        x = rng.normal(size=(n, 4)) + 3 * np.eye(3, 4)[y]
        x = x * [1, 1000, 0.01, 1] + [0, 5e6, 0, 7]
        return Dataset(x, y.astype(np.int64), ("a", "b", "c"), "rows", features=tuple("wxyz"))

    return make


@pytest.fixture
def pictures() -> Callable[..., Dataset]:
    """Makes n grey or coloured pictures of bytes: a bright bar, lying or standing."""

    def make(n: int = 80, side: int = 8, channels: int = 1, seed: int = 0) -> Dataset:
        rng = np.random.default_rng(seed)
        x = rng.integers(0, 60, (n, channels, side, side)).astype(np.uint8)
        y = np.arange(n) % 2
        for picture, lies in zip(x, y, strict=True):
            place = rng.integers(1, side - 1)
            bar = picture[:, place] if lies else picture[:, :, place]
            bar[:] = rng.integers(180, 256, bar.shape)
        return Dataset(x, y.astype(np.int64), ("stands", "lies"), "bars")

    return make


@pytest.fixture
def backend() -> NumpyBackend:
    return NumpyBackend()


@pytest.fixture
def short() -> FitSettings:
    """A perceptron that learns little rows in a moment."""
    return FitSettings("mlp", SHORT)


@pytest.fixture
def of_each_kind(
    rows: Any, pictures: Any, short: FitSettings
) -> dict[str, tuple[Parts, FitSettings]]:
    """A dataset and settings for each model."""
    cnn = replace(GREY_CNN, hidden=(8,), epochs=2, least_steps=60, batch_size=16)
    bits = replace(BITS, hidden=(64,), epochs=2, least_steps=80, batch_size=16)
    return {
        "rows": (Parts(rows()), short),
        "cnn": (Parts(pictures()), FitSettings("cnn", cnn, convolutions=(4,))),
        "colour": (Parts(pictures(channels=3)), FitSettings("mlp", SHORT)),
        "bits": (Parts(pictures()), FitSettings("bits", bits)),
    }
