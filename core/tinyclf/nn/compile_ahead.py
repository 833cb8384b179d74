"""Compiles the kernels ahead of their use: ``python -m tinyclf.nn.compile_ahead``.

numba compiles a kernel when it first meets it, which would hold up somebody's first training.
Here networks of every usual build make one step, in single precision; the machine code is kept on
disk, beside the sources, or in the user's cache folder where that cannot be written.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from tinyclf.errors import DeviceError
from tinyclf.nn.architecture import cnn, mlp
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.bits import pack_network
from tinyclf.nn.inference import STORAGES, predictor
from tinyclf.nn.kernels.add_up import add_up
from tinyclf.nn.kernels.gather_rows import gather_rows
from tinyclf.nn.layers import BinaryLinear, Sign
from tinyclf.nn.losses import CumulativeLink, SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW, Optimizer
from tinyclf.nn.steps import LaunchedStep

TRAININGS: tuple[tuple[Objective, Optimizer], ...] = (
    (Objective(mlp(784, (8,), 10), SoftmaxCrossEntropy(10)), Adam()),
    (Objective(cnn((1, 10, 10), (2, 2), (8,), 10), SoftmaxCrossEntropy(10)), Adam()),
    (
        Objective(mlp(16, (8,), 1, dropout=0.5, input_dropout=0.3), CumulativeLink(5)),
        AdamW(decayed=()),
    ),
    (Objective(mlp(16, (8,), 5, activation="tanh"), SoftmaxCrossEntropy(5)), SGD(0.9)),
)
"""One of every build whose kernels differ."""


def main() -> None:
    """Compile, and say so before and after, or say why there is nothing to compile."""
    start = time.perf_counter()
    try:
        backend = NumpyBackend(compiled=True)
    except DeviceError as error:
        _say(str(error))
        return
    _say("Compiling the kernels to machine code (up to a minute, once)")
    for objective, optimizer in TRAININGS:
        _train(objective, optimizer, backend)
    _predict_bits(backend)
    backend.kernel(add_up)(np.ones(1, np.float32))
    _say(f"The kernels are compiled ({time.perf_counter() - start:.1f} s).")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _train(objective: Objective, optimizer: Optimizer, backend: Backend) -> None:
    """Make one step, and predict: for the batch, and for one input in every precision."""
    rng = np.random.default_rng(0)
    x, targets = _batch(objective, backend)
    theta = objective.initialize(targets, rng, np.dtype(np.float32), backend=backend)
    started = optimizer.start(theta, backend=backend)
    step = LaunchedStep(objective, started, theta, limit=1.0, noise=rng, backend=backend)
    step(x, targets, 0.01)
    objective.probabilities(theta, x, backend=backend)
    _predict(objective.network, theta[: objective.network.n_parameters], x[:1], backend)


def _predict(network: Network, theta: Array, x: Array, backend: Backend) -> None:
    for precision in STORAGES:
        predictor(network, theta, backend=backend, precision=precision)(x)


def _predict_bits(backend: NumpyBackend) -> None:
    network = Network((64,), (Sign(), BinaryLinear(64, 8)))
    theta = np.ones(network.n_parameters, np.float32)
    pack_network(network, theta, backend=backend).predict(np.ones((1, 64)), backend=backend)


def _batch(objective: Objective, backend: Backend) -> tuple[Array, Array]:
    """Return inputs and rows of targets, picked from bytes and from floats as a training does."""
    classes = objective.loss.classes
    rows = np.arange(classes)
    x = np.empty((classes, *objective.network.input_shape), np.float32)
    for dtype in (np.uint8, np.float32):
        source = np.ones((classes, x[0].size), dtype)
        backend.kernel(gather_rows)(source, rows, 1 / 255, x.reshape(classes, -1))
    return x, np.eye(classes, dtype=np.float32)


if __name__ == "__main__":
    main()
