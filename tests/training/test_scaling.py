"""Features come to one scale."""

import tracemalloc

import numpy as np
import pytest

from tinyclf.errors import InputError
from tinyclf.training.scaling import CLIP, ROWS, Standardizer


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_typical_photo_becomes_a_vector_of_length_one(dtype: type) -> None:
    x = (np.random.default_rng(0).normal(5, 3, (300, 40))).astype(dtype)
    y = Standardizer.fit(x).apply(x)
    assert y.dtype == np.float32
    assert np.allclose(y.mean(axis=0), 0, atol=1e-4)
    assert np.isclose((y**2).sum(axis=1).mean(), 1, rtol=0.01)


@pytest.mark.parametrize("value", [0.0, 1e-3, 0.1, 7.0, 6e4])
def test_a_feature_that_never_varies_becomes_zero(value: float) -> None:
    x = np.full((50, 3), value, np.float32)
    assert not Standardizer.fit(x).apply(x).any()


def test_large_half_precision_features_do_not_overflow() -> None:
    x = np.tile(np.array([[6e4], [-6e4]], np.float16), (5000, 1))
    assert np.allclose(np.abs(Standardizer.fit(x).apply(x)), 1)


def test_an_outlier_is_clipped() -> None:
    x = np.random.default_rng(0).normal(size=(100, 4)).astype(np.float32)
    far = np.full((1, 4), 1e6, np.float32)
    assert np.allclose(Standardizer.fit(x).apply(far), CLIP / 2)


def test_what_is_given_stays_as_it_was() -> None:
    x = np.random.default_rng(0).normal(size=(10, 4))
    before = x.copy()
    assert Standardizer.fit(x).apply(x, np.float64).dtype == np.float64
    assert (x == before).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e39])
def test_what_is_not_finite_has_no_scale(value: float) -> None:
    x = np.full((3, 2), value)
    with np.errstate(invalid="ignore"), pytest.raises(InputError, match="hold NaN or infinity"):
        Standardizer.fit(x)


@pytest.mark.parametrize("name", ["mean", "scale"])
def test_a_scale_that_is_not_finite_is_refused(name: str) -> None:
    arrays = {"mean": np.zeros(2, np.float32), "scale": np.ones(2, np.float32)}
    arrays[name] = np.array([1, np.inf], np.float32)
    with pytest.raises(InputError, match="means or scales of features hold NaN or infinity"):
        Standardizer(**arrays)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_some_rows_are_scaled_as_all_are(dtype: type[np.floating]) -> None:
    x = np.random.default_rng(0).normal(size=(3 * ROWS, 4)).astype(np.float32)
    rows = np.flatnonzero(x[:, 0] > 0)
    scaler = Standardizer.fit(x)
    assert (scaler.apply_to(x, rows, dtype) == scaler.apply(x[rows], dtype)).all()


def test_beside_the_scaled_rows_only_a_few_are_in_memory() -> None:
    x = np.random.default_rng(0).normal(size=(20 * ROWS, 100)).astype(np.float32)
    scaler, rows = Standardizer.fit(x), np.arange(len(x))
    tracemalloc.start()
    scaled = scaler.apply_to(x, rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1.5 * scaled.nbytes
