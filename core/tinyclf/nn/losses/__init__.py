"""The losses, one a file, all alike: a value to make small, and what scores mean."""

from tinyclf.nn.losses.committee import Committee
from tinyclf.nn.losses.corn import Corn
from tinyclf.nn.losses.cumulative_link import CumulativeLink
from tinyclf.nn.losses.hinge import Hinge
from tinyclf.nn.losses.loss import Loss
from tinyclf.nn.losses.softmax_cross_entropy import SoftmaxCrossEntropy
from tinyclf.nn.losses.squared_error import SquaredError

LOSSES: tuple[type[Loss], ...] = (
    Committee,
    Corn,
    CumulativeLink,
    Hinge,
    SoftmaxCrossEntropy,
    SquaredError,
)
"""Every kind of loss: what a checkpoint can hold, ONNX must know, and the tests go through."""

__all__ = [
    "LOSSES",
    "Committee",
    "Corn",
    "CumulativeLink",
    "Hinge",
    "Loss",
    "SoftmaxCrossEntropy",
    "SquaredError",
]
