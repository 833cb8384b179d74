"""Linear heads lie where no slope is left, and hold to an order as hard as their ridge says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.training import linear_heads
from tinyclf.training.config import TrainingConfig
from tinyclf.training.linear_heads import HOLD, Heads, Ridge
from tinyclf.training.presets import BALANCED, UNORDERED
from tinyclf.training.projection import Projection
from tinyclf.training.quick_config import linear_config
from tinyclf.training.recipe import build_objective

Graded = Callable[..., Any]

CENTRED = np.arange(-2.0, 3.0) / np.sqrt(10)
"""The order of five classes, as a direction of length one."""


def heads_of(x: np.ndarray, y: np.ndarray, config: TrainingConfig) -> Heads:
    z = Projection.fit(x, 0).apply(x)
    return Heads(build_objective(linear_config(config), z.shape[1], y, 5), z, y, NumpyBackend())


@pytest.fixture
def ordinal(graded: Graded) -> Heads:
    return heads_of(*graded(d=6), BALANCED)


@pytest.fixture
def softmax(graded: Graded) -> Heads:
    return heads_of(*graded(d=6), UNORDERED)


def weights(theta: np.ndarray) -> np.ndarray:
    """Return the weights (6, 5) of a softmax head."""
    return theta[:30].reshape(6, 5)


@pytest.mark.parametrize("strength", [30.0, 1.0, 0.03])
def test_an_ordinal_head_lies_where_no_slope_is_left(
    ordinal: Heads, strength: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss in a formula of its own: P(y ≤ j) = σ(θⱼ − s), thresholds from first and steps."""
    monkeypatch.setattr(linear_heads, "SEARCH", replace(linear_heads.SEARCH, tolerance=1e-7))

    def penalized(theta: np.ndarray) -> float:
        w, b, first, steps = theta[:6], theta[6], theta[7], theta[8:]
        cuts = first + np.append(0, np.cumsum(np.log1p(np.exp(steps)) + 1e-3))
        below = 1 / (1 + np.exp(-(cuts - (ordinal.z @ w + b)[:, None])))
        p = np.diff(below, axis=1, prepend=0, append=1)[np.arange(60), ordinal.y]
        held = ((theta - ordinal.frequencies)[6:] ** 2).sum()
        return float(-np.log(p).sum() + strength / 2 * w @ w + HOLD / 2 * held)

    theta = ordinal.fit(Ridge.even(strength))

    assert_flat(penalized, theta)
    assert np.allclose(ordinal.fit(Ridge.even(strength), theta + 0.3), theta, atol=1e-3)


@pytest.mark.parametrize("ridge", [Ridge(0.1, 30.0), Ridge(3.0, 0.5), Ridge.even(1.0)])
def test_a_head_with_a_score_a_class_lies_where_no_slope_is_left(
    softmax: Heads, ridge: Ridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with softmax; one ridge holds what lies along the order, another the rest."""
    monkeypatch.setattr(linear_heads, "SEARCH", replace(linear_heads.SEARCH, tolerance=1e-8))

    def penalized(theta: np.ndarray) -> float:
        w, b = weights(theta), theta[30:]
        scores = softmax.z @ w + b
        lost = np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(60), softmax.y]
        along = w @ CENTRED
        across = (w**2).sum() - along @ along
        held = ((theta - softmax.frequencies)[30:] ** 2).sum()
        return float(
            lost.sum() + (ridge.along * along @ along + ridge.across * across + HOLD * held) / 2
        )

    theta = softmax.fit(ridge)

    assert_flat(penalized, theta)
    assert np.allclose(softmax.fit(ridge, theta + 0.3), theta, atol=1e-3)


def assert_flat(function: Callable[[np.ndarray], float], theta: np.ndarray) -> None:
    for step in 1e-5 * np.eye(len(theta)):
        assert abs(function(theta + step) - function(theta - step)) / 2e-5 < 1e-3


def test_held_hard_across_all_scores_lie_along_the_order(softmax: Heads) -> None:
    w = weights(softmax.fit(Ridge(0.1, 1e6)))
    along = w @ CENTRED
    assert np.allclose(w, np.outer(along, CENTRED), atol=1e-3)
    assert np.linalg.norm(along) > 1


def test_an_even_ridge_knows_no_order(softmax: Heads) -> None:
    mixed = np.array([3, 0, 4, 1, 2])
    other = replace(softmax, y=mixed[softmax.y])
    one, two = (heads.opinion(heads.fit(Ridge.even(1.0))) for heads in (softmax, other))
    assert np.allclose(one, two[:, mixed], atol=2e-3)


@pytest.mark.parametrize("heads", ["ordinal", "softmax"])
def test_a_harder_ridge_holds_the_weights_nearer_to_zero(
    heads: str, request: pytest.FixtureRequest
) -> None:
    one: Heads = request.getfixturevalue(heads)
    lengths = [np.linalg.norm(one.fit(Ridge.even(10.0**k))[:6]) for k in (2, 1, 0, -1)]
    assert (np.diff(lengths) > 0).all()


def test_under_the_hardest_ridge_only_the_frequencies_speak(ordinal: Heads) -> None:
    assert np.allclose(ordinal.opinion(ordinal.fit(Ridge.even(1e9))), 0.2, atol=0.01)


def test_its_loss_is_that_of_its_opinions(ordinal: Heads) -> None:
    theta = ordinal.fit(Ridge.even(1.0))
    right = ordinal.opinion(theta)[np.arange(60), ordinal.y]
    assert ordinal.loss(theta) == pytest.approx(-np.log(right).sum())


def test_the_loss_of_many_photos_is_that_of_their_parts(
    softmax: Heads, monkeypatch: pytest.MonkeyPatch
) -> None:
    theta, at_once, in_parts = softmax.fit(Ridge.even(1.0)), np.empty(35), np.empty(35)
    value = softmax._mean_loss(theta + 0.1, at_once)
    monkeypatch.setattr(linear_heads, "ROWS", 11)
    assert softmax._mean_loss(theta + 0.1, in_parts) == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(in_parts, at_once, atol=1e-14)
    assert len(list(softmax._parts())) > 1
