"""What quick heads see: all of the features, and before that the plain part."""

import numpy as np
import pytest

from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, PLAIN_DIMENSION
from tinyclf.nn.backend import NumpyBackend
from tinyclf.training.linear_heads import Heads, Ridge
from tinyclf.training.presets import BALANCED
from tinyclf.training.projection import DIRECTIONS_FROM
from tinyclf.training.quick_config import linear_config
from tinyclf.training.recipe import build_objective
from tinyclf.training.views import views_of


@pytest.fixture
def wide() -> np.ndarray:
    return np.random.default_rng(0).normal(3, 2, (30, BUILTIN_DIMENSION)).astype(np.float32)


def test_plain_features_are_seen_in_one_way(wide: np.ndarray) -> None:
    [view] = views_of(wide[:, :PLAIN_DIMENSION])
    assert view.dimension == PLAIN_DIMENSION
    assert view.apply(wide[:, :PLAIN_DIMENSION]).shape == (30, view.width)


def test_with_the_condition_encoder_there_are_two_ways(wide: np.ndarray) -> None:
    plain, both = views_of(wide)
    other = wide.copy()
    other[:, PLAIN_DIMENSION:] += 9
    assert (plain.apply(other) == plain.apply(wide)).all()
    assert (both.apply(other) != both.apply(wide)).any()


def test_a_head_says_the_same_of_features_as_of_what_is_seen_of_them(wide: np.ndarray) -> None:
    y = np.arange(30) % 5
    wide[:, :4] += 5 * y[:, None]
    wide[3] *= 40  # far beyond the clip
    whole = build_objective(linear_config(BALANCED), wide.shape[1], y, 5)
    for view in views_of(wide):
        z = view.apply(wide).astype(np.float64)
        head = build_objective(linear_config(BALANCED), view.width, y, 5)
        heads = Heads(head, z, y, NumpyBackend())
        theta = heads.fit(Ridge.even(0.1))
        member = view.member(head, theta, whole, "f8")
        told = member.probabilities(whole, wide, NumpyBackend())
        np.testing.assert_allclose(told, heads.opinion(theta), atol=1e-4)


def test_the_directions_are_found_from_some_and_the_same_each_time() -> None:
    x = np.random.default_rng(0).normal(size=(DIRECTIONS_FROM + 50, 3))
    [one], [two], [other] = views_of(x, 1), views_of(x, 1), views_of(x, 2)
    assert (one.apply(x) == two.apply(x)).all()
    assert (one.apply(x) != other.apply(x)).any()
