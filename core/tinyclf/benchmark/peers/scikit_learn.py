"""scikit-learn: its multilayer perceptrons."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from tinyclf.benchmark.peers.weights import matrices
from tinyclf.benchmark.work import Workload, checksum_of

if TYPE_CHECKING:
    from tinyclf.benchmark.kinds import Inference, Training
    from tinyclf.benchmark.settings import Performance

ACTIVATIONS = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
"""Its names of the activations that it has."""

COPIES = 1
"""Of the drawn weights, at most: the core's, which it takes as they are."""


def refusal(case: Inference | Training) -> str:
    """Return what scikit-learn cannot do, in a sentence; empty if it can do it all."""
    precision = case.math.precision if case.kind == "inference" else case.precision
    activation = case.math.activation if case.kind == "inference" else case.activation
    if case.performance.device != "cpu":
        return "scikit-learn computes on the processor alone: choose the device cpu."
    if precision not in ("f4", "f8"):
        return f"scikit-learn has no layers in {precision}: choose f4 or f8."
    if activation not in ACTIVATIONS:
        return f"scikit-learn has no activation '{activation}': choose sigmoid, tanh or relu."
    if case.kind == "training":
        if case.loss != "softmax":
            return f"scikit-learn has no classifier with the loss '{case.loss}': choose softmax."
        if case.optimizer == "adamw":
            return "scikit-learn has no optimizer 'adamw': choose sgd or adam."
    return ""


def inference(case: Inference) -> Workload:
    """Return the passes of a regressor, to which the weights are given as if it had learned them.

    The last layer has its activation, too.
    """
    from sklearn.neural_network import MLPRegressor

    _limit(case.performance)
    weights, biases = zip(*matrices(case), strict=True)
    n = case.shape.dimension
    activation = ACTIVATIONS[case.math.activation]
    network = MLPRegressor((n,) * (case.shape.layers - 1), activation=activation)
    network.coefs_, network.intercepts_ = list(weights), list(biases)
    network.n_layers_, network.n_outputs_ = case.shape.layers + 1, n
    network.n_features_in_, network.out_activation_ = n, activation
    x = case.inputs()

    def run() -> Any:
        for _ in range(case.nepochs):
            y = network.predict(x)
        return y

    return Workload(run, checksum_of)


def training(case: Training) -> Workload:
    """Return the passes of a classifier; where it starts, it draws itself."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    _limit(case.performance)
    config, (x, y) = case.config(), case.arrays()

    def run() -> Any:
        classifier = MLPClassifier(
            case.hidden,
            activation=ACTIVATIONS[case.activation],
            solver=case.optimizer,
            alpha=0.0,
            batch_size=min(case.batch, case.examples),
            learning_rate_init=case.learning_rate,
            momentum=config.momentum,
            max_iter=case.epochs,
            n_iter_no_change=case.epochs,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is told when to end
            classifier.fit(x, y)
        return np.concatenate(
            [each.ravel() for each in (*classifier.coefs_, *classifier.intercepts_)]
        )

    return Workload(run, checksum_of)


def _limit(performance: Performance) -> None:
    """Allow so many threads from now on."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    if performance.threads is not None:
        threadpool_limits(performance.threads)
