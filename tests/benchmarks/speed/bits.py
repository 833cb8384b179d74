"""Networks of 1-bit weights and signs, against their like in f4."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.benchmarks.speed import forward
from tests.benchmarks.speed.checks import OursReaches
from tests.benchmarks.speed.contender import FAST, PLAIN, Contender, Prepared
from tests.benchmarks.speed.forward import LAYERS, SEED, inputs
from tests.benchmarks.speed.limits import READ, read_contender
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.ours import backend, predictor
from tests.benchmarks.speed.row import Comparison, Row

WIDTHS = (784, 800, 800, 10)

EXACT = OursReaches(1.0)
"""Packed, a network gives the same numbers as its layers, bit for bit."""

PLAIN_F4, FAST_F4 = "our own f4, NumPy only", "our own f4, with fast"


def one_bit(widths: list[int], batch: int, loops: int, compiled: bool) -> Prepared:
    """Run a network of 1-bit layers, packed; checks the share of outputs that unpacked agree."""
    from tinyclf.nn.bits import pack_network
    from tinyclf.nn.layers import BinaryLinear, Sign
    from tinyclf.nn.network import Network

    layers: list[Any] = []
    for i in range(len(widths) - 1):
        layers += [Sign(0.5 if i == 0 else 0.0), BinaryLinear(widths[i], widths[i + 1])]
    network, on = Network((widths[0],), tuple(layers)), backend(compiled)
    theta = network.initialize(np.random.default_rng(0), np.float32, backend=on)
    packed, x = pack_network(network, theta, backend=on), inputs(widths[0], batch)
    right = network.predict(theta, x, backend=on)
    return Prepared(
        lambda _: packed.predict(x, backend=on),
        lambda y: float((y == right).mean()),
        loops=loops,
    )


def ours_f4(batch: int, loops: int, compiled: bool) -> Prepared:
    """Run the same widths in f4, a ReLU after each layer but the last."""
    from tinyclf.nn.architecture import mlp

    network, on = mlp(WIDTHS[0], WIDTHS[1:-1], WIDTHS[-1]), backend(compiled)
    theta = network.initialize(np.random.default_rng(0), np.float32, backend=on)
    predict, x = predictor(network, theta, on), inputs(WIDTHS[0], batch)
    return Prepared(lambda _: predict(x), lambda y: float(np.isfinite(y).mean()), loops=loops)


def rows() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return _deep(), _wide(1, 300, 0.5, 9.0, "12×"), _wide(1000, 2, 1.2, 5.0, "8×")


def _deep() -> Row:
    widths = [1024] * (LAYERS + 1)
    return Row(
        "forward-1024-bits",
        "forward 100 × 1024², 1 bit, batch 1",
        (
            Contender(SEED, forward.seed, {"width": 1024, "loops": 3}),
            *(
                Contender(lane, one_bit, {"widths": widths, "batch": 1, "loops": loops} | extra)
                for lane, loops, extra in (
                    (PLAIN, 10, {"compiled": False}),
                    (FAST, 50, {"compiled": True}),
                )
            ),
            read_contender(LAYERS * 1024**2 // 32),
        ),
        (
            Comparison(SEED, 10.0, 80.0, "100×", rule=EXACT),
            Comparison(READ, measure=Measure.SHARE),
        ),
    )


def _wide(batch: int, loops: int, plain: float, fast: float, aim: str) -> Row:
    setting = {"batch": batch, "loops": loops}
    lanes = ((False, PLAIN, PLAIN_F4), (True, FAST, FAST_F4))
    return Row(
        f"bits-{batch}",
        f"1-bit {'-'.join(map(str, WIDTHS))}, batch {batch:,}",
        (
            *(
                Contender(name, ours_f4, setting | {"compiled": compiled})
                for compiled, _, name in lanes
            ),
            *(
                Contender(name, one_bit, setting | {"widths": list(WIDTHS), "compiled": compiled})
                for compiled, name, _ in lanes
            ),
        ),
        (Comparison(FAST_F4, plain, fast, aim, rule=EXACT, plain_against=PLAIN_F4),),
    )
