"""What the epsilon settings cost: how far outputs move, by activation, depth and precision.

Square layers of 128, started as for training. "Wide" weights are eight times larger than usual:
with the usual ones, arguments hardly ever reach where exponentials are cut. The error is against
the exact forms in float64: with the settings off it is that of the precision alone, and in f8
nothing by definition. A chain of hyperbolic tangents with wide weights is chaotic: any error, that
of rounding too, grows to the size of the outputs within tens of layers.
"""

from __future__ import annotations

import itertools

import numpy as np

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.forward_error import ForwardError, forward_error, stabilized
from tinyclf.nn.initializers import Glorot
from tinyclf.nn.layers import Layer, Linear, Sigmoid, Tanh
from tinyclf.nn.network import Network
from tinyclf.nn.stability import Stability

WIDTH = 128
ROWS = 256
DEPTHS = (1, 10, 100)
ACTIVATIONS: tuple[Layer, ...] = (Sigmoid(), Tanh())
WEIGHTS = {"usual": 1.0, "wide": 8.0}
PRECISIONS = ("f4", "f8")
SETTINGS = {
    "off": Stability(),
    "reference": Stability(4e-6, 1e-7),
    "large": Stability(1e-2, 1e-3),
}


def run() -> None:
    """Measure each case and print a table."""
    for name, each in SETTINGS.items():
        print(
            f"{name:<10} epsilon_exp {each.epsilon_exp:g}, epsilon_square {each.epsilon_square:g}"
        )
    print(f"\n{'':<33}largest error, and its root mean square")
    print(f"{'activation':<11}{'weights':<8}{'depth':>5}  {'':<4}", end="")
    print("".join(f"{name:>20}" for name in SETTINGS))
    for activation, weights, depth, precision in itertools.product(
        ACTIVATIONS, WEIGHTS, DEPTHS, PRECISIONS
    ):
        network = chain(activation, WEIGHTS[weights], depth)
        errors = [measured(stabilized(network, each), precision) for each in SETTINGS.values()]
        print(f"{activation!s:<11}{weights:<8}{depth:>5}  {precision:<4}", end="")
        columns = (f"{each.largest:.1e} {each.root_mean_square:.1e}" for each in errors)
        print("".join(f"{column:>20}" for column in columns), flush=True)


def chain(activation: Layer, gain: float, depth: int) -> Network:
    """Return linear layers, each with the activation behind it."""
    return Network((WIDTH,), (Linear(WIDTH, WIDTH, Glorot(gain)), activation) * depth)


def measured(network: Network, precision: str) -> ForwardError:
    """Return the error of one case, on normal noise."""
    backend = NumpyBackend()
    theta = network.initialize(np.random.default_rng(0), precision, backend=backend)
    x = np.random.default_rng(1).standard_normal((ROWS, WIDTH))
    return forward_error(network, theta, x, backend=backend)
