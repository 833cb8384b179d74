"""The layers, one a file, all alike: who knows :mod:`.linear` knows them all."""

from tinyclf.nn.layers.dropout import Dropout
from tinyclf.nn.layers.layer import Backward, Layer
from tinyclf.nn.layers.linear import Linear
from tinyclf.nn.layers.relu import ReLU
from tinyclf.nn.layers.sigmoid import Sigmoid
from tinyclf.nn.layers.tanh import Tanh

__all__ = ["Backward", "Dropout", "Layer", "Linear", "ReLU", "Sigmoid", "Tanh"]
