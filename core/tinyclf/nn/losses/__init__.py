"""The losses, one a file, all alike: a value to make small, and what scores mean."""

from tinyclf.nn.losses.cumulative_link import CumulativeLink
from tinyclf.nn.losses.loss import Loss
from tinyclf.nn.losses.softmax_cross_entropy import SoftmaxCrossEntropy

__all__ = ["CumulativeLink", "Loss", "SoftmaxCrossEntropy"]
