"""Limited-memory BFGS: the bottom of a smooth function, in few looks at it and its gradient.

For what is small enough to be computed whole each time, as a linear model on some hundred photos:
there it needs tens of evaluations where descent in batches takes hundreds of steps, and no learning
rate. The names are the book's: θ parameters, g gradient, p direction, α step, s and y the last
changes of θ and g, ρ = 1 / yᵀs (Nocedal & Wright 2006, chapters 3 and 7).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError
from tinyclf.nn.ranges import require, require_whole, settle

Vector: TypeAlias = NDArray[np.float64]

Function: TypeAlias = Callable[[Vector], tuple[float, Vector]]
"""``function(theta)``: its value at theta (n,), and its gradient (n,) there.

The gradient is copied before the next call, so that it may be written into the same array each
time. Where the function is not defined it returns infinity or NaN: no step ends there.
"""

SUFFICIENT = 1e-4
"""c₁: a step must gain at least this share of what the slope at its start promises."""

FLATTER = 0.9
"""c₂: and the slope at its end be at most this share of that at its start."""

MOST_TRIALS = 30
"""Steps that are tried in one direction."""

LEAST_CURVATURE = 1e-12
"""Of a step, as the cosine between s and y: below, it says nothing of the function's shape."""

MOST_MEMORY, MOST_STEPS = 1_000, 1_000_000


@dataclass(frozen=True, eq=False)
class Minimum:
    """Where a search ended.

    Attributes:
        theta: The lowest point found (n,).
        value: The function's value there.
        gradient: And its gradient (n,).
        steps: How many steps led there.
        evaluations: How often the function was computed.
        converged: Whether the gradient is as small as was asked for. If not, the steps were used
            up, or rounding left none that goes further down.
    """

    theta: Vector
    value: float
    gradient: Vector
    steps: int
    evaluations: int
    converged: bool


@dataclass(frozen=True)
class LBFGS:
    """The rule, with what it is content with.

    Attributes:
        memory: Steps remembered, 1 to 1,000.
        tolerance: It has converged where no component of the gradient is larger, 0 to 1,000,000.
        steps: The most it makes, 1 to 1,000,000.

    Raises:
        ConfigError: a setting is out of its range.
    """

    memory: int = 10
    tolerance: float = 1e-6
    steps: int = 1_000

    def __post_init__(self) -> None:
        settle(
            self,
            memory=require_whole("The memory of L-BFGS", self.memory, 1, MOST_MEMORY),
            tolerance=require("The tolerance of L-BFGS", self.tolerance, 0.0, 1e6),
            steps=require_whole("The number of steps", self.steps, 1, MOST_STEPS),
        )

    def minimize(
        self,
        function: Function,
        start: NDArray[np.floating],
        diagonal: NDArray[np.floating] | None = None,
    ) -> Minimum:
        """Return where ``function`` is lowest, going down from ``start``.

        Of a convex function it is the minimum, of another one some minimum near by.

        Args:
            function: See :data:`Function`.
            start: Where to begin (n,); it is left as it is.
            diagonal: One over the curvature along each parameter (n,), all above 0, as far as it is
                known: where the parameters differ much in it, far fewer steps are needed.

        Raises:
            InputError: the start is no vector, the diagonal does not fit it, or the function is not
                finite there.
        """
        point = _first(function, start)
        curvature = _Curvature(self.memory, _diagonal(diagonal, point.theta))
        known = diagonal is not None
        evaluations, steps = 1, 0
        while steps < self.steps and not point.flat(self.tolerance):
            p = curvature.direction(point.g)
            if not point.g @ p < 0:  # rounding has spoiled what was remembered
                p = curvature.forgotten(point.g)
            step = _first_step(p, known or not curvature.empty)
            found, trials = line_search(function, point, p, step)
            evaluations += trials
            if found is not None:
                curvature.learn(found.theta - point.theta, found.g - point.g)
                point, steps = found, steps + 1
            elif curvature.empty:
                break
            else:
                curvature.forgotten(point.g)
        converged = point.flat(self.tolerance)
        return Minimum(point.theta, point.value, point.g, steps, evaluations, converged)


@dataclass(frozen=True, eq=False)
class Point:
    """A place, and the function there.

    Attributes:
        theta: The place (n,).
        value: The value.
        g: The gradient (n,).
        step: α, how far along the direction searched it lies.
        slope: gᵀp, the slope in that direction.
    """

    theta: Vector
    value: float
    g: Vector
    step: float = 0.0
    slope: float = 0.0

    def flat(self, tolerance: float) -> bool:
        """Return whether no component of the gradient is larger than this."""
        return not self.g.size or float(np.abs(self.g).max()) <= tolerance

    @property
    def finite(self) -> bool:
        """Whether the function is defined here."""
        return math.isfinite(self.value) and math.isfinite(self.slope)


