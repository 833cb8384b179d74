"""What the words of a configuration stand for: one table each."""

from __future__ import annotations

from collections.abc import Callable

from tinyclf.nn.losses import (
    Corn,
    CumulativeLink,
    Hinge,
    Loss,
    SoftmaxCrossEntropy,
    SquaredError,
)
from tinyclf.nn.losses.targets import ClassWeights
from tinyclf.nn.optimizers import SGD, Adam, AdamW, Optimizer, Parts
from tinyclf.nn.schedules import Constant, Cosine, OneCycle, Schedule

LOSSES: dict[str, Callable[[int, ClassWeights], Loss]] = {
    "ordinal": CumulativeLink,
    "corn": Corn,
    "softmax": SoftmaxCrossEntropy,
    "hinge": Hinge,
    "squared-error": SquaredError,
}
"""What makes each, of the number of classes and their weights."""

OPTIMIZERS: dict[str, Callable[[float, float, Parts], Optimizer]] = {
    "sgd": lambda momentum, weight_decay, decayed: SGD(momentum, nesterov=True),
    "adam": lambda momentum, weight_decay, decayed: Adam(),
    "adamw": lambda momentum, weight_decay, decayed: AdamW(
        weight_decay=weight_decay, decayed=decayed
    ),
}
"""What makes each, of the momentum, the weight decay, and the parts of theta that may decay."""

SCHEDULES: dict[str, Callable[[float, int], Schedule]] = {
    "constant": lambda peak, steps: Constant(peak),
    "cosine": Cosine,
    "one-cycle": OneCycle,
}
"""What makes each, of the peak of the learning rate and the number of steps."""
