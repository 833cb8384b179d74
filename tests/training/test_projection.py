"""Features in fewer numbers, without losing what differs; and a head on them as one layer."""

import numpy as np
import pytest

from tinyclf.errors import InputError, ModelError
from tinyclf.training import projection as projection_module
from tinyclf.training.projection import Projection
from tinyclf.training.scaling import Standardizer


def photos(n: int = 60, d: int = 20, seed: int = 0) -> np.ndarray:
    """Features that vary along few directions, far from zero."""
    rng = np.random.default_rng(seed)
    world = np.random.default_rng(9).normal(size=(6, d))  # the same directions for every seed
    latent = rng.normal(size=(n, 6)) * 2.0 ** -np.arange(6)
    x = latent @ world + 0.05 * rng.normal(size=(n, d)) + 7
    return np.asarray(x, np.float32)


@pytest.mark.parametrize(("n", "d"), [(60, 20), (20, 60), (40, 40)])
def test_it_finds_what_a_singular_value_decomposition_finds(n: int, d: int) -> None:
    x = photos(n, d)
    scaled = Standardizer.fit(x).apply(x, np.float64)
    left, values, _ = np.linalg.svd(scaled - scaled.mean(axis=0), full_matrices=False)
    expected = (left * values)[:, :5] / (values[0] / np.sqrt(n))

    z = Projection.fit(x, 0, components=5).apply(x)

    signs = np.sign((z * expected).sum(axis=0))
    np.testing.assert_allclose(z * signs, expected, atol=2e-3)


def test_the_first_varies_by_one_and_none_repeats_another() -> None:
    z = Projection.fit(photos(), 0).apply(photos())

    covariance = z.T @ z / len(z)
    assert np.allclose(z.mean(axis=0), 0, atol=1e-5)
    assert covariance[0, 0] == pytest.approx(1, rel=1e-4)
    assert (np.diff(np.diag(covariance)) <= 1e-6).all()
    assert np.allclose(covariance - np.diag(np.diag(covariance)), 0, atol=1e-4)


@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_a_head_on_it_is_one_layer_on_the_standardized_features(precision: type) -> None:
    x, rng = photos(), np.random.default_rng(1)
    x[::7] *= 100  # beyond the clip
    projection = Projection.fit(photos(), 0)
    W, b = rng.normal(size=(projection.width, 3)), rng.normal(size=3)  # noqa: N806

    weights, bias = projection.unfolded(W, b)

    scores = projection.standardizer.apply(x, precision) @ weights + bias
    np.testing.assert_allclose(scores, projection.apply(x) @ W + b, atol=1e-4)
    assert weights.shape == (20, 3)


def test_there_are_no_more_components_than_photos_and_features_allow() -> None:
    assert Projection.fit(photos(), 0, components=3).width == 3
    assert Projection.fit(photos(8, 50), 0).width == 7
    assert Projection.fit(photos(50, 8), 0).width <= 8


@pytest.mark.parametrize("x", [np.ones((9, 4)), np.zeros((1, 4)), photos(1)])
def test_of_photos_that_are_all_alike_nothing_is_left(x: np.ndarray) -> None:
    projection = Projection.fit(x, 0)

    assert projection.width == 1
    assert not projection.apply(x).any()


def test_of_many_photos_some_stand_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    x = photos(400)
    whole = Projection.fit(x, 0, components=2).apply(x)
    monkeypatch.setattr(projection_module, "DIRECTIONS_FROM", 100)
    one, again, other = (Projection.fit(x, seed, components=2) for seed in (0, 0, 1))

    assert one.components.tobytes() == again.components.tobytes()
    assert (one.components != other.components).any()
    for i in range(2):
        assert abs(np.corrcoef(whole[:, i], other.apply(x)[:, i])[0, 1]) > 0.98


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_any_precision_of_features_will_do(dtype: type) -> None:
    x: np.ndarray = photos().astype(dtype)
    z = Projection.fit(x, 0).apply(x)

    assert z.dtype == np.float64
    assert np.isfinite(z).all()


def test_photos_are_projected_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    x = photos()
    projection = Projection.fit(x, 0)
    whole = projection.apply(x)
    monkeypatch.setattr(projection_module, "ROWS", 7)

    np.testing.assert_allclose(projection.apply(x), whole, atol=1e-5)
    assert projection.apply(x[:0]).shape == (0, projection.width)


def test_what_is_given_stays_as_it_was() -> None:
    x = photos()
    Projection.fit(x, 0).apply(x)

    assert (x == photos()).all()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_broken_feature_names_its_photo(value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    x = photos()
    projection = Projection.fit(x, 0)
    monkeypatch.setattr(projection_module, "ROWS", 7)
    x[11, 3] = value

    with pytest.raises(InputError, match="photo 11 hold NaN or infinity; read them again"):
        projection.apply(x)
    with np.errstate(invalid="ignore"), pytest.raises(InputError, match="NaN or infinity"):
        Projection.fit(x, 0)


@pytest.mark.parametrize("shape", [(0, 4), (4, 0), (4,), (4, 2, 2)])
def test_what_is_no_table_of_photos_has_no_components(shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=r"features \(n, d\) of photos, not to shape"):
        Projection.fit(np.ones(shape), 0)


def test_features_of_another_width_are_refused() -> None:
    with pytest.raises(ModelError, match=r"width 20, not of shape \(3, 9\); fit it anew"):
        Projection.fit(photos(), 0).apply(np.ones((3, 9)))


def test_arrays_that_do_not_fit_are_refused() -> None:
    good = Projection.fit(photos(), 0)
    with pytest.raises(InputError, match="do not fit 20 features and a center of 2 numbers"):
        Projection(good.standardizer, good.components, good.center[:2])