def line_search(
    function: Function, start: Point, p: Vector, step: float
) -> tuple[Point | None, int]:
    """Return a point along p that fulfils the strong Wolfe conditions, and how many were tried.

    Steps are doubled until a minimum lies between the lowest and the latest, then that interval is
    cut by the minimum of a cubic (algorithms 3.5 and 3.6 in one).

    Args:
        function: See :data:`Function`.
        start: Where the search begins.
        p: The direction (n,), downhill.
        step: The first α to try.

    Returns:
        The point; after `MOST_TRIALS`, or where the steps come to lie side by side as at a kink,
        the lowest tried, if it gains enough, else None.
    """
    slope = float(start.g @ p)
    low = Point(start.theta, start.value, start.g, 0.0, slope)
    high: Point | None = None
    for trial in range(1, MOST_TRIALS + 1):
        here = _at(function, start.theta, p, step)
        enough = here.value <= start.value + SUFFICIENT * step * slope
        if not (here.finite and enough and here.value < low.value):
            high = here
        elif abs(here.slope) <= -FLATTER * slope:
            return here, trial
        else:
            beyond = math.inf if high is None else high.step
            if here.slope * (beyond - low.step) >= 0:
                high = low
            low = here
        step = 2 * step if high is None else _between(low, high)
        if step in (low.step, here.step):  # rounding leaves nothing between
            break
    return (low if low.step > 0 else None), trial


def _between(low: Point, high: Point) -> float:
    """Return a step between two: where the cubic through both is lowest (equation 3.59).

    It keeps a tenth away from the ends, so that the interval shrinks.
    """
    width = high.step - low.step
    if not high.finite:
        return low.step + 0.1 * width
    d1 = low.slope + high.slope - 3 * (high.value - low.value) / width
    radicand = d1 * d1 - low.slope * high.slope
    share = 0.5
    if radicand >= 0:
        d2 = math.copysign(math.sqrt(radicand), width)
        across = high.slope - low.slope + 2 * d2
        if across:
            share = 1 - (high.slope + d2 - d1) / across
    return low.step + min(max(share, 0.1), 0.9) * width


class _Curvature:
    """What the last steps say of the function's shape: the inverse of its Hessian, applied.

    Args:
        memory: How many steps it remembers.
        diagonal: What is known of H before any step, but for a factor (n,).
    """

    def __init__(self, memory: int, diagonal: Vector) -> None:
        self._diagonal = diagonal
        self._pairs: deque[tuple[Vector, Vector, float]] = deque(maxlen=memory)

    @property
    def empty(self) -> bool:
        """Whether it knows no step."""
        return not self._pairs

    def learn(self, s: Vector, y: Vector) -> None:
        """Remember that θ moved by s and g changed by y."""
        sy = float(s @ y)
        if sy > LEAST_CURVATURE * float(np.linalg.norm(s)) * float(np.linalg.norm(y)):
            self._pairs.append((s, y, 1 / sy))

    def forgotten(self, g: Vector) -> Vector:
        """Forget all steps, and return the steepest way down."""
        self._pairs.clear()
        return -self._diagonal * g

    def direction(self, g: Vector) -> Vector:
        """Return −H g by the recursion of algorithm 7.4."""
        if self.empty:
            return -self._diagonal * g
        q = -g
        weights = []
        for s, y, ρ in reversed(self._pairs):
            α = ρ * float(s @ q)
            q -= α * y
            weights.append(α)
        _, y, ρ = self._pairs[-1]
        q *= self._diagonal
        q *= 1 / (ρ * float(y @ (self._diagonal * y)))
        pairs: Iterable[tuple[tuple[Vector, Vector, float], float]]
        pairs = zip(self._pairs, reversed(weights), strict=True)
        for (s, y, ρ), α in pairs:
            q += (α - ρ * float(y @ q)) * s
        return q


def _first_step(p: Vector, known: bool) -> float:
    """Return the α to try first: 1, but where no curvature is known a step of length 1 at most."""
    return 1.0 if known else min(1.0, 1 / float(np.abs(p).sum()))


def _first(function: Function, start: NDArray[np.floating]) -> Point:
    theta = np.array(start, np.float64)
    if theta.ndim != 1:
        raise InputError(
            f"A minimum is searched from one flat vector, not an array of shape {theta.shape}."
        )
    point = _at(function, theta, np.zeros_like(theta), 0.0)
    if not (point.finite and np.isfinite(point.g).all()):
        raise InputError(
            "The function to be minimized is infinite or NaN where the search starts: start "
            "elsewhere."
        )
    return point


def _diagonal(given: NDArray[np.floating] | None, theta: Vector) -> Vector:
    if given is None:
        return np.ones_like(theta)
    diagonal = np.asarray(given, np.float64)
    if diagonal.shape != theta.shape or not (np.isfinite(diagonal) & (diagonal > 0)).all():
        raise InputError(
            f"The diagonal of the inverse curvature must be {theta.shape} finite numbers above 0: "
            "leave it out where nothing is known."
        )
    return diagonal


def _at(function: Function, theta: Vector, p: Vector, step: float) -> Point:
    there = theta + step * p
    value, gradient = function(there)
    g = np.array(gradient, np.float64)
    if g.shape != there.shape:
        raise InputError(
            f"The gradient must be like the parameters, of shape {there.shape}, not {g.shape}."
        )
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is no place to end
        slope = float(g @ p)
    return Point(there, float(value), g, step, slope)
