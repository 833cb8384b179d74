"""L-BFGS finds bottoms that are known, and where none is, the place where no slope is left."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.lbfgs import FLATTER, LBFGS, SUFFICIENT, Point, line_search


def rosenbrock(x):
    """A bent valley; the bottom is at ones (Moré, Garbow & Hillstrom 1981, extended)."""
    a, b = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    g = np.zeros_like(x)
    g[:-1] = -400 * x[:-1] * a - 2 * b
    g[1:] += 200 * a
    return 100 * (a**2).sum() + (b**2).sum(), g


def beale(x):
    """Flat far out, with the bottom at (3, ½)."""
    powers = np.array([1, 2, 3])
    r = np.array([1.5, 2.25, 2.625]) - x[0] * (1 - x[1] ** powers)
    slopes = np.stack([-(1 - x[1] ** powers), x[0] * powers * x[1] ** (powers - 1)])
    return r @ r, 2 * slopes @ r


def wood(x):
    """Four parameters, a saddle on the way, and the bottom at ones."""
    a, b, c, d = x
    value = (
        100 * (b - a * a) ** 2
        + (1 - a) ** 2
        + 90 * (d - c * c) ** 2
        + (1 - c) ** 2
        + 10 * (b + d - 2) ** 2
        + 0.1 * (b - d) ** 2
    )
    gradient = [
        -400 * a * (b - a * a) - 2 * (1 - a),
        200 * (b - a * a) + 20 * (b + d - 2) + 0.2 * (b - d),
        -360 * c * (d - c * c) - 2 * (1 - c),
        180 * (d - c * c) + 20 * (b + d - 2) - 0.2 * (b - d),
    ]
    return value, np.array(gradient)


PROBLEMS = {
    "rosenbrock": (rosenbrock, [-1.2, 1.0], [1.0, 1.0]),
    "ten-rosenbrock": (rosenbrock, [-1.2, 1.0] * 5, [1.0] * 10),
    "beale": (beale, [1.0, 1.0], [3.0, 0.5]),
    "wood": (wood, [-3.0, -1.0, -3.0, -1.0], [1.0] * 4),
}


@pytest.fixture(params=PROBLEMS)
def problem(request):
    return PROBLEMS[request.param]


def bowl(curvatures, bottom):
    """½ Σ cⱼ (θⱼ − bⱼ)²."""
    return lambda x: (0.5 * (curvatures * (x - bottom) ** 2).sum(), curvatures * (x - bottom))


def test_the_slopes_of_the_problems_are_right(problem, slope):
    function, start, _ = problem
    point = np.array(start) + 0.1

    np.testing.assert_allclose(
        function(point)[1], slope(lambda x: function(x)[0], point), rtol=1e-6
    )


@pytest.mark.parametrize("memory", [1, 3, 10])
def test_the_known_bottom_is_found(problem, memory):
    function, start, bottom = problem

    found = LBFGS(memory, tolerance=1e-8).minimize(function, np.array(start))

    np.testing.assert_allclose(found.theta, bottom, atol=1e-6)
    assert found.converged
    assert found.value == function(found.theta)[0]
    assert abs(found.gradient).max() <= 1e-8
    assert found.steps < found.evaluations < 2_000


def test_a_long_valley_takes_few_looks():
    found = LBFGS().minimize(rosenbrock, np.array([-1.2, 1.0]))

    assert found.evaluations < 60


def test_a_regression_ends_where_newton_ends():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 12)) * np.logspace(0, -2, 12)
    t = (rng.random(80) < 0.5).astype(float)
    λ = 0.1

    def loss(w):
        z = X @ w
        p = 1 / (1 + np.exp(-z))
        return (np.logaddexp(0, z) - t * z).sum() + λ / 2 * w @ w, X.T @ (p - t) + λ * w

    w = np.zeros(12)
    for _ in range(20):
        p = 1 / (1 + np.exp(-X @ w))
        hessian = (X.T * (p * (1 - p))) @ X + λ * np.eye(12)
        w -= np.linalg.solve(hessian, loss(w)[1])

    found = LBFGS(tolerance=1e-7).minimize(loss, np.zeros(12))
    assert found.converged
    np.testing.assert_allclose(found.theta, w, atol=1e-5)


def test_knowing_the_curvatures_saves_most_steps():
    curvatures = np.logspace(-4, 4, 50)
    function = bowl(curvatures, np.ones(50))

    blind = LBFGS().minimize(function, np.zeros(50))
    knowing = LBFGS().minimize(function, np.zeros(50), 1 / curvatures)
    guessing = LBFGS().minimize(function, np.zeros(50), 3 / curvatures**0.9)

    assert knowing.evaluations == 2
    assert 3 * guessing.evaluations < blind.evaluations
    np.testing.assert_allclose(guessing.theta, 1, atol=0.05)


@pytest.mark.parametrize("first", [1e-6, 1e-3, 1.0, 1e3, 1e6])
@pytest.mark.parametrize("seed", range(5))
def test_a_step_fulfils_the_strong_wolfe_conditions(problem, first, seed):
    function, start, _ = problem
    theta = np.array(start) + np.random.default_rng(seed).normal(size=len(start)) * 0.3
    value, g = function(theta)

    found, trials = line_search(function, Point(theta, value, g), -g, first / np.linalg.norm(g))

    assert found is not None
    assert trials < 30
    assert found.value <= value - SUFFICIENT * found.step * g @ g
    assert abs(found.slope) <= FLATTER * g @ g
    np.testing.assert_allclose(found.theta, theta - found.step * g)


@pytest.mark.parametrize("beyond", [np.inf, np.nan])
def test_no_step_ends_where_the_function_is_not_defined(beyond):
    def walled(x):
        if (x >= 1).any():
            return beyond, np.full_like(x, np.nan)
        return -(np.log(1 - x) + 5 * x).sum(), 1 / (1 - x) - 5

    found = LBFGS().minimize(walled, np.array([-30.0, 0.0]))

    np.testing.assert_allclose(found.theta, 0.8, atol=1e-5)


def test_what_is_flat_already_is_left_alone():
    found = LBFGS().minimize(bowl(np.ones(3), np.zeros(3)), np.zeros(3))

    assert (found.steps, found.evaluations, found.converged) == (0, 1, True)
    assert LBFGS().minimize(lambda x: (2.0, x), np.zeros(0)).converged


def test_when_the_steps_are_used_up_it_says_so():
    found = LBFGS(steps=3).minimize(rosenbrock, np.array([-1.2, 1.0]))

    assert (found.steps, found.converged) == (3, False)
    assert found.value < rosenbrock(np.array([-1.2, 1.0]))[0]


@pytest.mark.parametrize("function", [rosenbrock, lambda x: (np.cosh(x).sum(), np.sinh(x))])
def test_it_ends_where_rounding_leaves_nothing_lower(function):
    found = LBFGS(tolerance=0.0).minimize(function, np.array([-1.2, 1.5]))

    assert found.evaluations < 400
    assert abs(found.gradient).max() < 1e-6


def test_a_slope_without_a_bottom_is_left_after_the_last_step():
    found = LBFGS(steps=5).minimize(lambda x: (-x.sum(), -np.ones_like(x)), np.zeros(2))

    assert not found.converged
    assert found.value < -1e9


def test_the_start_stays_and_one_gradient_array_will_do():
    start, gradient = np.array([-1.2, 1.0], np.float32), np.empty(2)

    def into_the_same(x):
        value, gradient[:] = rosenbrock(x)
        return value, gradient

    found = LBFGS().minimize(into_the_same, start)

    assert found.theta.dtype == np.float64
    np.testing.assert_allclose(found.theta, 1, atol=1e-5)
    assert start.tolist() == [np.float32(-1.2), 1]


def test_the_same_search_gives_the_same_bits(problem):
    function, start, _ = problem
    one, other = (LBFGS().minimize(function, np.array(start)) for _ in range(2))

    assert one.theta.tobytes() == other.theta.tobytes()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_start_without_a_value_is_refused(value):
    with pytest.raises(InputError, match="infinite or NaN where the search starts: start else"):
        LBFGS().minimize(lambda x: (value, x), np.ones(2))
    with pytest.raises(InputError, match="infinite or NaN"):
        LBFGS().minimize(lambda x: (1.0, x * value), np.ones(2))


def test_what_does_not_fit_is_refused():
    with pytest.raises(InputError, match=r"one flat vector, not an array of shape \(2, 2\)"):
        LBFGS().minimize(rosenbrock, np.ones((2, 2)))
    with pytest.raises(InputError, match=r"of shape \(2,\), not \(3,\)"):
        LBFGS().minimize(lambda x: (1.0, np.ones(3)), np.ones(2))


@pytest.mark.parametrize("diagonal", [[1.0], [1.0, 0.0], [1.0, -1.0], [1.0, np.nan]])
def test_a_curvature_that_cannot_be_is_refused(diagonal):
    with pytest.raises(InputError, match=r"must be \(2,\) finite numbers above 0: leave it out"):
        LBFGS().minimize(rosenbrock, np.ones(2), np.array(diagonal))


@pytest.mark.parametrize(
    "setting", [{"memory": 0}, {"steps": 0}, {"tolerance": -1.0}, {"tolerance": float("nan")}]
)
def test_settings_out_of_range_are_refused(setting):
    with pytest.raises(ConfigError, match="must be"):
        LBFGS(**setting)
